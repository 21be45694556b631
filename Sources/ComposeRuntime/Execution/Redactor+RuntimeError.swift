package import ComposeBasic

extension Redactor {
  /// The longest message that is shown, in characters: what a provider sends back may be long.
  private static let messageLimit = 400

  /// The error without secrets, and cut only after they are gone: half of a secret would not be recognised.
  package func redact(_ error: RuntimeError) -> RuntimeError {
    let message = redact(error.message)
    return error.saying(message.count > Self.messageLimit ? message.prefix(Self.messageLimit) + "…" : message)
  }
}
