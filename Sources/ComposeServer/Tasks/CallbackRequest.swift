import ComposeBasic
import ComposePlan
import ComposeRuntime
import Hummingbird

/// Where a client wants to be told of the end of a task.
struct CallbackRequest: Sendable {
  let url: String
  /// In the order of the request.
  let headers: [(name: String, value: String)]

  /// - Parameter allowedHosts: the hosts that may be called; `nil` for any.
  /// - Throws: when it is no address that may be called.
  init(url: String, headers: [(name: String, value: String)], allowedHosts: Set<String>?) throws(ErrorAnswer) {
    guard let host = hostName(ofURL: url) else {
      throw .invalidBody("'callback_url' must be an http or https URL, with a host and without a user name")
    }
    if let allowedHosts, !allowedHosts.contains(host) {
      throw ErrorAnswer(
        .forbidden, "forbidden", "This service may not call '\(host)' back; see --callback-host of 'up'.")
    }
    for header in headers where !header.name.allSatisfy(\.isTokenCharacter) || header.name.isEmpty {
      throw .invalidBody("'callback_headers' has a name that no header can have")
    }
    // Or the check of the host would be worth nothing where several have one address.
    for header in headers where header.name.lowercased() == "host" {
      throw .invalidBody("'callback_headers' cannot hold 'Host': 'callback_url' names it")
    }
    for header in headers where header.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
      throw .invalidBody("the header '\(header.name)' of 'callback_headers' holds control characters")
    }
    self.url = url
    self.headers = headers
  }
}

extension CallbackRequest {
  /// About how many bytes it takes.
  var size: Int { headers.reduce(url.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count } }
}

/// One call that tells of the end of a task (runtime specification, section 4.2).
package struct CallbackDelivery: Sendable {
  package let url: String
  package let headers: [(name: String, value: String)]
  /// JSON.
  package let body: [UInt8]
  package let taskID: String

  init(_ request: CallbackRequest, of task: ServiceTask) {
    url = request.url
    headers = request.headers
    taskID = task.id
    let snapshot = task.snapshot
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("task_id", task.id)
      json.member("workflow_id", task.workflow.id)
      json.member("event", snapshot.status.rawValue)
      json.member("status", snapshot.status.rawValue)
      snapshot.appendResult(to: &json, task)
      json.key("elapsed")
      json.raw(String((snapshot.elapsed * 1e3).rounded() / 1e3))
      json.member("session_id", optional: task.run.sessionID)
      task.appendMetadata(to: &json)
    }
    body = json.bytes
  }
}

/// The host of an http or https URL, in lower case; `nil` for anything else, and where a user name stands before it.
private func hostName(ofURL url: String) -> String? {
  let lowered = url.lowercased()
  // Programs do not agree on what a backslash is.
  guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix),
    url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
  else { return nil }
  let authority = lowered.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  // An IPv6 address stands in brackets (RFC 3986, section 3.2.2).
  let parts =
    authority.wholeMatch(of: /(\[[0-9a-f:.]+\])(?::([0-9]*))?/)
    ?? authority.wholeMatch(of: /([^\[\]:@]+)(?::([0-9]*))?/)
  guard let (_, host, port) = parts?.output else { return nil }
  if let port, !port.isEmpty, !(1...65_535).contains(Int(port) ?? 0) { return nil }
  return String(host)
}

extension Character {
  /// Whether it may stand in the name of a header (RFC 9110, section 5.6.2).
  fileprivate var isTokenCharacter: Bool {
    isASCII && (isLetter || isNumber || "!#$%&'*+-.^_`|~".contains(self))
  }
}
