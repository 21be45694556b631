import ComposeBasic

/// What the parser read of one expression, in bytes of the scalar's text, for the comparison with the reference.
struct ExpressionReading {
  /// Our reading in the reference's terms.
  var match: ReferenceMatch
  /// The `|` before the default.
  var bar: Int?
  /// The values of the attributes, which are templates of their own.
  var attributeValues: [Range<Int>] = []
  /// How many attributes there are, those without a value included.
  var attributeCount = 0
  /// Whether it is written with angle brackets, which the reference does not know.
  var isAngled = false
  /// The first of the nested expressions in the parser's list; they stand directly before this one.
  let firstNested: Int

  init(start: Int, firstNested: Int) {
    match = ReferenceMatch(span: start..<start, root: start..<start)
    self.firstNested = firstNested
  }
}

/// A finding in one scalar, before its repair is known to help.
struct Finding {
  var diagnostic: Diagnostic
  /// An expression that could not be read, up to the brace that closes it.
  let failed: Range<Int>?
  let repair: Repair?
}

/// A change of the scalar's text after which both readings should agree.
struct Repair {
  struct Edit {
    /// Bytes of the scalar's text.
    let range: Range<Int>
    let text: String
  }

  let title: String
  let applicability: Diagnostic.Fix.Applicability
  /// In order, not overlapping.
  let edits: [Edit]

  init(_ title: String, _ applicability: Diagnostic.Fix.Applicability, _ edits: [Edit]) {
    self.title = title
    self.applicability = applicability
    self.edits = edits
  }

  init(
    _ title: String, _ applicability: Diagnostic.Fix.Applicability, insert text: String, at offset: Int
  ) {
    self.init(title, applicability, [Edit(range: offset..<offset, text: text)])
  }
}

extension ExpressionParser {
  /// Keeps what was read of the expression that ends at the position.
  mutating func finishReading(_ spelling: Expression.Spelling) {
    reading.match.span = reading.match.span.lowerBound..<cursor.position
    reading.isAngled = spelling == .angles
    if spelling == .braces, !isReadAlike(reading) { comparisonPlaces.append(reading.match.span.lowerBound) }
    readings.append(reading)
  }

  /// Whether the reference reads an expression as we do, for the plain ones that are nearly all.
  ///
  /// A reference and a conversion end where white space or a brace stands, in both readings. A default of plain text
  /// does so when no other closing brace can be reached from it.
  private func isReadAlike(_ reading: ExpressionReading) -> Bool {
    let match = reading.match
    if match.annotations != nil || match.cast?.attributes != nil { return false }
    if let subtype = match.cast?.subtype, cursor.bytes[subtype].contains(UInt8(ascii: "[")) { return false }
    guard let fallback = match.fallback, let bar = reading.bar else { return true }
    if bar == 0 || cursor.startOfSpace(endingAt: bar) == nil { return false }
    for byte in cursor.bytes[fallback] {
      switch byte {
      case UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "@"), UInt8(ascii: "{"), UInt8(ascii: "\n"): return false
      default: break
      }
    }
    return !canRunOn(from: match.span.upperBound)
  }

  /// Whether a default that ran past its brace could find another one.
  private func canRunOn(from start: Int) -> Bool {
    var offset = start
    while offset < cursor.bytes.count {
      switch cursor.bytes[offset] {
      case UInt8(ascii: "}"): return true
      case UInt8(ascii: "@") where cursor.isPair("@", "(", at: offset): return true
      case UInt8(ascii: "$") where cursor.isPair("$", "{", at: offset):
        return offset == start || cursor.startOfSpace(endingAt: offset) == nil
      case UInt8(ascii: "\n"):
        let next = cursor.endOfSpace(from: offset)
        return cursor.byte(at: next) == UInt8(ascii: "}") || cursor.isPair("@", "(", at: next)
      default: offset += 1
      }
    }
    return false
  }
}
