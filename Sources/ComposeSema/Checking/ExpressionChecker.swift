import ComposeBasic
import ComposeSyntax

/// Gives templates their types in a scope, and reports what cannot be.
struct ExpressionChecker {
  let scope: Scope

  /// The type of a rendered template.
  func type(of template: Template, into diagnostics: inout Diagnostics) -> Type {
    switch template.content {
    case .constant(let value): return Type(of: value)
    case .text(let text): return type(of: text, into: &diagnostics)
    case .list(let items):
      let types = items.map { type(of: $0, into: &diagnostics) }
      return .list(types.isEmpty ? .any : .union(of: types))
    case .object(let entries): return objectType(entries, into: &diagnostics)
    }
  }

  /// The type of a text: its one expression's, or text.
  func type(of text: TemplateText, into diagnostics: inout Diagnostics) -> Type {
    if let expression = text.wholeExpression { return type(of: expression, into: &diagnostics) }
    if text.isFaulty {
      for case .expression(let expression) in text.parts { _ = type(of: expression, into: &diagnostics) }
      return .any
    }
    for part in text.parts {
      guard case .expression(let expression) = part else { continue }
      let type = type(of: expression, into: &diagnostics)
      if type.isStream { diagnostics.emit(.streamInText(expression)) }
    }
    return .text
  }

  /// An object, unless one of its keys is an operator: what those give is not known in this version.
  private func objectType(_ entries: [TemplateEntry], into diagnostics: inout Diagnostics) -> Type {
    let operators: Set<String> = ["...", "*", "?", "+", "&", "|"]
    if entries.contains(where: { operators.contains($0.key.value) }) {
      var inner = scope
      inner.isOpen = true
      let checker = ExpressionChecker(scope: inner)
      for entry in entries { _ = checker.type(of: entry.value, into: &diagnostics) }
      return .any
    }
    return .object(
      ObjectType(
        entries.map { ObjectType.Member($0.key.value, type(of: $0.value, into: &diagnostics)) },
        rest: nil))
  }

  // MARK: One expression

  func type(of expression: Expression, into diagnostics: inout Diagnostics) -> Type {
    var type = pathType(of: expression, into: &diagnostics)
    if let fallback = expression.fallback {
      let fallbackType = self.type(of: fallback, into: &diagnostics)
      type = type == .any ? .any : .union(of: [type.withoutNull, fallbackType])
    }
    for attribute in expression.cast?.attributes ?? [] { _ = self.type(of: attribute.value, into: &diagnostics) }
    guard let cast = expression.cast else { return type }
    return CastChecker(cast: cast, expression: expression).result(from: type, into: &diagnostics)
  }

  private func pathType(of expression: Expression, into diagnostics: inout Diagnostics) -> Type {
    if expression.root.value == "jobs", let jobs = scope.jobs {
      return jobType(of: expression, jobs, into: &diagnostics)
    }
    guard let root = rootType(of: expression, into: &diagnostics) else { return .any }
    let steps = (expression.index.map { [$0] } ?? []) + expression.path
    return PathChecker(expression: expression).type(of: steps[...], from: root, into: &diagnostics)
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
    if !job.isOrdered { diagnostics.emit(.unorderedJob(name, at: first.range, in: scope)) }
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

/// The roots that the language has at other places: one of them is no name of an input.
private let otherRoots: Set<String> = [
  "accumulator", "body", "context", "error", "index", "item", "iteration", "job", "jobs", "output", "query", "response",
  "result", "step",
]

extension Diagnostic {
  fileprivate static func streamInText(_ expression: Expression) -> Diagnostic {
    Diagnostic(ExpressionCode.streamMisuse, "a stream cannot stand inside text", at: expression.range)
      .help("make the expression the whole value")
      .upstream("prints a memory address")
  }

  fileprivate static func unorderedJob(_ name: String, at range: SourceRange, in scope: Scope) -> Diagnostic {
    Diagnostic(ExpressionCode.unorderedJob, "\(scope.place) reads job '\(name)' but does not wait for it", at: range)
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
      return diagnostic.help("environment variables are written ${env.\(variable)}")
    }
    if ["response", "result"].contains(expression.root.value), scope.roots["output"] != nil {
      let range = expression.isChunk ? nil : expression.root.range
      let help = diagnostic.help("what the component gives is called 'output' here")
      return range.map { help.fix("write 'output'", .suggested, replace: $0, with: "output") } ?? help
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
