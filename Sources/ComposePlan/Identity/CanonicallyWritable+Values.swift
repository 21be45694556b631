extension Bool: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) { writer.boolean(self) }
}

extension Int: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) { writer.integer(self) }
}

extension Double: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) { writer.number(self) }
}

extension String: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) { writer.text(self) }
}

extension Array: CanonicallyWritable where Element: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) {
    writer.list(self) { writer, element in element.write(into: &writer) }
  }
}

extension Dictionary: CanonicallyWritable where Key == String, Value: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) {
    writer.map(self) { writer, value in value.write(into: &writer) }
  }
}

extension PlanConstant: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    case .integer(let value): writer.integer(value)
    case .bigInteger(let digits): writer.integer(digits: digits)
    case .number(let value): writer.number(value)
    case .text(let value): writer.text(value)
    }
  }
}
