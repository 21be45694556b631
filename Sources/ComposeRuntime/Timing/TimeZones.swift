import ComposeSema
import Glibc

/// The time zones that the machine knows.
package struct TimeZones: Sendable {
  /// Where the files of the IANA database may lie; the first folder that has a zone counts.
  package var folders: [String]
  /// How far the machine's own clock is ahead of UTC, in seconds, at a time in seconds since 1970.
  package var localOffset: @Sendable (Int) -> Int

  package init(folders: [String], localOffset: @escaping @Sendable (Int) -> Int) {
    self.folders = folders
    self.localOffset = localOffset
  }

  /// The usual folders, and what the C library knows of the machine's zone.
  package static let system = TimeZones(
    folders: ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"],
    localOffset: { seconds in
      var time = time_t(seconds)
      var parts = tm()
      return localtime_r(&time, &parts) == nil ? 0 : parts.tm_gmtoff
    })

  /// The zone of a name such as `Asia/Seoul`.
  ///
  /// - Throws: a `value` error for a name that is no zone's, and `unsupported` when the machine does not know the zone.
  package func zone(named name: String) throws(RuntimeError) -> TimeZoneFile {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
    for folder in folders where isName {
      guard let bytes = contents(of: folder + "/" + name) else { continue }
      guard let zone = TimeZoneFile(bytes) else {
        throw RuntimeError(.value, "\(quotedForError(.text(name))) is no time zone")
      }
      return zone
    }
    guard TimeZoneName.isKnown(name) else {
      throw RuntimeError(
        .value, "there is no time zone \(quotedForError(.text(name))): write one such as 'Asia/Seoul' or 'UTC'")
    }
    guard folders.contains(where: { access($0 + "/Etc/UTC", R_OK) == 0 || access($0 + "/UTC", R_OK) == 0 }) else {
      throw RuntimeError(
        .unsupported,
        "the time zone '\(name)' cannot be looked up, because this machine has no time zone database: "
          + "install the package 'tzdata'")
    }
    throw RuntimeError(
      .unsupported,
      "the time zone '\(name)' is not in this machine's time zone database: install or update the package "
        + "'tzdata', for old names also 'tzdata-legacy'")
  }

  /// The seconds since 1970 at which the machine's own clock shows a time. One that it shows twice is meant the first
  /// time, and one that it leaves out counts as before the change (PEP 495, `fold=0`).
  ///
  /// - Parameter wall: seconds since 1970-01-01T00:00:00 on that clock.
  func localSeconds(whenClockShows wall: Int) -> Int {
    // No clock is changed by a day or more, and none twice within two days.
    let before = wall - localOffset(wall - 86_400)
    if before + localOffset(before) == wall { return before }
    let after = wall - localOffset(wall + 86_400)
    return after + localOffset(after) == wall ? after : before
  }

  private func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8192)
    // The largest zone takes four kilobytes.
    while bytes.count < 1 << 20 {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      // A folder, such as `Europe`, can be opened and not read.
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }
}
