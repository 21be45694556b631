extension Value {
  /// Texts and bytes parsed as JSON, anything else itself.
  func castJSON() throws(RuntimeError) -> Value {
    do throws(JSONError) {
      switch self {
      case .text(let text): return try parseJSON(text)
      case .bytes(let bytes): return try parseJSON(bytes)
      default: return self
      }
    } catch {
      throw RuntimeError(
        .value, "\(quotedForError(self)) is not JSON: \(error)", fault: isInvalidUTF8 ? .encoding : .json)
    }
  }

  private var isInvalidUTF8: Bool {
    if case .bytes(let bytes) = self { String(validating: bytes, as: UTF8.self) == nil } else { false }
  }

  /// A list, or the JSON text of one.
  func castList() throws(RuntimeError) -> [Value] {
    let value = try castJSON()
    guard case .list(let list) = value else { throw RuntimeError(.value, "\(quotedForError(value)) is not a list") }
    return list
  }

  /// An object, or the JSON text of one; only the fields when there are any.
  func castObject(selecting fields: [FieldSelection]) throws(RuntimeError) -> OrderedObject {
    let value = try castJSON()
    guard case .object(let object) = value else {
      throw RuntimeError(.value, "\(quotedForError(value)) is not an object")
    }
    if fields.isEmpty { return object }
    var selected = OrderedObject()
    for field in fields { selected[field.key] = field.path.reduce(value) { $0.member($1) } }
    return selected
  }
}

/// One field that `as object/id,meta.text` keeps.
package struct FieldSelection: Hashable, Sendable {
  /// The member's name in the result: what follows the last dot.
  package let key: String
  /// The keys that lead to the value; none stands for the whole object.
  package let path: [String]

  package init(key: String, path: [String]) {
    self.key = key
    self.path = path
  }

  /// The fields of a subtype, which are parted by commas.
  package static func parse(_ subtype: String) -> [FieldSelection] {
    subtype.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false).map { field in
      let path = field.split { !isKeyCharacter($0) }.map(String.init)
      let key = field.split(separator: ".", omittingEmptySubsequences: false).last ?? field
      return FieldSelection(key: String(key), path: path)
    }
  }

  /// A letter, digit or other numeric character, `_` or `-` (language specification, sections 2.2 and 4).
  private static func isKeyCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: scalar == "_" || scalar == "-"
    }
  }
}
