import ComposeBasic
import ComposeRuntime
import ComposeServer

extension ServiceState {
  /// A few lines for people.
  ///
  /// - Parameter now: in milliseconds since 1970.
  func text(now: UInt64) -> String {
    let age = Double(now - min(now, record.since)) / 1000
    var text = "running  pid \(record.process.id), since \(timestamp(record.since)) (\(Self.roughly(age)))\n"
    text += record.addresses?.announcement ?? ""
    if let log = record.log { text += "Log     \(log)\n" }
    text += "Health  \(health.text)"
    if case .silent(let reason) = health { text += ": \(reason)" }
    if let tasks {
      let counts = tasks.map { "\($0.count) \($0.status)" }.joined(separator: ", ")
      text += "\nTasks   \(counts.isEmpty ? "none" : counts)"
    }
    return text + "\n"
  }

  /// One object on one line.
  var json: [UInt8] {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("running", true)
      json.member("pid", Int(record.process.id))
      json.member("since", timestamp(record.since))
      json.member("version", record.version)
      json.array("files") { json in for file in record.files { json.string(file) } }
      if let addresses = record.addresses { json.object("addresses") { addresses.append(to: &$0) } }
      json.member("log", optional: record.log)
      json.member("health", health.text)
      if let tasks {
        json.object("tasks") { json in for (status, count) in tasks { json.member(status, count) } }
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// The time in its largest unit.
  private static func roughly(_ seconds: Double) -> String {
    let units: [(Double, String)] = [(86_400, "d"), (3600, "h"), (60, "min")]
    for (size, unit) in units where seconds >= size { return "\(Int(seconds / size)) \(unit)" }
    return "\(Int(seconds)) s"
  }
}
