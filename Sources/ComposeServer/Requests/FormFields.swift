import ComposeRuntime

/// Puts the fields of a form together as they come.
struct FormFields {
  /// The most fields of one form.
  static let maximumCount = 1000

  private var root = Node()
  private var count = 0

  /// - Throws: that the name is malformed, that there are too many, or that another field says something else there.
  mutating func append(_ value: Value, named name: String) throws(ErrorAnswer) {
    count += 1
    if count > Self.maximumCount { throw .invalidBody("it has more than \(Self.maximumCount) fields") }
    let path = try FieldPath(name)
    guard root.insert(value, path.keys[...], isElement: path.isElement) else {
      throw .invalidField(name, "another field gives a different kind of value there")
    }
  }

  /// The fields as an object.
  ///
  /// - Parameter isList: whether the input of this name is a list, so that its fields are one without `[]` as well.
  /// - Throws: that a name is repeated which is no list.
  func object(isList: (String) -> Bool) throws(ErrorAnswer) -> OrderedObject {
    var object = OrderedObject()
    for (key, node) in root.members {
      object[key] = try node.value(key, isList: { key == "input" && isList($0) })
    }
    return object
  }

  /// The first text of a field without brackets.
  func text(_ name: String) -> String? {
    if case .text(let text)? = root.member(name)?.values.first { text } else { nil }
  }

  /// What stands at one place: values, or members.
  private struct Node {
    var values: [Value] = []
    var isList = false
    var members: [(key: String, node: Node)] = []
    /// Positions in `members`.
    private var positions: [String: Int] = [:]

    func member(_ key: String) -> Node? { positions[key].map { members[$0].node } }

    mutating func insert(_ value: Value, _ keys: ArraySlice<String>, isElement: Bool) -> Bool {
      guard let key = keys.first else {
        guard members.isEmpty, values.isEmpty || isList == isElement else { return false }
        isList = isElement
        values.append(value)
        return true
      }
      guard values.isEmpty else { return false }
      let position = positions[key] ?? members.count
      if position == members.count {
        members.append((key, Node()))
        positions[key] = position
      }
      return members[position].node.insert(value, keys.dropFirst(), isElement: isElement)
    }

    /// - Parameters:
    ///   - name: as a form writes it.
    ///   - isList: by the name of a member.
    func value(_ name: String, isList isListMember: (String) -> Bool, isListInput: Bool = false) throws(ErrorAnswer)
      -> Value
    {
      if values.isEmpty {
        var object = OrderedObject()
        for (key, node) in members {
          object[key] = try node.value("\(name)[\(key)]", isList: { _ in false }, isListInput: isListMember(key))
        }
        return .object(object)
      }
      if isList || isListInput { return .list(values) }
      guard values.count == 1 else {
        throw .invalidField(name, "it is given more than once; call it '\(name)[]' to send a list")
      }
      return values[0]
    }
  }
}
