/// Gives every chunk of a stream to several branches (the job `fan-out`).
///
/// The slowest branch sets the pace: one that is ahead waits while another has `buffer_size` chunks that it has not
/// read, or 64 MiB. A branch that was never read does not hold the others up before 64 MiB wait for it, so that
/// branches can be read one after the other; the reference waits for ever there after 32 chunks. Nothing is pulled
/// before a branch is read, where the reference fills the buffers at once.
package enum StreamBroadcaster {
  /// How many chunks a branch may lag behind unless the file says so.
  package static let standardBufferSize = 32

  /// The branches, which keep the flag of the source. They carry no encoding: what is encoded are plain texts then.
  ///
  /// - Parameters:
  ///   - source: is claimed, and cancelled when no branch is left.
  ///   - bufferSize: without a bound by chunks when it is not positive.
  package static func branches(
    of source: ValueStream, count: Int, bufferSize: Int = standardBufferSize
  ) throws(RuntimeError) -> [ValueStream] {
    try SharedStream(
      source, laneCount: count, form: source.form.ofItems,
      pace: .slowest(bufferSize: bufferSize > 0 ? bufferSize : .max)
    ).lanes()
  }
}
