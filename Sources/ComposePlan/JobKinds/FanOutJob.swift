import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `fan-out`: one stream for several readers, each under a name.
enum FanOutJob: LowerableJobKind {
  static let keyword = "fan-out"
  private static let defaultBufferSize = 32
  static let result = JobResult.branches

  /// One stream or file for each name.
  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    guard case .list(let names)? = job.decl.output?.content else { return .any }
    let branches = job.input.alternatives.map { type -> Type in
      switch type {
      case .any: .any
      case .stream, .media: type
      case .encoded: .stream(.text, fragmented: false)
      default: .stream(type.elements, fragmented: false)
      }
    }
    let branch = job.input.mayBeNull ? .any : Type.union(of: branches)
    let members = names.compactMap(\.constantText).map { ObjectType.Member($0, branch) }
    return members.count == names.count ? .object(ObjectType(members, rest: nil)) : .any
  }

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
