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

  private static let quoted = DiagnosticCode(
    "quoted-number", .warning, "A number in quotes",
    explanation: """
      The field takes a number. The reference reads one from the text; other tools and schemas do not.

      ```yaml bad
      controller: {adapter: {type: http-server, port: "8080"}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {adapter: {type: http-server, port: 8080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let leadingZero = DiagnosticCode(
    "leading-zero", .warning, "A number with a leading zero",
    explanation: """
      In YAML 1.1 a number with a leading zero is octal: `010` is 8. `08080` has a digit that octal numbers do not have,
      so it is text, from which the field then reads a decimal number.

      ```yaml bad
      controller: {adapter: {type: http-server, port: 08080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {adapter: {type: http-server, port: 8080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [invalid, quoted, leadingZero]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    if visit.owner == .section(.gateway), visit.name == "port", visit.path.isEmpty {
      for item in visit.value.sequence ?? [visit.value] { checkTunnel(item, visit, into: &findings) }
      return
    }
    guard visit.name == "port" || visit.name.hasSuffix("_port"), let scalar = visit.literal, scalar.environment.isEmpty
    else { return }
    let digits = scalar.text
    if case .integer(let number) = scalar.value {
      if isOctal(scalar) {
        findings.emit(zero(digits, "the octal number \(number)", digits, visit))
      } else if !(1...65535).contains(number), visit.name != "data_parallel_rpc_port" {
        findings.emit(outOfRange(visit.name, visit.value.range, upstream: "refuses the file, or fails when it starts"))
      }
      return
    }
    guard case .text = scalar.value, !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }),
      let number = Int(digits), (1...65535).contains(number)
    else { return }
    if scalar.style == .plain {
      findings.emit(zero(digits, "text, not a number", String(number), visit))
    } else {
      findings.emit(
        Diagnostic(quoted, "'\(visit.name)' is in quotes; write it as a number", at: visit.value.range)
          .upstream("reads the number from the text")
          .fix("remove the quotes", .safe, replace: visit.value.range, with: String(number)))
    }
  }

  /// Whether a plain integer is octal and so another number than its digits say.
  static func isOctal(_ scalar: YAMLScalar) -> Bool {
    let digits = scalar.text.drop { $0 == "-" || $0 == "+" }
    guard scalar.style == .plain, case .integer(let number) = scalar.value, digits.hasPrefix("0"), digits.count > 1,
      digits.allSatisfy({ ("0"..."7").contains($0) }), let decimal = Int(digits)
    else { return false }
    return decimal != abs(number)
  }

  private static func zero(_ digits: String, _ meaning: String, _ number: String, _ visit: FieldVisit) -> Diagnostic {
    let decimal = String(number.drop { $0 == "0" })
    return Diagnostic(
      leadingZero, "'\(digits)' has a leading zero: in YAML 1.1 it is \(meaning)", at: visit.value.range
    )
    .upstream(meaning.hasPrefix("text") ? "reads \(decimal) from the text" : "takes \(meaning)")
    .fix(
      "remove the zero", meaning.hasPrefix("text") ? .safe : .suggested, replace: visit.value.range, with: decimal)
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
          Diagnostic(invalid, "unquoted, '\(text)' is the number \(number) to the base 60", at: node.range)
            .help("quote it")
            .upstream("forwards port \(number)")
            .fix("quote it", .suggested, replace: node.range, with: "\"\(text)\""))
      } else if !(1...65535).contains(number) {
        findings.emit(
          outOfRange("port", node.range, upstream: "takes any number, and fails when it opens the tunnel"))
      }
    case .text:
      guard visit.type == "ssh-tunnel", !isForwarding(text) else { return }
      findings.emit(
        Diagnostic(invalid, "'\(text)' is no forwarding of a port", at: node.range)
          .help("write remote:local, remote:host or remote:host:local")
          .upstream("refuses the file"))
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
