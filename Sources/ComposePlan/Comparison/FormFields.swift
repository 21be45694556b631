import ComposeBasic
import ComposeSyntax

/// Takes a canonical form apart into the values that people see, each with its path and its place.
struct FormFields {
  /// The jobs to which the job leads; forms name them by their position.
  var targets: [String] = []
  let place: (SourceRange) -> PlanSnapshot.Place
  private(set) var fields: [PlanSnapshot.Field] = []

  init(targets: [String] = [], place: @escaping (SourceRange) -> PlanSnapshot.Place) {
    self.targets = targets
    self.place = place
  }

  /// Adds the fields of a form.
  mutating func add(_ form: CanonicalForm, at path: String, in range: SourceRange? = nil) {
    switch form {
    case .placed(let form, let range): add(form, at: path, in: range)
    case .map(let members) where !members.isEmpty:
      for (name, member) in members.sorted(by: { $0.key < $1.key }) { add(member, at: path.appending(name), in: range) }
    case .list(let forms) where !forms.isEmpty, .set(let forms) where !forms.isEmpty,
      .bag(let forms) where !forms.isEmpty:
      for (index, form) in forms.enumerated() { add(form, at: "\(path)[\(index)]", in: range) }
    case .union(let name, let parts) where !["text", "look-up", "environment"].contains(name):
      addRecord(name, parts, at: path, in: range)
    default: append(FormText.value(of: form), at: path, in: range)
    }
  }

  private mutating func addRecord(
    _ name: String, _ parts: [String: CanonicalForm], at path: String, in range: SourceRange?
  ) {
    if !Self.namesWithoutMeaning.contains(name) { append(FormText.word(name), at: path, in: range) }
    for (part, form) in parts.sorted(by: { $0.key < $1.key }) {
      if name == "job", part == "encoded" { continue }
      let place = Self.hiddenParts.contains(part) ? path : path.appending(part == "body" ? "do" : part)
      if let target = target(part, form) {
        append(PlanSnapshot.Value(pieces: [.job(target.name)], isText: false), at: place, in: target.range ?? range)
      } else {
        add(form, at: place, in: range)
      }
    }
  }

  private func target(_ part: String, _ form: CanonicalForm) -> (name: String, range: SourceRange?)? {
    guard ["then", "else", "otherwise", "to", "job"].contains(part) else { return nil }
    switch form {
    case .constant(.integer(let rank)): return targets.indices.contains(rank) ? (targets[rank], nil) : nil
    case .placed(.constant(.integer(let rank)), let range):
      return targets.indices.contains(rank) ? (targets[rank], range) : nil
    case .constant, .placed, .list, .set, .bag, .map, .union, .job, .workflow: return nil
    }
  }

  mutating func append(_ value: PlanSnapshot.Value, at path: String, in range: SourceRange?) {
    fields.append(PlanSnapshot.Field(path: path, value: value, place: range.map(place)))
  }

  /// Records of which there is one kind at their place.
  private static let namesWithoutMeaning: Set = [
    "job", "component", "action", "arm", "choice", "branch", "interrupt", "hook", "retry", "compare", "spread",
  ]

  private static let hiddenParts: Set = ["operation", "fields"]
}

extension String {
  fileprivate func appending(_ name: String) -> String { isEmpty ? name : "\(self).\(name)" }
}

/// Writes canonical forms as a file could write them.
enum FormText {
  static func word(_ text: String) -> PlanSnapshot.Value { PlanSnapshot.Value(pieces: [.text(text)], isText: false) }

  static func value(of form: CanonicalForm) -> PlanSnapshot.Value {
    var pieces: [PlanSnapshot.Value.Piece] = []
    append(form, to: &pieces)
    let isText =
      switch form {
      case .constant(.text), .union: true
      case .constant, .list, .set, .bag, .map, .job, .workflow, .placed: false
      }
    return PlanSnapshot.Value(pieces: joined(pieces), isText: isText)
  }

  private static func joined(_ pieces: [PlanSnapshot.Value.Piece]) -> [PlanSnapshot.Value.Piece] {
    pieces.reduce(into: []) { joined, piece in
      if case .text(let text) = piece, case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + text)
      } else {
        joined.append(piece)
      }
    }
  }

  private static func append(_ form: CanonicalForm, to pieces: inout [PlanSnapshot.Value.Piece]) {
    func write(_ text: String) { pieces.append(.text(text)) }
    switch form {
    case .constant(let value): write(text(of: value))
    case .placed(let form, _): append(form, to: &pieces)
    case .job(let name): pieces.append(.job(name))
    case .workflow(let id): write(id)
    case .list(let forms), .set(let forms), .bag(let forms):
      write("[")
      for (index, form) in forms.enumerated() {
        if index > 0 { write(", ") }
        append(form, to: &pieces)
      }
      write("]")
    case .map(let members):
      write("{")
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        write((index > 0 ? ", " : "") + member.key + ": ")
        append(member.value, to: &pieces)
      }
      write("}")
    case .union("text", let parts):
      if case .list(let forms)? = parts["pieces"] { for form in forms { append(form, to: &pieces) } }
    case .union("environment", let parts): write(environment(parts))
    case .union("look-up", let parts): appendLookUp(parts, to: &pieces)
    case .union(let name, let parts):
      write(name + " ")
      append(.map(parts), to: &pieces)
    }
  }

  private static func text(of value: PlanConstant) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .bigInteger(let digits): digits
    case .number(let value): String(value)
    case .text(let text): text
    }
  }

  private static func text(_ form: CanonicalForm?) -> String? {
    if case .constant(let value)? = form { text(of: value) } else { nil }
  }

  /// The default of a credential may be one.
  private static func environment(_ parts: [String: CanonicalForm]) -> String {
    let name = text(parts["name"]) ?? ""
    let isSecret = EnvironmentReference.isSecretName(name)
    return "${env." + name + (text(parts["cast"]).map { " as " + $0 } ?? "")
      + (text(parts["default"]).map { " | " + (isSecret ? Redactor.mark : $0) } ?? "") + "}"
  }

  private static func appendLookUp(
    _ parts: [String: CanonicalForm], to pieces: inout [PlanSnapshot.Value.Piece]
  ) {
    pieces.append(.text("${"))
    switch parts["root"] {
    case .union("job", let root)?:
      pieces.append(.text("jobs."))
      if let job = root["job"] { append(job, to: &pieces) }
    case .union?: pieces.append(.text("jobs"))
    case let root?: append(root, to: &pieces)
    case nil: break
    }
    if parts["chunk"] != nil { pieces.append(.text("[]")) }
    if case .list(let steps)? = parts["steps"] {
      for step in steps { pieces.append(.text(self.step(step))) }
    }
    if case .union(_, let cast)? = parts["cast"] { appendCast(cast, to: &pieces) }
    if let fallback = parts["default"] {
      pieces.append(.text(" | "))
      append(fallback, to: &pieces)
    }
    pieces.append(.text("}"))
  }

  private static func step(_ form: CanonicalForm) -> String {
    switch form {
    case .constant(.text(let name)): "." + name
    case .constant(let index): "[\(text(of: index))]"
    case .union("slice", let parts): "[\(text(parts["from"]) ?? ""):\(text(parts["to"]) ?? "")]"
    case .union, .list, .set, .bag, .map, .job, .workflow, .placed: "[*]"
    }
  }

  private static func appendCast(_ cast: [String: CanonicalForm], to pieces: inout [PlanSnapshot.Value.Piece]) {
    pieces.append(.text(" as " + (text(cast["type"]) ?? "") + (cast["list"] == nil ? "" : "[]")))
    if let subtype = text(cast["subtype"]) { pieces.append(.text("/" + subtype)) }
    if case .map(let attributes)? = cast["attributes"] {
      for (index, attribute) in attributes.sorted(by: { $0.key < $1.key }).enumerated() {
        pieces.append(.text((index == 0 ? "[" : ",") + attribute.key + "="))
        append(attribute.value, to: &pieces)
      }
      pieces.append(.text("]"))
    }
    if let format = text(cast["format"]) { pieces.append(.text(";" + format)) }
  }
}
