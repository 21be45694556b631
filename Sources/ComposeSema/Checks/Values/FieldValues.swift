package import ComposeBasic
import ComposeSyntax

/// One rule about what literal values of fields mean.
protocol FieldRule: SendableMetatype {
  /// What it reports.
  static var codes: [DiagnosticCode] { get }

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings)
}

/// Reports literal values that have the right kind, but that cannot be used, or that mean something else than they seem
/// to.
package enum FieldValues: Check {
  private static let rules: [any FieldRule.Type] = [
    DurationRule.self,
    SizeRule.self,
    PortRule.self,
    NumberRule.self,
    URLRule.self,
    PathRule.self,
    ParameterRule.self,
    HeaderRule.self,
    VariableRule.self,
    TimeRule.self,
    RateLimitRule.self,
    CountRule.self,
    FlagRule.self,
    StatusRule.self,
    PatternRule.self,
    PollingRule.self,
    RetryRule.self,
    HookRule.self,
    PublicAddressRule.self,
    HostRule.self,
    BasePathRule.self,
    ContainerImageRule.self,
  ]

  package static let codes = rules.flatMap { $0.codes }

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    var findings = ValueFindings(besides: diagnostics)
    for report in program.visited.reports {
      // A value that is reported already, by whomever, is not judged by its meaning as well.
      if report.value.scalar != nil, findings.hasOther(from: report.key, to: report.value.range) { continue }
      for diagnostic in report.diagnostics { findings.emit(diagnostic) }
    }
    diagnostics.append(contentsOf: findings.diagnostics)
  }

  /// What the rules say about one value by itself.
  static func findings(_ visit: FieldVisit) -> [Diagnostic] {
    var findings = ValueFindings()
    for rule in rules { rule.check(visit, into: &findings) }
    return findings.diagnostics.all
  }
}

/// Findings about values, at most one at a place: what is said about a value's kind is not said of its meaning too.
struct ValueFindings {
  private(set) var diagnostics = Diagnostics()
  private var places: Set<SourceRange>
  /// The ranges of other findings, in order.
  private let others: [SourceRange]

  init(besides other: Diagnostics = Diagnostics()) {
    others = other.all.map(\.range).sorted()
    places = Set(others)
  }

  mutating func emit(_ diagnostic: Diagnostic) {
    if places.insert(diagnostic.range).inserted { diagnostics.emit(diagnostic) }
  }

  /// Whether another finding begins between the start of one range and the end of the next.
  func hasOther(from first: SourceRange, to last: SourceRange) -> Bool {
    var low = 0
    var high = others.count
    while low < high {
      let middle = (low + high) / 2
      if others[middle] < first { low = middle + 1 } else { high = middle }
    }
    guard low < others.count else { return false }
    return others[low].file == last.file && others[low].start < last.end
  }
}
