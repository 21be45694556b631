/// What the mark of a project says about its service.
enum FoundInstance: Hashable, Sendable {
  /// Nothing serves the project.
  case none
  /// A process served it and has died without taking its mark away.
  case stale
  case running(InstanceRecord)
  /// A process holds the mark, but it cannot be told which: the file is not readable, or the process belongs to another
  /// container.
  case unknown

  /// Looks for the service of a project. One that begins or ends this very moment is looked at again.
  ///
  /// - Throws: ``ExitStatus`` when the pid file is none, after that was told.
  static func find(_ place: InstancePlace) async throws -> FoundInstance {
    try place.refuseOtherFiles()
    for _ in 0..<20 {
      let found = FoundInstance(place)
      guard found == .unknown else { return found }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return FoundInstance(place)
  }

  private init(_ place: InstancePlace) {
    let bytes = try? Files.read(place.pidFile)
    guard InstanceLock.isHeld(place.lockFile) else {
      self = bytes == nil ? .none : .stale
      return
    }
    guard let bytes, let record = InstanceRecord(json: bytes), record.process.isAlive else {
      self = .unknown
      return
    }
    self = .running(record)
  }
}
