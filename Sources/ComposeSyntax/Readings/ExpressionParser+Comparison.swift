import ComposeBasic

/// Comparing what was read with what the reference reads.
///
/// Both lists of expressions are walked together. Where they differ and nothing says so yet, the cause is reported
/// once, and everything up to the end of the longer one is passed over.
extension ExpressionParser {
  /// Compares the whole scalar.
  mutating func compareReadings() {
    // The text of an unset variable is not known, and that of too many levels was not read.
    if reportedDepth || environment.contains(where: { $0.reference.value == nil }) { return }
    let hasActiveValue = environment.contains { span in
      span.reference.value?.utf8.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "}") } ?? false
    }
    if hasActiveValue {
      compare(0..<cursor.bytes.count, children(of: 0..<readings.count))
    } else if !comparisonPlaces.isEmpty {
      compareSegments()
    }
  }

  /// Compares the parts of the scalar in which something may be read otherwise.
  private mutating func compareSegments() {
    let places = comparisonPlaces.sorted()
    let ours = children(of: 0..<readings.count)
    var place = 0
    var our = 0
    for segment in ReadingSegments.all(in: cursor) {
      let first = our
      while our < ours.count, readings[ours[our]].match.span.lowerBound < segment.upperBound { our += 1 }
      let firstPlace = place
      while place < places.count, places[place] < segment.upperBound { place += 1 }
      if place > firstPlace { compare(segment, Array(ours[first..<our])) }
    }
  }

  /// The outermost of a part of the list of readings, in the order of the text.
  private func children(of list: Range<Int>) -> [Int] {
    var result: [Int] = []
    var index = list.upperBound - 1
    while index >= list.lowerBound {
      result.append(index)
      index = readings[index].firstNested - 1
    }
    return result.reversed()
  }

  private mutating func compare(_ text: Range<Int>, _ ours: [Int]) {
    let matches = ReferenceMatcher(cursor, in: text).matches()
    var match = 0
    var our = 0
    var done = text.lowerBound
    while our < ours.count || match < matches.count {
      if match < matches.count, matches[match].span.lowerBound < done {
        match += 1
        continue
      }
      guard our < ours.count else {
        done = compareUnread(matches[match])
        continue
      }
      let reading = readings[ours[our]]
      let span = reading.match.span
      if span.lowerBound < done {
        our += 1
      } else if match < matches.count, matches[match].span.lowerBound < span.lowerBound {
        done = compareUnread(matches[match])
      } else if reading.isAngled {
        done = span.upperBound
      } else if match < matches.count, matches[match].span.lowerBound == span.lowerBound {
        done = compare(ours[our], matches[match])
      } else {
        done = span.upperBound
        if !isCheckedElsewhere(reading) { reportUnlessKnown(span) { $0.literal(reading) } }
      }
    }
  }

  /// Compares one expression, and returns where the comparison goes on.
  private mutating func compare(_ index: Int, _ match: ReferenceMatch) -> Int {
    let reading = readings[index]
    guard agree(reading, match) else {
      let end = max(reading.match.span.upperBound, match.span.upperBound)
      reportUnlessKnown(reading.match.span.lowerBound..<end) { $0.difference(reading, match) }
      return end
    }
    let nested = children(of: reading.firstNested..<index)
    if nested.isEmpty, reading.match.fallback == nil, reading.attributeValues.isEmpty { return match.span.upperBound }
    for text in reading.attributeValues + [reading.match.fallback].compactMap(\.self) {
      let inside = nested.filter { text.contains(readings[$0].match.span.lowerBound) }
      if !inside.isEmpty || mayHoldExpression(text) { compare(text, inside) }
    }
    return match.span.upperBound
  }

  private func mayHoldExpression(_ text: Range<Int>) -> Bool {
    cursor.bytes[text].contains(UInt8(ascii: "$"))
  }

  private func agree(_ reading: ExpressionReading, _ match: ReferenceMatch) -> Bool {
    if reading.match == match { return attributesAgree(reading) }
    guard isCheckedElsewhere(reading) else { return false }
    var ours = reading.match
    ours.cast?.subtype = match.cast?.subtype
    ours.cast?.attributes = match.cast?.attributes
    return ours == match
  }

  /// Whether a conversion has fields with an index: they are reported where conversions are checked, and were the way
  /// to pick the text out of a chunk in older files.
  private func isCheckedElsewhere(_ reading: ExpressionReading) -> Bool {
    guard let cast = reading.match.cast, let subtype = cast.subtype,
      cursor.bytes[subtype].contains(UInt8(ascii: "["))
    else { return false }
    let format = cast.format.map { cursor.text($0) }
    return cursor.text(cast.type) == "object" || format == "sse-json" || format == "sse-text"
  }

  /// Whether the reference, which knows commas and no braces, finds as many attributes as we do.
  private func attributesAgree(_ reading: ExpressionReading) -> Bool {
    guard let attributes = reading.match.cast?.attributes, !attributes.isEmpty else { return true }
    var commas = 0
    var offset = attributes.lowerBound
    while offset < attributes.upperBound {
      if cursor.isPair("$", "{", at: offset) {
        offset = min(attributes.upperBound, cursor.end(from: offset) { $0 == UInt8(ascii: "}") })
      } else if cursor.bytes[offset] == UInt8(ascii: ",") {
        commas += 1
      }
      offset += 1
    }
    return commas + 1 == reading.attributeCount
  }

  /// Looks at an expression of the reference where we read none.
  private mutating func compareUnread(_ match: ReferenceMatch) -> Int {
    if let index = findings.firstIndex(where: { $0.failed?.lowerBound == match.span.lowerBound }) {
      findings[index].refine(gluedCast(in: match))
    } else {
      reportUnlessKnown(match.span) { $0.unread(match) }
    }
    return match.span.upperBound
  }

  // MARK: Reporting

  /// Reports a difference unless an error inside the range tells the cause already.
  private mutating func reportUnlessKnown(_ span: Range<Int>, _ finding: (ExpressionParser) -> Finding) {
    let range = map.range(span)
    let isKnown = findings.contains { finding in
      finding.failed?.contains(span.lowerBound) == true
        || (finding.diagnostic.severity == .error && range.contains(finding.diagnostic.range))
    }
    if isKnown { return }
    if hasNestedReference(span) { return }
    var cause = environmentCause(in: span, isAny: false) ?? finding(self)
    if cause.diagnostic.code == .expressionSyntax { cause = environmentCause(in: span, isAny: true) ?? cause }
    report(cause.diagnostic, repair: cause.repair)
  }

  /// Whether a default of the environment holds another reference, which is reported where references are read.
  private func hasNestedReference(_ span: Range<Int>) -> Bool {
    environment.contains { value in
      value.range.overlaps(span) && value.reference.origin == "default"
        && value.reference.value?.contains("${env.") == true
    }
  }

  /// The finding about a value of the environment that takes part in the syntax.
  ///
  /// - Parameter isAny: whether a value is to blame that has none of the characters of the syntax.
  private func environmentCause(in span: Range<Int>, isAny: Bool) -> Finding? {
    for value in environment where value.range.overlaps(span) {
      let isActive =
        isAny
        || cursor.bytes[value.range].contains { byte in
          switch byte {
          case UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\n"),
            UInt8(ascii: "\\"), UInt8(ascii: "@"):
            true
          default: false
          }
        }
      let reference = value.reference
      if isActive {
        return Finding(
          diagnostic: .environmentExpression(reference.name, at: reference.range), failed: nil, repair: nil)
      }
    }
    return nil
  }
}

extension Finding {
  /// Replaces the text of the finding by that of one that knows more.
  fileprivate mutating func refine(_ other: Finding?) {
    if let other { self = Finding(diagnostic: other.diagnostic, failed: failed, repair: other.repair) }
  }
}
