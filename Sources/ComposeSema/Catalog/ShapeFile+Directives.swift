extension ShapeDraft {
  /// Applies a line that begins with `@`.
  ///
  /// - Returns: whether there is such a directive with such words.
  mutating func apply(directive: String, _ words: [String], remark: String?) -> Bool {
    if let kind = ShapeRule.Kind(rawValue: directive) {
      let terms = words.compactMap(ShapeTerm.init)
      guard terms.count == words.count, terms.count >= (kind == .forbidden ? 1 : 2) else { return false }
      let (summary, reference) = Self.parts(ofRemark: remark)
      rules.append(ShapeRule(kind: kind, terms: terms, summary: summary, reference: reference))
      return true
    }
    if let more = ShapeFact.read(directive, words) {
      facts += more
      return true
    }
    switch directive {
    case "open" where words.isEmpty: isOpen = true
    case "calls-component" where words.isEmpty: callsComponent = true
    case "include": includes += words
    case "needs-of-component" where words.count == 2: needsOfComponent[words[0]] = words[1]
    case "alias" where words.count == 2: aliases[words[0]] = words[1]
    case "short" where words.count == 2: shorthands[words[0]] = words[1]
    case "inline" where words.count == 1:
      inlined.append(InlinedField(field: words[0], fallback: nil, oldFileKeys: []))
    case "old-inline" where words.count > 1:
      let sides = words[0].split(separator: "=", maxSplits: 1).map(String.init)
      inlined.append(
        InlinedField(
          field: sides[0], fallback: sides.count > 1 ? sides[1] : nil, oldFileKeys: Array(words.dropFirst())))
    case "write": tagsToWrite.formUnion(words)
    case "old-variant" where words.count == 2: variants?.oldNames[words[0]] = words[1]
    case "variants":
      guard let variants = ShapeVariants(words: words) else { return false }
      self.variants = variants
    default: return false
    }
    return true
  }

  /// `What to do. [reference: what it does]`.
  private static func parts(ofRemark remark: String?) -> (summary: String?, reference: String?) {
    guard let remark, remark.hasSuffix("]"), let start = remark.lastRange(of: "[reference: ") else {
      return (remark, nil)
    }
    let summary = String(String(remark[..<start.lowerBound]).dropLast(while: { $0 == " " }))
    return (summary.isEmpty ? nil : summary, String(remark[start.upperBound...].dropLast()))
  }
}

extension ShapeVariants {
  /// Reads `driver = local name->named of job only a b in model.*`.
  fileprivate init?(words: [String]) {
    guard let tag = words.first else { return nil }
    var fallback: String?
    var inferences: [Inference] = []
    var names: [String] = []
    var base: String?
    var pattern: String?
    var rest = words.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "=":
        guard let value = rest.popFirst() else { return nil }
        fallback = value
      case "of":
        guard let value = rest.popFirst() else { return nil }
        base = value
      case "in":
        guard let value = rest.popFirst(), value.hasSuffix("*") else { return nil }
        pattern = value
      case "only":
        names = Array(rest)
        rest = []
      default:
        guard let arrow = word.lastRange(of: "->") else { return nil }
        inferences.append(
          Inference(key: String(word[..<arrow.lowerBound]), variant: String(word[arrow.upperBound...])))
      }
    }
    self.init(
      tag: tag, fallback: fallback, inferences: inferences, names: names, base: base, filePattern: pattern)
  }
}

extension String {
  fileprivate func lastRange(of other: String) -> Range<Index>? {
    let (bytes, part) = (utf8, other.utf8)
    var start = bytes.endIndex
    while true {
      if bytes[start...].starts(with: part) { return start..<bytes.index(start, offsetBy: part.count) }
      if start == bytes.startIndex { return nil }
      start = bytes.index(before: start)
    }
  }

  fileprivate func dropLast(while isDropped: (Character) -> Bool) -> Substring {
    var text = self[...]
    while let last = text.last, isDropped(last) { text.removeLast() }
    return text
  }
}
