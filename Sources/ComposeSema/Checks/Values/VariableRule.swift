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

  private static let fields: Set<String> = [
    "access_key", "access_key_id", "account_key", "api_key", "base_url", "connection_string", "endpoint", "headers",
    "host", "params", "password", "secret_access_key", "secret_key", "token", "url", "username",
  ]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    // Texts that another program reads are left alone.
    guard visit.owner != .section(.system) else { return }
    if visit.name == "body", visit.owner == .action {
      checkWholeTexts(visit.value, into: &findings)
    } else if fields.contains(visit.name) {
      for node in [visit.value] + (visit.value.mapping ?? []).map(\.value) { check(node, into: &findings) }
    }
  }

  /// In a body only a text that is nothing else: prompts may speak of variables.
  private static func checkWholeTexts(_ node: YAMLNode, into findings: inout ValueFindings) {
    switch node.content {
    case .mapping(let entries): for entry in entries { checkWholeTexts(entry.value, into: &findings) }
    case .sequence(let items): for item in items { checkWholeTexts(item, into: &findings) }
    case .scalar(let scalar):
      let found = variables(in: scalar.text)
      if found.count == 1, found[0].range == 0..<scalar.text.utf8.count { check(node, into: &findings) }
    }
  }

  private static func check(_ node: YAMLNode, into findings: inout ValueFindings) {
    // A value from the environment may contain anything.
    guard let scalar = node.scalar, case .text(let text) = scalar.value, scalar.environment.isEmpty else { return }
    for (range, name) in variables(in: text) {
      let place = scalar.map.range(range)
      let written = String(decoding: Array(text.utf8)[range], as: UTF8.self)
      findings.emit(
        Diagnostic(code, "'\(written)' is plain text here", at: place)
          .help("write ${env.\(name)}")
          .upstream("uses it as it stands")
          .fix("write '${env.\(name)}'", .suggested, replace: place, with: "${env.\(name)}"))
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
