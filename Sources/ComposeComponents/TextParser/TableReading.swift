import ComposeRuntime

/// Reads rows of columns as Python's `csv.reader` does: a column may stand in quotes, in which a quote is written
/// twice, and separators and line feeds mean nothing.
struct TableReading {
  private(set) var rows: [[String]] = []

  private enum State {
    case recordStart, fieldStart, field, quoted, quoteInQuoted
    /// Behind a carriage return or line feed; only an end of the line may follow.
    case lineEnd
  }

  /// Longer columns are an error in the reference, too.
  private static let fieldLimit = 131_072

  private let delimiter: Unicode.Scalar
  private let quote: Unicode.Scalar
  private var state = State.recordStart
  private var row: [String] = []
  private var field = String.UnicodeScalarView()
  private var fieldLength = 0

  init(_ text: String, delimiter: Unicode.Scalar, quote: Unicode.Scalar) throws(TextParserFault) {
    self.delimiter = delimiter
    self.quote = quote
    for scalar in text.unicodeScalars {
      try take(scalar)
      if scalar == "\n" { endLine() }
    }
    if text.unicodeScalars.last != "\n", !text.isEmpty { endLine() }
    // A quote that is not closed ends with the text.
    if state != .recordStart, fieldLength > 0 || state == .quoted {
      endField()
      endRow()
    }
    rows.removeAll { $0.isEmpty }
  }

  private mutating func take(_ scalar: Unicode.Scalar) throws(TextParserFault) {
    let isBreak = scalar == "\n" || scalar == "\r"
    switch state {
    case .recordStart:
      if isBreak {
        state = .lineEnd
      } else {
        state = .fieldStart
        try take(scalar)
      }
    case .fieldStart:
      if isBreak {
        endField()
        state = .lineEnd
      } else if scalar == quote {
        state = .quoted
      } else if scalar == delimiter {
        endField()
      } else {
        try append(scalar)
        state = .field
      }
    case .field:
      if isBreak {
        endField()
        state = .lineEnd
      } else if scalar == delimiter {
        endField()
        state = .fieldStart
      } else {
        try append(scalar)
      }
    case .quoted: if scalar == quote { state = .quoteInQuoted } else { try append(scalar) }
    case .quoteInQuoted:
      if scalar == quote {
        try append(scalar)
        state = .quoted
      } else if scalar == delimiter {
        endField()
        state = .fieldStart
      } else if isBreak {
        endField()
        state = .lineEnd
      } else {
        try append(scalar)
        state = .field
      }
    case .lineEnd:
      guard isBreak else {
        throw TextParserFault("text", "has a carriage return in the middle of a row of the table")
      }
    }
  }

  /// The end of a line, which is no character of its own.
  private mutating func endLine() {
    switch state {
    case .recordStart, .lineEnd: endRow()
    case .fieldStart, .field, .quoteInQuoted:
      endField()
      endRow()
    // The column goes on in the next line.
    case .quoted: break
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) throws(TextParserFault) {
    guard fieldLength < Self.fieldLimit else {
      throw TextParserFault("text", "has a column of more than \(Self.fieldLimit) characters")
    }
    field.append(scalar)
    fieldLength += 1
  }

  private mutating func endField() {
    row.append(String(field))
    field = String.UnicodeScalarView()
    fieldLength = 0
  }

  private mutating func endRow() {
    rows.append(row)
    row = []
    state = .recordStart
  }
}
