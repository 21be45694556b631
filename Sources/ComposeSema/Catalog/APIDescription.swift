/// Facts about one provider API: how to recognise it, what it takes and what it gives.
package struct APIDescription: Sendable {
  /// The name of the description's file: `openai-chat-completions`.
  package let id: String
  /// For messages: `OpenAI chat completions`.
  package let name: String
  /// A request whose path ends so is one of this API, whatever its host.
  package let pathSuffix: String
  /// The host of the provider who defines the API.
  package let provider: String?
  /// The body field that turns streaming on.
  package let streamSwitch: String?
  /// Which stand-in answers in the sandbox.
  package let sandbox: String?
  package let request: ObjectShape
  /// Body fields that compatible servers know beyond the provider's own.
  package let extras: Set<String>
  private let objects: [String: ObjectShape]

  init(id: String, _ file: ShapeFile) {
    func word(_ directive: String) -> String? { file.directives[directive]?.first }
    self.id = id
    self.name = file.directives["name"]?.joined(separator: " ") ?? id
    self.pathSuffix = word("match") ?? "/" + id
    self.provider = word("provider")
    self.streamSwitch = word("stream-switch")
    self.sandbox = word("sandbox")
    self.objects = file.objects
    let empty = ObjectShape(name: "", isOpen: true)
    self.request = file.objects["request"] ?? empty
    self.extras = Set(file.objects["extras"]?.fields.map(\.name) ?? [])
  }

  /// The type of an answer.
  ///
  /// - Parameter isProvider: whether the provider itself answers; other servers of the same protocol may add members.
  package func response(isProvider: Bool) -> Type {
    Type(.named("response"), objects: objects, isComplete: isProvider)
  }

  /// The type of one event of a streamed answer.
  package func chunk(isProvider: Bool) -> Type {
    Type(.named("chunk"), objects: objects, isComplete: isProvider)
  }

  /// The shape of an object of the description.
  package func object(named name: String) -> ObjectShape? { objects[name] }

  /// The type of a request field.
  package func type(of field: FieldShape) -> Type { Type(field.type, objects: objects) }
}
