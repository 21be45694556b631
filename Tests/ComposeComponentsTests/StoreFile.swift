import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Testing

/// A file with one component, whose actions are called one by one: each is a workflow of its own, and its fields are
/// members of the input.
struct StoreFile {
  let plan: Plan
  let host: ComponentRegistry

  /// - Parameters:
  ///   - component: the fields of the component, in the short form of YAML.
  ///   - methods: the methods with their fields besides `method`; a field `name=value` is written as that, a plain name
  ///     comes from the input.
  init(_ component: String, _ methods: [String: [String]], output: String? = nil) throws {
    var file = "component:\n  {\(component), actions: ["
    for (method, fields) in methods.sorted(by: { $0.key < $1.key }) {
      let written = fields.map { field -> String in
        let parts = field.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? "\(parts[0]): \(parts[1])" : "\(field): \"${input.\(field)}\""
      }
      let result = output.map { ", output: \"\($0)\"" } ?? ""
      file += "{id: \(method), method: \(method), \(written.joined(separator: ", "))\(result)}, "
    }
    file += "]}\nworkflows:\n"
    for method in methods.keys.sorted() {
      file += "  - {id: \(method), job: {action: \(method), input: \"${input.call}\"}}\n"
    }
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(file.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message)) in \(file)")
    host = ComponentRegistry(services: Services(transport: NoTransport()))
  }

  /// What an action gives. Fields that the input does not have are null.
  func call(_ method: String, _ input: Value, on clock: any RunClock = SystemClock()) async throws(RuntimeError)
    -> Value
  {
    guard let workflow = plan.workflow(named: method) else { throw RuntimeError(.internal, "no such method") }
    return try await Interpreter(plan: plan, host: host).run(
      workflow, input: .object(["call": input]), as: Run(id: "RUN"), with: RunServices(clock: clock))
  }

  /// The same with the input as JSON, and the result as well.
  @discardableResult
  func call(_ method: String, json input: String) async throws -> String {
    try await call(method, try parseJSON(input)).jsonText
  }

  /// Starts the component as `run` and `up` do.
  func start() async throws(RuntimeError) { try await host.start(plan.reach(of: plan.workflows).invocations) }
}

/// There is no network.
private struct NoTransport: HTTPTransport {
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    throw HTTPError(.refused, "there is no network in this test")
  }
}
