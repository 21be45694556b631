package import ComposePlan
import Glibc
import NIOCore

/// Why a service could not start or go on.
package struct ServerError: Error, CustomStringConvertible, Sendable {
  /// One line for people.
  package let message: String

  package var description: String { message }

  private init(_ message: String) { self.message = message }

  static let nothingToServe = ServerError("nothing to serve: the file has neither an http-server adapter nor a web UI")

  static func unprotected(_ address: ServingPlan.Address) -> ServerError {
    ServerError(
      "refusing to listen on \(address.text) without protection: set MODEL_COMPOSE_API_KEYS, or pass --insecure")
  }

  static func cannotListen(on address: ServingPlan.Address, _ error: any Error) -> ServerError {
    ServerError("cannot listen on \(address.text): \(reason(error))")
  }

  static func cannotServe(_ folder: String, at path: String, _ reason: String) -> ServerError {
    ServerError("cannot serve the folder '\(folder)' at \(path.isEmpty ? "/" : path): \(reason)")
  }

  static func failed(_ error: any Error) -> ServerError { ServerError("the server failed: \(error)") }

  private static func reason(_ error: any Error) -> String {
    if let error = error as? IOError {
      switch error.errnoCode {
      case EADDRINUSE: return "the port is in use"
      case EACCES: return "not permitted"
      case EADDRNOTAVAIL: return "this machine does not have the address"
      default: return String(cString: strerror(error.errnoCode))
      }
    }
    if error is SocketAddressError { return "the host name cannot be resolved" }
    return "\(error)"
  }
}

extension ServingPlan.Address {
  /// `host:port`.
  var text: String { host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether only this machine can connect.
  package var isLoopback: Bool { host == "localhost" || host.hasPrefix("127.") || host == "::1" || host == "[::1]" }
}
