import ComposeBasic

/// The tags of YAML's core types, which a file may write out.
enum CoreTag: String {
  case string = "tag:yaml.org,2002:str"
  case integer = "tag:yaml.org,2002:int"
  case number = "tag:yaml.org,2002:float"
  case boolean = "tag:yaml.org,2002:bool"
  case null = "tag:yaml.org,2002:null"
  case mapping = "tag:yaml.org,2002:map"
  case sequence = "tag:yaml.org,2002:seq"
  /// Takes a scalar as text, without looking at its form.
  case nonSpecific = "!"
}

extension YAMLComposer {
  /// Reports a tag that is not a core type's, or is one of another kind of node.
  mutating func checkTag(_ event: YAMLEvent, _ properties: NodeProperties) {
    guard let name = event.tag else { return }
    let range = place(properties.tag ?? event.range.lowerBound..<event.range.lowerBound)
    let written = properties.tag.map { String(decoding: text.bytes[$0], as: UTF8.self) } ?? name
    guard let tag = CoreTag(rawValue: name) else {
      diagnostics.emit(.unsupportedTag(written, at: range))
      return
    }
    let fits =
      switch (tag, event.kind) {
      case (.nonSpecific, _), (.mapping, .mappingStart), (.sequence, .sequenceStart): true
      case (.mapping, _), (.sequence, _): false
      case (_, .scalar): true
      default: false
      }
    if !fits { diagnostics.emit(.mismatchedTag(written, at: range)) }
  }

  /// What a scalar means: a plain one by its form, unless a tag says more.
  mutating func meaning(
    _ decoded: String, _ style: YAMLScalar.Style, _ tag: String?, _ range: Range<Int>
  ) -> ScalarValue {
    guard let tag else { return style == .plain ? resolvePlainScalar(decoded) : .text(decoded) }
    let resolved = resolvePlainScalar(decoded)
    let value: ScalarValue? =
      switch (CoreTag(rawValue: tag), resolved) {
      case (.integer, .integer), (.integer, .bigInteger), (.number, .number), (.boolean, .boolean): resolved
      case (.number, .integer(let integer)): .number(Double(integer))
      case (.number, .text): Double(decoded).map { .number($0) }
      case (.null, _): .null
      case (.integer, _), (.number, _), (.boolean, _): nil
      default: .text(decoded)
      }
    if let value { return value }
    diagnostics.emit(.tagDoesNotFit(tag, at: place(range)))
    return .text(decoded)
  }
}
