import ComposeBasic
import ComposeSyntax

/// Sizes in bytes that cannot be read when they are used.
enum SizeRule: FieldRule {
  private static let code = DiagnosticCode(
    "invalid-size", .error, "A size that cannot be read",
    explanation: """
      A size is a number of bytes, or a number with `B`, `K`, `KB`, `M`, `MB`, `G` or `GB`, in upper case and to the
      base 1024. The reference reads the text when it is used, and fails only then.

      ```yaml bad
      controller: {queue: {driver: redis, max_blob_size: 50mb}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {queue: {driver: redis, max_blob_size: 50MB}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.field.type.contains(.size), case .text(let text)? = visit.literal?.value, !text.isEmpty else { return }
    if let bytes = SizeText(text).bytes, bytes >= 0 { return }
    let diagnostic = Diagnostic(code, "'\(visit.name)' must be a size, not '\(text)'", at: visit.value.range)
      .upstream("fails when it uses the value")
    guard let repaired = SizeText(text).repaired else {
      findings.emit(diagnostic.help("write bytes, or a number with KB, MB or GB: 64KB, 50MB"))
      return
    }
    findings.emit(
      diagnostic.help("write \(repaired)")
        .fix("write \(repaired)", .suggested, replace: visit.value.range, with: repaired))
  }
}
