import ComposeBasic
import ComposeSema
import ComposeSyntax

/// One kind of job: how its fields become an operation.
protocol JobKind: SendableMetatype {
  /// The `type` in files.
  static var keyword: String { get }

  /// Only called for jobs that were checked; what is wrong all the same becomes ``Operation/fail(_:)``.
  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation
}

/// The kinds of job there are.
enum JobKindRegistry {
  /// One file each, and a line here.
  static let all: [any JobKind.Type] = [
    AccumulateJob.self,
    ComponentJob.self,
    DelayJob.self,
    FanOutJob.self,
    FilterJob.self,
    ForEachJob.self,
    IfJob.self,
    LoopJob.self,
    PipelineJob.self,
    RandomRouterJob.self,
    SwitchJob.self,
  ]

  static let byKeyword = Dictionary(uniqueKeysWithValues: all.map { ($0.keyword, $0) })
}
