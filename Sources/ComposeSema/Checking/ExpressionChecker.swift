import ComposeBasic
import ComposeSyntax

/// Gives templates their types in a scope, and reports what cannot be.
struct ExpressionChecker {
  let scope: Scope
  /// Whether what is checked ends as text in any case, as in a header.
  var isTextPlace = false

  /// What becomes of an expression's value.
  enum Use {
    /// It is a value of its own, with its type.
    case value
    /// It becomes text.
    case text
    /// Another conversion follows.
    case converted
  }

  /// The type of a rendered template.
  func type(of template: Template, into diagnostics: inout Diagnostics) -> Type {
    switch template.content {
    case .constant(let value): return Type(of: value)
    case .text(let text): return type(of: text, into: &diagnostics)
    case .list(let items): return listType(items, into: &diagnostics)
    case .object(let entries): return objectType(entries, into: &diagnostics)
    }
  }

  /// The type of a text: its one expression's, or text.
  func type(of text: TemplateText, as use: Use? = nil, into diagnostics: inout Diagnostics) -> Type {
    if let expression = text.wholeExpression {
      return type(of: expression, as: use ?? (isTextPlace ? .text : .value), into: &diagnostics)
    }
    if text.isFaulty {
      for case .expression(let expression) in text.parts { _ = type(of: expression, as: .text, into: &diagnostics) }
      return .any
    }
    return interpolatedType(of: text, into: &diagnostics)
  }

  // MARK: One expression

  func type(of expression: Expression, as use: Use, into diagnostics: inout Diagnostics) -> Type {
    let type = convertedType(of: expression, as: use, into: &diagnostics)
    scope.log?.record(type, at: expression.range)
    return type
  }

  private func convertedType(
    of expression: Expression, as use: Use, into diagnostics: inout Diagnostics
  ) -> Type {
    let type = pathType(of: expression, into: &diagnostics).bounded
    for attribute in expression.cast?.attributes ?? [] {
      // An attribute is text, unless an expression is all of it.
      _ = self.type(of: attribute.value, as: .text, into: &diagnostics)
    }
    if use == .value, let finding = UntypedDefault.finding(expression, valueType: type) { diagnostics.emit(finding) }
    let fallback = expression.fallback.map {
      self.type(of: $0, as: expression.cast == nil ? use : .converted, into: &diagnostics)
    }
    if let cast = expression.cast {
      return CastChecker(cast: cast, expression: expression, scope: scope)
        .result(from: type, fallback: fallback, into: &diagnostics)
    }
    return fallback.map { .union(of: [type.withoutNull, $0]) } ?? type
  }

  private func pathType(of expression: Expression, into diagnostics: inout Diagnostics) -> Type {
    if expression.root.value == "jobs", let jobs = scope.jobs {
      return jobType(of: expression, jobs, into: &diagnostics)
    }
    guard let root = rootType(of: expression, into: &diagnostics) else { return .any }
    var checker = PathChecker(expression: expression, missing: scope.isSample ? .ignored : .reported)
    if scope.readsPassedInput, expression.root.value == "input" { checker.missing = .optional }
    guard let index = effectiveIndex(of: expression, in: root, into: &diagnostics) else {
      return checker.type(of: expression.path[...], from: root, into: &diagnostics)
    }
    // Of a text the root's index takes characters; a path does not.
    if root.surely({ $0.isText || $0 == .bytes }) {
      return checker.type(of: expression.path[...], from: root == .bytes ? .any : .text, into: &diagnostics)
    }
    return checker.type(of: ([index] + expression.path)[...], from: root, into: &diagnostics)
  }

  /// The index directly after the root, unless the root ignores it.
  private func effectiveIndex(
    of expression: Expression, in root: Type, into diagnostics: inout Diagnostics
  ) -> Located<PathSegment>? {
    guard let index = expression.index else { return nil }
    let name = expression.root.value
    if scope.ignoresIndex(of: name) {
      diagnostics.emit(
        Diagnostic(ExpressionCode.ignoredIndex, "an index directly after '\(name)' has no effect", at: index.range)
          .help("index a list inside it: ${\(name).items[0]}")
          .upstream("ignores it"))
      return nil
    }
    // The element of a map takes an index only when it is a list.
    if name == "item", !root.surely(\.isList) { return nil }
    return index
  }

  /// The type of the root, or `nil` when it is unknown.
  private func rootType(of expression: Expression, into diagnostics: inout Diagnostics) -> Type? {
    let name = expression.root.value
    if expression.isChunk, let type = scope.chunks[name] { return type }
    if !expression.isChunk, let type = scope.roots[name] { return type }
    if scope.isOpen || name.hasPrefix("gateway:") { return nil }
    diagnostics.emit(.unknownRoot(expression, in: scope))
    return nil
  }

  // MARK: Jobs

  private func jobType(
    of expression: Expression, _ jobs: Scope.Jobs, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let first = expression.path.first, case .key(let name) = first.value else { return .any }
    guard let job = jobs[name] else {
      diagnostics.emit(
        .undefined(
          BindingCode.undefinedJob, "the workflow has no job '\(name)'", Located(name, at: first.range),
          among: jobs.names, upstream: "gives nothing, silently"))
      return .any
    }
    if let kind = job.routerKind {
      diagnostics.emit(.routerOutput(name, kind, at: first.range))
      return .any
    }
    if !job.isOrdered { diagnostics.emit(.unorderedJob(name, job, at: first.range, in: scope)) }
    guard expression.path.count > 1 else {
      return .object(ObjectType([ObjectType.Member("output", job.type)], rest: nil))
    }
    let second = expression.path[1]
    guard case .key("output") = second.value else {
      diagnostics.emit(
        Diagnostic(ExpressionCode.unknownMember, "a job has only 'output'", at: second.range)
          .help("write ${jobs.\(name).output}")
          .upstream("gives nothing, silently")
          .fix("write 'output'", .suggested, replace: second.range, with: "output"))
      return .any
    }
    return PathChecker(expression: expression).type(of: expression.path[2...], from: job.type, into: &diagnostics)
  }
}

extension TemplateText {
  /// Whether an expression in the text could not be read. That is reported, and what was meant is not known.
  var isFaulty: Bool {
    parts.contains { part in
      if case .text(let piece) = part { piece.value.contains("${") } else { false }
    }
  }
}

extension String {
  /// The article before a word.
  fileprivate var article: String { first.map { "aeiou".contains($0) } ?? false ? "an" : "a" }
}

extension Type {
  /// The type of a literal.
  init(of value: ScalarValue) {
    switch value {
    case .null: self = .null
    case .boolean: self = .boolean
    case .integer, .bigInteger: self = .integer
    case .number: self = .number
    case .timestamp, .text: self = .text
    }
  }
}

extension Scope {
  /// The path to a member of that name, when a root surely holds one: `result.stdout`, `job.output`.
  fileprivate func member(named name: String) -> String? {
    for root in ["job", "result", "response", "output", "step"] {
      guard case .object(let object)? = roots[root], object[name] != nil else { continue }
      return "\(root).\(name)"
    }
    return nil
  }

  /// What the component gives under another name than this.
  fileprivate func otherResult(than name: String) -> String? {
    let names = ["response", "result", "output"]
    guard names.contains(name) else { return nil }
    return names.first { roots[$0] != nil } ?? names.first { chunks[$0] != nil }.map { $0 + "[]" }
  }
}

/// The roots that the language has at other places: one of them is no name of an input.
private let otherRoots: Set<String> = [
  "accumulator", "body", "context", "error", "index", "item", "iteration", "job", "jobs", "output", "query", "response",
  "result", "step",
]

extension Diagnostic {
  fileprivate static func routerOutput(_ name: String, _ kind: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      ExpressionCode.unknownMember, "'\(name)' chooses which job runs next: \(kind.article) \(kind) job has no output",
      at: range
    )
    .help("read the output of the job that ran, or what the choice was made from")
    .upstream("gives nothing, silently")
  }

  fileprivate static func unorderedJob(
    _ name: String, _ job: Scope.JobOutput, at range: SourceRange, in scope: Scope
  ) -> Diagnostic {
    if let router = job.chosenBy {
      return Diagnostic(
        ExpressionCode.unorderedJob, "job '\(name)' never ran when \(scope.place) does: '\(router)' starts one of them",
        at: range
      )
      .help("read it in a job that runs after both branches")
      .upstream("gives nothing, silently")
    }
    return Diagnostic(
      ExpressionCode.unorderedJob, "\(scope.place) reads job '\(name)' but does not wait for it", at: range
    )
    .help("add '\(name)' to 'depends_on'")
    .upstream("starts both jobs together and reads nothing")
  }

  fileprivate static func unknownRoot(_ expression: Expression, in scope: Scope) -> Diagnostic {
    let name = expression.root.value + (expression.isChunk ? "[]" : "")
    let diagnostic = Diagnostic(
      ExpressionCode.unknownRoot, "'\(name)' does not exist in \(scope.place)", at: expression.root.range
    )
    .upstream("gives nothing, silently")
    if name == "env" || name == "process" || name == "secrets" {
      let path = expression.path.compactMap { if case .key(let key) = $0.value { key } else { nil } }
      let variable = path.last ?? "NAME"
      if name == "process", let first = expression.path.first, first.value == .key("env"), path.count > 1 {
        let place = expression.root.range.union(first.range)
        return Diagnostic(ExpressionCode.unknownRoot, diagnostic.message, at: expression.range)
          .help("environment variables are written ${env.\(variable)}")
          .upstream("gives nothing, silently")
          .fix("write 'env'", .suggested, replace: place, with: "env")
      }
      return diagnostic.help("environment variables are written ${env.\(variable)}")
    }
    if name == "input", scope.roots["body"] != nil {
      return diagnostic.help("what the caller sent is called 'body' here; its query is 'query'")
        .fix("write 'body'", .suggested, replace: expression.root.range, with: "body")
    }
    if scope.hiddenRoots.contains(name) {
      return diagnostic.help(
        "a job inside another sees what the nearest one adds: pass '\(name)' on with that one's 'input'")
    }
    if let member = scope.member(named: expression.root.value), !expression.isChunk {
      return diagnostic.help("did you mean '\(member)'?")
        .fix("write '\(member)'", .suggested, replace: expression.root.range, with: member)
    }
    if let other = scope.otherResult(than: expression.root.value) {
      let help = diagnostic.help("what the component gives is called '\(other)' here")
      guard !expression.isChunk || other.hasSuffix("[]") else { return help }
      let replacement = expression.isChunk ? String(other.dropLast(2)) : other
      return help.fix("write '\(other)'", .suggested, replace: expression.root.range, with: replacement)
    }
    if let best = suggestion(for: name, among: scope.names) {
      // The brackets of a chunk stand behind the range of the root.
      let replacement = expression.isChunk && best.hasSuffix("[]") ? String(best.dropLast(2)) : best
      return diagnostic.help("did you mean '\(best)'?")
        .fix("write '\(best)'", .suggested, replace: expression.root.range, with: replacement)
    }
    if scope.roots["input"] != nil, expression.path.isEmpty, !expression.isChunk, !otherRoots.contains(name) {
      return diagnostic.help("an input is read as ${input.\(name)}; here are: \(scope.names.joined(separator: ", "))")
        .fix("write 'input.\(name)'", .suggested, replace: expression.root.range, with: "input.\(name)")
    }
    return diagnostic.help("here are: \(scope.names.joined(separator: ", "))")
  }
}
