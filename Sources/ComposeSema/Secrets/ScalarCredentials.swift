import ComposeBasic
import ComposeSyntax

/// The credentials in one scalar of the file.
struct ScalarCredentials {
  let scalar: YAMLScalar
  let node: YAMLNode
  /// The key whose value the scalar is; of a list, the list's.
  let key: String
  /// The id of the declaration around it.
  let owner: String?

  func report(into diagnostics: inout Diagnostics) {
    switch scalar.value {
    case .null, .boolean: return
    default: break
    }
    let bytes = Array(scalar.text.utf8)
    guard bytes.count >= 4 else { return }
    var found: [Range<Int>] = []
    func isNew(_ range: Range<Int>) -> Bool { !found.contains { $0.overlaps(range) } }

    for match in CredentialPattern.matches(in: bytes) {
      found.append(match.range)
      emit(
        HardCodedCredential.written, "\(match.pattern.noun) is written into the file", match.range, match.range,
        variable: match.pattern.variable, into: &diagnostics)
    }
    if let key = CredentialRanges.privateKey(in: bytes) {
      found.append(key.whole)
      emit(
        HardCodedCredential.written, "a private key is written into the file", key.header, key.whole, variable: nil,
        into: &diagnostics)
    }
    for match in URLSecrets.matches(in: bytes) where isNew(match.range) {
      found.append(match.range)
      emit(
        HardCodedCredential.inURL, "\(match.noun) is written into a URL", match.range, match.secret,
        variable: CredentialKey.variable(for: match.name, owner: owner), into: &diagnostics)
    }
    if let kind = CredentialKey(key), let range = kind.credential(in: scalar.text), isNew(range) {
      emit(
        HardCodedCredential.written, "\(kind.noun) is written into the file", range, range,
        variable: CredentialKey.variable(for: key, owner: owner), into: &diagnostics)
    }
  }

  /// - Parameters:
  ///   - range: what is underlined, in the scalar's text.
  ///   - secret: what is never shown.
  private func emit(
    _ code: DiagnosticCode, _ message: String, _ range: Range<Int>, _ secret: Range<Int>, variable: String?,
    into diagnostics: inout Diagnostics
  ) {
    var variable = variable
    var place = scalar.map.range(range)
    var hidden = scalar.map.range(secret)
    if let span = scalar.environment.first(where: { $0.range.overlaps(secret) }) {
      // A value from elsewhere is where it belongs; a default is written here.
      guard span.reference.origin == "default" else { return }
      place = span.reference.range
      hidden = span.reference.range
      variable = span.reference.name
    }
    var diagnostic = Diagnostic(code, message, at: place)
      .help(
        variable.map { "keep it in the environment, and write ${env.\($0)} here" }
          ?? "keep it in the environment or in a file that is not shared"
      )
      .upstream("uses it as it is")
    diagnostic.concealed = [hidden]
    if let variable {
      let isWritten = Int(hidden.end - hidden.start) == secret.count || hidden == place
      if isWritten {
        diagnostic = diagnostic.fix(
          "take it from the environment variable '\(variable)'", .suggested, replace: hidden,
          with: "${env.\(variable)}")
      }
    }
    diagnostics.emit(diagnostic)
  }
}
