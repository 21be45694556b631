import ComposeBasic
import ComposeSema

/// Writes what a workflow gives as the schema of a JSON value.
struct OutputSchema {
  /// - Parameter type: as it was inferred. A value that is missing on its way is null in spite of it, and choices are
  ///   not enforced, so the schema says neither.
  static func append(_ type: Type, to json: inout JSONWriter) {
    switch type {
    case .any, .never, .bytes, .media, .stream, .encoded: json.object { _ in }
    case .null: json.object { json in json.member("type", "null") }
    case .boolean: scalar("boolean", to: &json)
    case .integer: scalar("integer", to: &json)
    case .number: scalar("number", to: &json)
    case .text: scalar("string", to: &json)
    case .choice(let names):
      json.object { json in
        json.array("examples") { json in for name in names { json.string(name) } }
      }
    case .list(let element):
      json.object { json in
        types("array", to: &json)
        json.key("items")
        append(element, to: &json)
      }
    case .object(let object): append(object, to: &json)
    case .union(let types):
      json.object { json in
        json.array("anyOf") { json in for type in types { append(type, to: &json) } }
      }
    }
  }

  private static func append(_ object: ObjectType, to json: inout JSONWriter) {
    json.object { json in
      types("object", to: &json)
      guard !object.members.isEmpty else { return }
      json.object("properties") { json in
        for member in object.members {
          json.key(member.name)
          append(member.type, to: &json)
        }
      }
      // Members of an object from outside are what its sender promises; those of the file's own are there.
      guard object.rest == nil else { return }
      json.array("required") { json in for member in object.members { json.string(member.name) } }
    }
  }

  private static func scalar(_ name: String, to json: inout JSONWriter) {
    json.object { json in types(name, to: &json) }
  }

  private static func types(_ name: String, to json: inout JSONWriter) {
    json.array("type") { json in
      json.string(name)
      json.string("null")
    }
  }
}

/// In which forms the result of a workflow can leave.
struct AnswerForms {
  var isJSON = false
  var isEvents = false
  var isBytes = false

  init(_ type: Type) {
    switch type {
    case .any:
      isJSON = true
      isEvents = true
      isBytes = true
    case .encoded: isEvents = true
    case .bytes, .media, .stream: isBytes = true
    case .union(let types): for type in types { merge(AnswerForms(type)) }
    case .never, .null, .boolean, .integer, .number, .text, .choice, .list, .object: isJSON = true
    }
  }

  init(_ types: [Type]) { for type in types { merge(AnswerForms(type)) } }

  private mutating func merge(_ other: AnswerForms) {
    isJSON = isJSON || other.isJSON
    isEvents = isEvents || other.isEvents
    isBytes = isBytes || other.isBytes
  }
}
