/// One stream whose items give a value to each of several lanes (language specification, section 9, `|`).
///
/// Lanes do not wait for each other: one task may read them one after the other, as a result with two lanes is read,
/// and would wait for ever. So the fastest lane sets the pace, and the source is asked for no more than it takes. What
/// the slower ones have not read is bounded: beyond ``SharedStream/limit`` all lanes fail.
struct StreamSplitter {
  private let shared: SharedStream

  /// Claims the source.
  ///
  /// - Parameter render: makes the values of all lanes from an item and its position; an error in one ends all lanes.
  init(_ source: ValueStream, laneCount: Int, render: @escaping SharedStream.Render) throws(RuntimeError) {
    // A source without the flag counts as fragmented.
    let isFragmented = source.form != .chunks(fragmented: false)
    let limit = SharedStream.limit / 1024 / 1024
    shared = try SharedStream(
      source, laneCount: laneCount, form: .chunks(fragmented: isFragmented),
      pace: .fastest(
        failure: "the parts of a split stream are read too far apart: more than \(limit) MiB wait to be read"),
      render: render)
  }

  /// The streams of all lanes in order, with the flag of the source; they are to be asked for once.
  func lanes() -> [ValueStream] { shared.lanes() }
}
