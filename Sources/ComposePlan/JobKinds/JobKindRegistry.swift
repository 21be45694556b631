package import ComposeSema

/// One kind of job: how it is typed, and how its fields become an operation.
protocol LowerableJobKind: JobKind {
  /// Makes the operation.
  ///
  /// Only called for jobs that were checked; what is wrong all the same becomes ``Operation/fail(_:)``.
  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation
}

/// The kinds of job there are.
enum JobKindRegistry {
  /// One file each, and a line here.
  static let all: [any LowerableJobKind.Type] = [
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

extension Catalog {
  /// The catalogue inside the program.
  ///
  /// The kinds are upcast one by one: for the array as a whole the runtime would search all conformances of the program
  /// for each.
  package static let builtIn = Catalog.embedded(jobKinds: JobKindRegistry.all.map { $0 as any JobKind.Type })
}
