/// A name and a value; names compare without case.
package struct HTTPField: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether this is its name, in any case (RFC 9110, section 5.1).
  package func isNamed(_ name: String) -> Bool {
    let (own, other) = (self.name.utf8.span, name.utf8.span)
    guard own.count == other.count else { return false }
    for index in 0..<own.count where own[index].lowercased != other[index].lowercased { return false }
    return true
  }
}

extension UInt8 {
  /// A letter of ASCII as a small one; all else as it is.
  var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

/// The four limits of an exchange, in seconds; `nil` means none.
package struct HTTPTimeouts: Hashable, Sendable {
  /// Until the connection stands, name look-up and TLS included.
  package var connect: Double?
  /// Until the head of the answer is there: from the start, or from the end of a body that is streamed.
  package var firstByte: Double?
  /// Between two reads of the answer's body, while the reader wants more; and while a body is streamed, between two
  /// writes, without the time that its source takes.
  package var idle: Double?
  /// For the whole exchange.
  package var total: Double?

  package init(connect: Double? = 10, firstByte: Double? = 300, idle: Double? = 120, total: Double? = nil) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}

/// One request.
package struct HTTPRequest: Sendable {
  package var method: String
  package var url: String
  package var headers: [HTTPField]
  /// `nil` sends no body.
  package var body: HTTPBody?
  package var timeouts: HTTPTimeouts
  /// Whether an answer that sends us elsewhere is followed, or is the answer.
  package var followsRedirects = true

  package init(
    method: String, url: String, headers: [HTTPField] = [], body: [UInt8]? = nil,
    timeouts: HTTPTimeouts = HTTPTimeouts()
  ) {
    self.init(method: method, url: url, headers: headers, body: body.map { .bytes($0) }, timeouts: timeouts)
  }

  package init(
    method: String, url: String, headers: [HTTPField] = [], body: HTTPBody?, timeouts: HTTPTimeouts = HTTPTimeouts()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
  }
}
