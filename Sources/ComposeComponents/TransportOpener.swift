import ComposeHTTP
import ComposeRuntime

/// Fetches what `;url` names, over the transport of the components.
struct TransportOpener: ResourceOpener {
  let transport: any HTTPTransport

  func open(url: String) async throws(RuntimeError) -> ResourceReader {
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await transport.send(HTTPRequest(method: "GET", url: url))
    } catch {
      throw RuntimeError(error)
    }
    guard response.status < 400 else {
      response.body.cancel()
      throw RuntimeError(.value, "the server answered \(response.status) to the request for the data")
    }
    return ResourceReader(response)
  }
}
