package import ComposeBasic
package import ComposeSyntax

/// All that the checker has to know of one kind of job, besides its fields, which its shape describes.
///
/// The checker names no kind. The kinds stand in the catalog (``Catalog/jobKind(_:)``), one file each where jobs are
/// lowered; what a kind does not say has a default here, which is that of a job that calls an action. Whether it calls
/// one, and which fields name the jobs that run next, follows from its shape.
package protocol JobKind: SendableMetatype {
  /// The `type` in files.
  static var keyword: String { get }

  /// What jobs of the kind give.
  static var result: JobResult { get }

  /// The fields whose expressions see roots of their own, so that ``type(of:into:)`` checks them.
  static var scopedFields: Set<String> { get }

  /// The fields whose value ends as text whatever its type: a default need not be converted there.
  static var textFields: Set<String> { get }

  /// The jobs that are written inside one; `nil` when there are none.
  static var body: JobBody? { get }

  /// What the job gives before its `output` is looked at. Not asked for a kind that calls a component.
  ///
  /// It types the jobs inside and checks the fields with roots of their own, and what the job compares.
  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type

  /// The comparisons that decide what the job does, however they are combined.
  static func conditions(of job: JobDecl) -> [ConditionLeaf]

  /// The values that the job's `input` is compared with, for a kind that lists such values.
  static func cases(of job: JobDecl) -> JobCases?

  /// What ends the job, for a kind that does its work again and again.
  static func turns(of job: JobDecl) -> JobTurns?

  /// Whether a job that chooses what runs next has a way for every input.
  static func alwaysRoutes(_ job: JobDecl) -> Bool
}

extension JobKind {
  package static var result: JobResult { .value }
  package static var scopedFields: Set<String> { [] }
  package static var textFields: Set<String> { [] }
  package static var body: JobBody? { nil }

  package static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    switch result {
    case .value, .branches: .any
    case .nothing, .route: .null
    }
  }

  package static func conditions(of job: JobDecl) -> [ConditionLeaf] { [] }
  package static func cases(of job: JobDecl) -> JobCases? { nil }
  package static func turns(of job: JobDecl) -> JobTurns? { nil }
  package static func alwaysRoutes(_ job: JobDecl) -> Bool { false }
}

/// What the jobs of a kind give.
package enum JobResult: Sendable {
  /// A value, from which `output` may make another.
  case value
  /// A stream for each name in `output`, which is no template then.
  case branches
  /// Nothing, unless `output` says something.
  case nothing
  /// Nothing at all: the job decides where the run goes on.
  case route
}
