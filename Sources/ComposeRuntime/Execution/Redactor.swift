/// Takes secrets out of texts that leave the process.
package struct Redactor: Sendable {
  private let secrets: [String]

  /// - Parameter secrets: the texts to hide; those of fewer than four characters would hide half of every message and
  ///   are left alone.
  package init(secrets: [String]) {
    self.secrets = secrets.filter { $0.utf8.count >= 4 }.sorted { $0.utf8.count > $1.utf8.count }
  }

  package func redact(_ text: String) -> String {
    var result = text
    for secret in secrets where result.contains(secret) { result = result.replacing(secret, with: "••••") }
    return result
  }

  package func redact(_ error: RuntimeError) -> RuntimeError {
    var copy = error
    copy.message = redact(error.message)
    return copy
  }
}
