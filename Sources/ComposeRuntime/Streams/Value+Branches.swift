extension Value {
  /// The value once for each branch of a `fan-out` job.
  ///
  /// | value | each branch |
  /// |---|---|
  /// | a stream | a stream of its chunks, paced by the slowest branch; nulls of a fragmented one are left out |
  /// | a resource that can be read again | the same resource |
  /// | any other resource | a resource with its bytes: paced by the slowest branch, or from a file with `spool` |
  /// | a list | a bare stream of its elements, nulls included |
  /// | anything else, null, text and objects included | a bare stream of this one value |
  ///
  /// - Parameters:
  ///   - bufferSize: how many chunks a branch may lag behind.
  ///   - spool: keeps the bytes of a resource in a temporary file, so that no branch waits for another. It says nothing
  ///     to other values.
  /// - Throws: a `value` error when somebody else reads the stream already.
  package func branches(
    _ count: Int, bufferSize: Int = StreamBroadcaster.standardBufferSize, spool: Bool = false
  ) throws(RuntimeError) -> [Value] {
    switch self {
    case .stream(let stream):
      return try StreamBroadcaster.branches(of: stream, count: count, bufferSize: bufferSize).map(Value.stream)
    case .resource(let resource):
      return try resource.branches(count, bufferSize: bufferSize, spool: spool).map(Value.resource)
    default:
      // What is in memory anyway needs no pace.
      var branches: [Value] = []
      for _ in 0..<count { branches.append(.stream(try Items(self).stream)) }
      return branches
    }
  }
}
