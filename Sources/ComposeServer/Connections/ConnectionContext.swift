import Hummingbird
import NIOCore

/// Answers the requests of a port.
protocol Responder: Sendable {
  /// - Throws: what the connection throws while the body of the request comes, after which there is nobody to answer.
  func respond(to request: Request, context: ConnectionContext) async throws -> Response
}

/// What a request knows about its connection.
struct ConnectionContext: Sendable {
  let channel: any Channel
  /// Where it lives.
  let executor: LoopExecutor
  /// Opens when the client leaves: when it ends what it sends, or when the connection is gone.
  ///
  /// A client that ends only its own direction counts as gone too. HTTP clients do not do that while they wait for an
  /// answer, and the two cannot be told apart.
  let closed: Latch

  /// Cuts the connection.
  func close() { channel.close(promise: nil) }
}
