import Synchronization

/// Facts about one provider API: how to recognise it, what it takes and what it gives.
package final class APIDescription: Sendable {
  /// The name of the description's file: `openai-chat-completions`.
  package let id: String
  /// For messages: `OpenAI chat completions`.
  package let name: String
  /// The month in which the facts were true: `2026-11`.
  package let asOf: String?
  /// The host of the provider who defines the API.
  package let provider: String?
  /// A request to the provider whose path ends with one of these is one of this API.
  private let paths: [String]
  /// The same for every other host.
  private let pathsElsewhere: [String]
  /// A request to another host is of this API only with this header.
  private let headerElsewhere: String?
  /// The method that the API answers to.
  package let method: String?
  /// The forms of a body that the API reads: `json`, `multipart`.
  package let bodies: [String]
  /// The headers that the provider needs; one of each group.
  package let headers: [[String]]
  /// The environment variables that usually hold the provider's key.
  package let variables: [String]
  /// The body field that turns streaming on.
  package let streamSwitch: String?
  /// The text that the field must have; `nil` for `true`.
  package let streamWord: String?
  /// What an answer that is neither JSON nor text holds: `audio`, `image`, `video` or `file`.
  package let mediaKind: String?
  /// With one of these texts in that field the answer is not what is described.
  private let undescribedAnswer: (field: String, words: [String])?
  /// Which stand-in answers in the sandbox.
  package let sandbox: String?
  /// Most descriptions are only looked at to see that a request is none of theirs.
  private let content: Content

  package convenience init(id: String, _ file: APIFile) {
    self.init(id: id, head: file, Content(file.objects))
  }

  /// A description whose objects are read when they are first asked for.
  ///
  /// - Parameter text: a file without problems.
  convenience init(id: String, unread text: String) {
    self.init(id: id, head: APIFile(headOf: text), Content(unread: text))
  }

  private init(id: String, head file: APIFile, _ content: Content) {
    func words(_ directive: String) -> [String] { file.directives[directive]?.flatMap(\.self) ?? [] }
    self.id = id
    let name = words("name").joined(separator: " ")
    self.name = name.isEmpty ? id : name
    self.asOf = words("as-of").first
    self.provider = words("provider").first?.lowercased()
    self.paths = words("match")
    self.pathsElsewhere = file.directives["elsewhere"] == nil ? words("match") : words("elsewhere")
    self.headerElsewhere = words("elsewhere-header").first?.lowercased()
    self.method = words("method").first?.uppercased()
    self.bodies = file.directives["body"] == nil ? ["json"] : words("body")
    self.headers = words("headers").map { $0.split(separator: "|").map(String.init) }
    self.variables = words("variables")
    let streamSwitch = words("stream-switch")
    self.streamSwitch = streamSwitch.first
    self.streamWord = streamSwitch.dropFirst().first
    self.mediaKind = words("answer").first { $0 != "json" }
    let undescribed = words("undescribed-answer")
    self.undescribedAnswer = undescribed.first.map { ($0, Array(undescribed.dropFirst())) }
    self.sandbox = words("sandbox").first
    self.content = content
  }

  package var request: APIObject { content.objects.request }

  /// Body fields that compatible servers know beyond the provider's own.
  package var extras: Set<String> { content.objects.extras }

  /// Whether the host is the provider's: its own, or one below it such as that of a region.
  package func isProvider(_ host: String?) -> Bool {
    guard let provider, let host else { return false }
    return host == provider || host.hasSuffix("." + provider)
  }

  /// Whether a request is one of this API.
  ///
  /// - Parameter headers: the names of the request's headers in lower case.
  package func answers(_ address: RequestAddress, headers: Set<String>) -> Bool {
    guard let path = address.path else { return false }
    if isProvider(address.host) { return paths.contains { path.hasSuffix($0) } }
    return pathsElsewhere.contains { path.hasSuffix($0) } && headerElsewhere.map { headers.contains($0) } ?? true
  }

  /// How the request asks for a stream, as an entry of its body.
  package var streamEntry: String { "\(streamSwitch ?? "stream"): \(streamWord ?? "true")" }

  // MARK: Types

  /// The type of an answer.
  ///
  /// - Parameters:
  ///   - isProvider: whether the provider itself answers; other servers of the same protocol may add members.
  ///   - text: the text of a field of the request, if it is known; `nil` with `false` when it is not written at all.
  package func response(
    isProvider: Bool, text: (String) -> (isGiven: Bool, text: String?) = { _ in (false, nil) }
  ) -> Type {
    if let mediaKind { return .media(mediaKind) }
    if let (field, words) = undescribedAnswer {
      let given = text(field)
      if given.isGiven, given.text.map({ words.contains($0) }) ?? true { return .any }
    }
    return type(of: "response", isComplete: isProvider)
  }

  /// The type of one event of a streamed answer.
  package func chunk(isProvider: Bool) -> Type { type(of: "chunk", isComplete: isProvider) }

  private func type(of name: String, isComplete: Bool) -> Type {
    APIType.named(name).type(objects: content.objects.byName, isComplete: isComplete)
  }

  /// An object of the description.
  package func object(named name: String) -> APIObject? { content.objects.byName[name] }

  /// The type of a request field.
  package func type(of type: APIType) -> Type { type.type(objects: content.objects.byName, isComplete: true) }
}

extension APIDescription {
  /// The objects of a description.
  fileprivate final class Objects: Sendable {
    let byName: [String: APIObject]
    let request: APIObject
    let extras: Set<String>

    init(_ objects: [String: APIObject]) {
      byName = objects
      request = objects["request"] ?? APIObject(name: "request", openness: .open)
      extras = Set(objects["extras"]?.fields.map(\.name) ?? [])
    }
  }

  /// The objects, or the text that they are read from.
  fileprivate final class Content: Sendable {
    private enum State {
      case unread(String)
      case read(Objects)
    }

    private let state: Mutex<State>

    init(_ objects: [String: APIObject]) { state = Mutex(.read(Objects(objects))) }

    init(unread text: String) { state = Mutex(.unread(text)) }

    var objects: Objects {
      state.withLock { state in
        switch state {
        case .read(let objects): return objects
        case .unread(let text):
          let objects = Objects(APIFile(text).objects)
          state = .read(objects)
          return objects
        }
      }
    }
  }
}
