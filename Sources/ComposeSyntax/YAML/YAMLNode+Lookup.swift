extension YAMLNode {
  /// The value of a key of a mapping.
  package subscript(key key: String) -> YAMLNode? {
    mapping?.last { $0.name == key }?.value
  }
}
