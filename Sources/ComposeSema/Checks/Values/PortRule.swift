import ComposeBasic
import ComposeSyntax

/// Ports that the reference takes, but that cannot be what was meant.
enum PortRule: FieldRule {
  private static let invalid = DiagnosticCode(
    "invalid-port", .error, "A port that does not exist, or a forwarding that cannot be read",
    explanation: """
      Ports go from 1 to 65535. A tunnel over SSH takes `remote`, `"remote:local"`, `"remote:host"` or
      `"remote:host:local"`; unquoted, `22:22` is a number to the base 60 in YAML.

      ```yaml bad
      gateway: {type: http-tunnel, driver: ngrok, port: 80900}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      gateway: {type: http-tunnel, driver: ngrok, port: 8090}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [invalid]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    if visit.owner == .section(.gateway), visit.name == "port", visit.path.isEmpty {
      for item in visit.value.sequence ?? [visit.value] { checkTunnel(item, visit, into: &findings) }
      return
    }
    guard visit.name == "port" || visit.name.hasSuffix("_port"), visit.name != "data_parallel_rpc_port",
      let scalar = visit.literal, case .integer(let number) = scalar.value
    else { return }
    if scalar.style == .plain, scalar.text.contains(":") {
      findings.emit(base60(scalar.text, number, at: visit.value.range, upstream: "takes port \(number)"))
    } else if !(1...65535).contains(number) {
      findings.emit(outOfRange(visit.name, visit.value.range, upstream: "refuses the file, or fails when it starts"))
    }
  }

  private static func base60(_ text: String, _ number: Int, at range: SourceRange, upstream: String) -> Diagnostic {
    Diagnostic(invalid, "unquoted, '\(text)' is the number \(number) to the base 60", at: range).upstream(upstream)
  }

  private static func outOfRange(_ name: String, _ range: SourceRange, upstream: String) -> Diagnostic {
    Diagnostic(invalid, "'\(name)' must be between 1 and 65535", at: range).upstream(upstream)
  }

  // MARK: Tunnels

  private static func checkTunnel(_ node: YAMLNode, _ visit: FieldVisit, into findings: inout ValueFindings) {
    guard let scalar = node.scalar, !scalar.isUnknown, !scalar.text.contains("${") else { return }
    let text = scalar.text
    switch scalar.value {
    case .integer(let number):
      if scalar.style == .plain, text.contains(":") {
        findings.emit(
          base60(text, number, at: node.range, upstream: "forwards port \(number)")
            .help("quote it")
            .fix("quote it", .suggested, replace: node.range, with: "\"\(text)\""))
      } else if !(1...65535).contains(number) {
        findings.emit(
          outOfRange("port", node.range, upstream: "takes any number, and fails when it opens the tunnel"))
      }
    case .text:
      guard visit.field.type.contains(.forward), !isForwarding(text) else { return }
      let diagnostic = Diagnostic(invalid, "'\(text)' is no forwarding of a port", at: node.range)
        .help("write remote:local, remote:host or remote:host:local")
        .upstream("refuses the file")
      let parts = text.split { " -=>,/".contains($0) }.joined(separator: ":")
      findings.emit(
        parts != text && isForwarding(parts)
          ? diagnostic.fix("write \(parts)", .suggested, replace: node.range, with: "\"\(parts)\"") : diagnostic)
    default: break
    }
  }

  /// `N:M`, `N:host` or `N:host:M`.
  private static func isForwarding(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 || parts.count == 3, isPort(parts[0]) else { return false }
    if parts.count == 3 { return isPort(parts[2]) }
    return !parts[1].allSatisfy(\.isNumber) || isPort(parts[1])
  }

  private static func isPort(_ text: String) -> Bool {
    guard text.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(text) else { return false }
    return (1...65535).contains(number)
  }
}
