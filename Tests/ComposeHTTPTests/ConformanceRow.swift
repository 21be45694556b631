import Foundation
import Testing

/// A row of the conformance vectors: pieces as they came from the network, and the data of the events in them. Rows of
/// the file that are about something else are left out.
struct ConformanceRow: Sendable, CustomTestStringConvertible {
  let id: String
  let wire: [[UInt8]]
  let expected: [[UInt8]]

  var testDescription: String { id }

  static func all(in file: String) throws -> [ConformanceRow] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/conformance/\(file)").standardized
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap { line in
      guard line.contains("\"wire\"") else { return nil }
      let row = try JSONDecoder().decode(Encoded.self, from: Data(line.utf8))
      return ConformanceRow(id: row.id, wire: row.wire.map(Array.init), expected: row.expected.map(Array.init))
    }
  }

  /// `Data` is base64 in JSON.
  private struct Encoded: Decodable {
    let id: String
    let wire: [Data]
    let expected: [Data]
  }
}
