import ComposeBasic
import ComposeSyntax

/// Names of environment variables as a shell writes them, in texts that no shell reads.
enum VariableRule: FieldRule {
  private static let code = DiagnosticCode(
    "unbraced-variable", .warning, "An environment variable without braces",
    explanation: """
      `$NAME` is plain text here: it is sent as it stands. A variable of the environment is `${env.NAME}`.

      ```yaml bad
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          headers: {Authorization: Bearer $OPENAI_API_KEY}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          headers: {Authorization: "Bearer ${env.OPENAI_API_KEY | none}"}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  private static let types: Set<String> = ["http-client", "http-server", "mcp-client", "websocket-client"]
  private static let fields: Set<String> = ["base_url", "endpoint", "url", "headers", "params", "api_key", "host"]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard types.contains(visit.type), fields.contains(visit.name) else { return }
    for node in [visit.value] + (visit.value.mapping ?? []).map(\.value) {
      guard let scalar = node.scalar, case .text(let text) = scalar.value else { continue }
      for (range, name) in variables(in: text) {
        let place = scalar.map.range(range)
        // A value from the environment may contain anything.
        guard scalar.environment.isEmpty else { continue }
        let spelling = "${env.\(name)}"
        findings.emit(
          Diagnostic(
            code, "'\(String(decoding: Array(text.utf8)[range], as: UTF8.self))' is plain text here", at: place
          )
          .help("write \(spelling)")
          .upstream("sends it as it stands")
          .fix("write '\(spelling)'", .suggested, replace: place, with: spelling))
      }
    }
  }

  /// `$NAME` in upper case, and `$env.NAME`, with their UTF-8 offsets.
  private static func variables(in text: String) -> [(range: Range<Int>, name: String)] {
    let bytes = Array(text.utf8)
    var found: [(Range<Int>, String)] = []
    var index = 0
    while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
      var start = dollar + 1
      if bytes[start...].starts(with: "env.".utf8) { start += 4 }
      let end = bytes[start...].firstIndex { !isNameByte($0) } ?? bytes.count
      let isUpperCase = bytes[start..<end].first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
      if isUpperCase, end - start >= 3 {
        found.append((dollar..<end, String(decoding: bytes[start..<end], as: UTF8.self)))
      }
      index = max(end, dollar + 1)
    }
    return found
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
