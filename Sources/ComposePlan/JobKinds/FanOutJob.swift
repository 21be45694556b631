import ComposeSema
import ComposeSyntax

/// `fan-out`: one stream for several readers, each under a name.
enum FanOutJob: JobKind {
  static let keyword = "fan-out"
  private static let defaultBufferSize = 32

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard case .list(let names)? = job.decl.output?.content else { return .fail("the job names no branches") }
    var branches: [String] = []
    for name in names.compactMap(\.constantText) where !branches.contains(name) { branches.append(name) }
    return .tee(
      Tee(
        branches: branches, bufferSize: job.decl.integer("buffer_size") ?? defaultBufferSize,
        isSpooled: job.decl.boolean("spool") ?? false))
  }
}
