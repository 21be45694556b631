import ComposeBasic
import ComposeSyntax

/// Gives templates their types in a scope, and reports what cannot be.
struct ExpressionChecker {
  let scope: Scope
  /// Whether what is checked ends as text in any case, as in a header.
  var isTextPlace = false
  /// Where the component that is given the value reads a number from a text.
  var numberPlaces = NumberPlaces()

  /// What becomes of an expression's value.
  enum Use {
    /// It is a value of its own, with its type.
    case value
    /// It becomes text.
    case text
    /// A component reads a number or a boolean from it.
    case number(NumberReading)
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
      return type(of: expression, as: use ?? self.use(at: text.range), into: &diagnostics)
    }
    if text.isFaulty {
      for case .expression(let expression) in text.parts { _ = type(of: expression, as: .text, into: &diagnostics) }
      return .any
    }
    return interpolatedType(of: text, into: &diagnostics)
  }

  /// What becomes of an expression that is the whole text of a place.
  func use(at range: SourceRange) -> Use {
    isTextPlace ? .text : numberPlaces[range].map { .number($0) } ?? .value
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
    if let finding = UntypedDefault.finding(expression, as: use, valueType: type) { diagnostics.emit(finding) }
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
    if scope.isOpen || name.hasPrefix("gateway:") && scope.jobs == nil { return nil }
    diagnostics.emit(.unknownRoot(expression, in: scope))
    return nil
  }

  // MARK: Jobs

  private func jobType(
    of expression: Expression, _ jobs: Scope.Jobs, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let first = expression.path.first, case .key(let name) = first.value else { return .any }
    guard let job = jobs[name] else {
      if let reader = jobs.reader, jobs.graph.index(of: name) == reader {
        diagnostics.emit(.ownOutput(name, at: first.range, in: scope))
        return .any
      }
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
