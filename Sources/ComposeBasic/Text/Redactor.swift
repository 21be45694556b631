/// Takes secrets out of texts that leave the process.
package struct Redactor: Sendable {
  /// What stands in place of a secret.
  package static let mark = "••••"

  private let secrets: [String]

  /// - Parameter secrets: the texts to hide, also as JSON, addresses and Base64 write them. Those of fewer than four
  ///   bytes would hide half of every message and are left alone.
  package init(secrets: some Sequence<String>) {
    var forms: Set<String> = []
    for secret in secrets where secret.utf8.count >= 4 {
      var quoted: [UInt8] = []
      JSONWriter.appendQuoted(secret, to: &quoted)
      forms.insert(secret)
      forms.formUnion(Base64Forms.of(secret))
      forms.insert(String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self))
      let kept = [
        URLEncoding.unreserved, URLEncoding.address, URLEncoding.address.subtracting([UInt8(ascii: "%")]),
        URLEncoding.unreserved.subtracting("-._~".utf8),
      ]
      for kept in kept {
        let encoded = URLEncoding.encode(secret, keeping: kept)
        forms.formUnion([encoded, encoded.lowercasingEscapes, encoded.replacing("%20", with: "+")])
      }
    }
    self.secrets = forms.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  package func redact(_ text: String) -> String {
    var result = text
    for secret in secrets where result.contains(secret) { result = result.replacing(secret, with: Self.mark) }
    return result
  }

  /// Whether the text holds a secret.
  package func isSecret(_ text: String) -> Bool { secrets.contains { text.contains($0) } }

  /// The finding without secrets. A fix that would write one is left out.
  package func redact(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !secrets.isEmpty else { return diagnostic }
    var copy = Diagnostic(diagnostic.code, redact(diagnostic.message), at: diagnostic.range)
    copy.severity = diagnostic.severity
    copy.notes = diagnostic.notes.map { Diagnostic.Note(redact($0.message), at: $0.range) }
    copy.help = diagnostic.help.map(redact)
    copy.upstream = diagnostic.upstream.map(redact)
    copy.fixes = diagnostic.fixes.filter { fix in
      !isSecret(fix.title) && !fix.edits.contains { isSecret($0.text) }
    }
    copy.concealed = diagnostic.concealed
    copy.pointer = diagnostic.pointer.map(redact)
    return copy
  }
}
