import ComposeBasic
import ComposeRuntime

/// What a running service writes about itself, for `status`, `stop` and a second `up`.
struct InstanceRecord: Hashable, Sendable {
  /// Of the program that serves.
  var version = ProgramIdentity.version
  var process: SystemProcess
  /// When it began, in milliseconds since 1970.
  var since: UInt64
  /// The compose files as absolute paths.
  var files: [String]
  /// Where it listens; `nil` as long as it does not.
  var addresses: ServiceAddresses?
  /// The file that takes its output, when it runs in the background.
  var log: String?
  /// How long it may take to end, in seconds.
  var shutdownSeconds: Double

  // MARK: As a file

  /// Indented JSON.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("version", version)
      json.member("pid", Int(process.id))
      json.member("start_time", process.startTime)
      json.member("since", Int(since))
      json.array("files") { json in for file in files { json.string(file) } }
      if let addresses { json.object("addresses") { addresses.append(to: &$0) } }
      json.member("log", optional: log)
      json.member("shutdown_seconds", Int(shutdownSeconds))
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// - Returns: `nil` when the text is no such record.
  init?(json bytes: [UInt8]) {
    guard let value = try? parseJSON(bytes), case .object = value,
      case .text(let version) = value.member("version"),
      case .integer(let id) = value.member("pid"), let id = Int32(exactly: id), id > 0,
      case .integer(let startTime) = value.member("start_time"),
      case .integer(let since) = value.member("since"), since >= 0,
      case .integer(let shutdownSeconds) = value.member("shutdown_seconds")
    else { return nil }
    self.version = version
    process = SystemProcess(id: id, startTime: startTime)
    self.since = UInt64(since)
    files = value.member("files").texts
    addresses = ServiceAddresses(value.member("addresses"))
    if case .text(let log) = value.member("log") { self.log = log }
    self.shutdownSeconds = Double(shutdownSeconds)
  }

  init(process: SystemProcess, since: UInt64, files: [String], log: String?, shutdownSeconds: Double) {
    self.process = process
    self.since = since
    self.files = files
    self.log = log
    self.shutdownSeconds = shutdownSeconds.rounded(.up)
  }
}

extension Value {
  /// The texts of a list.
  var texts: [String] {
    guard case .list(let items) = self else { return [] }
    return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}
