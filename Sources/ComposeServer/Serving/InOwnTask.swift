/// Does something in a task of its own, as a part of the calling one.
///
/// A task keeps all the memory that its deepest moment has needed, and a stream goes on long after it. What leads up to
/// the stream is done here, so that its memory goes with it: about 10 KB for each stream and connection.
func inOwnTask<Output: Sendable>(_ work: @escaping @Sendable () async -> Output) async -> Output {
  await withTaskGroup(of: Output.self) { group in
    group.addTask { await work() }
    while true {
      if let output = await group.next() { return output }
    }
  }
}
