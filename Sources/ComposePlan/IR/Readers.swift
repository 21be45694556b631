/// How many readers of the same value there can be in one run of a job, where bytes that come only once must be kept
/// for all of them. One is the common case: nothing is kept.
package struct Readers: Hashable, Sendable {
  /// Of what the job works on.
  package var ofInput = 1
  /// Of what the operation gives, in the output of the job.
  package var ofResult = 1
  /// Of what the job gives, in other jobs and in the workflow's output.
  package var ofValue = 1

  package init() {}

  var isShared: Bool { ofInput > 1 || ofResult > 1 || ofValue > 1 }
}
