/// The head of an answer, and its body as it arrives.
package struct HTTPResponse: Sendable {
  package let status: Int
  package let headers: [HTTPField]
  package let body: ByteStream

  package init(status: Int, headers: [HTTPField], body: ByteStream) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The last value of a header; names compare without case.
  package func header(_ name: String) -> String? {
    headers.last { $0.isNamed(name) }?.value
  }
}
