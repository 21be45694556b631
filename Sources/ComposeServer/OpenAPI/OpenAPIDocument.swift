import ComposeBasic
package import ComposePlan
import ComposeSema

/// Describes the HTTP API of one plan as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0).
///
/// What a workflow takes and gives is told as far as it was inferred. Equal plans give equal bytes.
package struct OpenAPIDocument {
  /// How the API is reached.
  package struct Service: Sendable {
    /// Begins with a slash and does not end in one; empty for none.
    package var basePath: String
    /// Whether a caller needs a key.
    package var needsKey: Bool
    /// In bytes.
    package var maximumBodySize: Int
    /// Where WebSockets are, behind the base path; `nil` when there are none.
    package var webSocketPath: String?

    package init(
      basePath: String, needsKey: Bool = false, maximumBodySize: Int = 16 << 20, webSocketPath: String? = "/ws"
    ) {
      self.basePath = basePath
      self.needsKey = needsKey
      self.maximumBodySize = maximumBodySize
      self.webSocketPath = webSocketPath
    }
  }

  let service: Service
  let workflows: [DescribedWorkflow]

  /// - Parameter isShown: whether the caller may run a workflow; one that is private is never shown.
  package init(plan: Plan, serving service: Service, isShown: (String) -> Bool = { _ in true }) {
    self.service = service
    workflows = DescribedWorkflow.all(of: plan).filter { isShown($0.plan.id) }
  }

  /// The document on one line.
  package var json: [UInt8] {
    var json = JSONWriter(.compact)
    append(to: &json)
    return json.bytes
  }

  /// The document for people.
  package var text: String {
    var json = JSONWriter(.indented)
    append(to: &json)
    return json.text + "\n"
  }

  private func append(to json: inout JSONWriter) {
    json.object { json in
      json.member("openapi", "3.1.0")
      json.object("info") { json in
        json.member("title", title)
        json.member("description", "Runs the workflows of a model-compose file.")
        json.member("version", ProgramIdentity.version)
      }
      json.array("servers") { json in
        json.object { json in json.member("url", service.basePath.isEmpty ? "/" : service.basePath) }
      }
      if service.needsKey { json.fragment("security", #"[{"key":[]}]"#) }
      json.fragment(
        "tags",
        #"""
        [
          { "name": "workflows", "description": "What can be run, and running it." },
          { "name": "tasks", "description": "Runs that have begun, by their ids." },
          { "name": "service", "description": "How the service is." }
        ]
        """#)
      json.object("paths") { json in appendPaths(to: &json) }
      json.object("components") { json in appendComponents(to: &json) }
    }
  }

  private var title: String {
    if workflows.count == 1, let title = workflows[0].plan.title { return title }
    return ProgramIdentity.name
  }

  private func appendPaths(to json: inout JSONWriter) {
    json.object("/workflows/runs") { json in
      json.key("post")
      RunOperation(service: service, workflows: workflows).append(to: &json)
    }
    for (path, item) in FixedPaths(service: service).all { json.fragment(path, item) }
  }

  // MARK: Components

  private func appendComponents(to json: inout JSONWriter) {
    if service.needsKey {
      json.fragment(
        "securitySchemes",
        #"{"key":{"type":"http","scheme":"bearer","description":"One of the keys that the service was given."}}"#)
    }
    json.fragment("responses", FixedPaths.errors(maximumBodySize: service.maximumBodySize))
    json.fragment("headers", FixedPaths.headers)
    json.object("schemas") { json in
      for workflow in workflows { workflow.appendSchemas(to: &json) }
      json.members(of: RunRequestComponents.json)
      json.members(of: InputComponents.json)
      json.members(of: TaskComponents.json)
      json.fragment("RunEvent", TaskComponents.runEvent)
    }
  }
}

extension JSONWriter {
  /// A member whose value is JSON that has been written by hand; its layout is left out.
  mutating func fragment(_ name: String, _ text: String) {
    key(name)
    value(SchemaValue(text, type: "json", isList: false))
  }

  /// The members of an object that has been written by hand with each name at the beginning of a line, two blanks in.
  mutating func members(of text: String) {
    guard case .json(let object) = SchemaValue(text, type: "json", isList: false) else { return }
    raw(String(object.dropFirst().dropLast()))
  }
}
