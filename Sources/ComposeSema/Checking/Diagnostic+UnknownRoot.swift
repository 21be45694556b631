import ComposeBasic
import ComposeSyntax

extension Diagnostic {
  /// The finding about a root that does not exist at its place, with what is meant if that can be told.
  static func unknownRoot(_ expression: Expression, in scope: Scope) -> Diagnostic {
    let name = expression.root.value + (expression.isChunk ? "[]" : "")
    // Of another language's way to the environment the whole is wrong.
    let isForeign =
      name == "process" && expression.path.first?.value == .key("env") || expression.looksLikeEnvironment
    let diagnostic = Diagnostic(
      ExpressionCode.unknownRoot, "'\(name)' does not exist in \(scope.place)",
      at: isForeign ? expression.range : expression.root.range
    )
    .upstream("gives nothing, silently")
    guard let repair = RootRepair(expression, scope) else {
      return diagnostic.help("here are: \(scope.names.joined(separator: ", "))")
    }
    guard let text = repair.text else { return diagnostic.help(repair.help) }
    return diagnostic.help(repair.help)
      .fix("write '\(text)'", .suggested, replace: repair.range ?? expression.root.range, with: text)
  }
}

/// What was probably meant by an unknown root.
private struct RootRepair {
  let help: String
  /// What to write instead, if that is known.
  var text: String?
  /// What it replaces, when that is not the root alone.
  var range: SourceRange?

  private init(_ help: String, write text: String? = nil, over range: SourceRange? = nil) {
    self.help = help
    self.text = text
    self.range = range
  }

  /// The first rule that applies.
  init?(_ expression: Expression, _ scope: Scope) {
    let rules = [
      Self.environment, Self.caller, Self.hidden, Self.member, Self.result, Self.job, Self.otherName, Self.similar,
      Self.input,
    ]
    for rule in rules {
      guard let repair = rule(expression, scope) else { continue }
      self = repair
      return
    }
    return nil
  }

  // MARK: Rules

  private static func environment(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let root = expression.root.value
    if expression.looksLikeEnvironment, scope.roots[root] == nil {
      return RootRepair("environment variables are written ${env.\(root)}", write: "env.\(root)")
    }
    guard ["env", "process", "secrets", "ENV", "environ"].contains(root), scope.roots[root] == nil else { return nil }
    let keys = expression.path.compactMap { if case .key(let key) = $0.value { key } else { nil } }
    guard let variable = keys.last else { return RootRepair("environment variables are written ${env.NAME}") }
    let help = "environment variables are written ${env.\(variable)}"
    guard root != "env", keys.count == expression.path.count else { return RootRepair(help) }
    let whole = SourceRange(
      file: expression.root.range.file, start: Int(expression.root.range.start),
      end: Int(expression.referenceEnd.start))
    return RootRepair(help, write: "env.\(variable)", over: whole)
  }

  private static func caller(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    guard expression.root.value == "input", scope.roots["body"] != nil else { return nil }
    return RootRepair("what the caller sent is called 'body' here; its query is 'query'", write: "body")
  }

  private static func hidden(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let name = expression.root.value
    guard scope.hiddenRoots.contains(name) else { return nil }
    return RootRepair("a job inside another sees what the nearest one adds: pass '\(name)' on with that one's 'input'")
  }

  /// A member without the root that holds it: `stdout` for `result.stdout`.
  private static func member(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let name = expression.root.value
    guard !expression.isChunk else { return nil }
    for root in ["job", "result", "response", "output", "step", "context"] {
      guard case .object(let object)? = scope.roots[root], object[name] != nil else { continue }
      return RootRepair("did you mean '\(root).\(name)'?", write: "\(root).\(name)")
    }
    return nil
  }

  /// What a component gives, by the name that it has elsewhere.
  private static func result(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let names = ["response", "result", "output"]
    guard names.contains(expression.root.value) else { return nil }
    let chunk = names.first { scope.chunks[$0] != nil }.map { $0 + "[]" }
    guard let other = names.first(where: { scope.roots[$0] != nil }) ?? chunk else {
      return unfinished(expression, scope)
    }
    let help = "what the component gives is called '\(other)' here"
    guard expression.isChunk else { return RootRepair(help, write: other) }
    // The brackets of a chunk stand behind the range of the root.
    return other.hasSuffix("[]") ? RootRepair(help, write: String(other.dropLast(2))) : RootRepair(help)
  }

  /// In the workflow's output and in what a job is given there is no output of its own.
  private static func unfinished(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    guard let jobs = scope.jobs else { return nil }
    guard jobs.reader == nil else {
      return RootRepair("what the job gives is known in its 'output' only; that of others is ${jobs.NAME.output}")
    }
    guard jobs.names.count == 1 else { return RootRepair("what a job gives is read as ${jobs.NAME.output}") }
    let name = "jobs.\(jobs.names[0]).output"
    return RootRepair("what the job gives is read as ${\(name)}", write: expression.isChunk ? nil : name)
  }

  /// A job without `jobs`.
  private static func job(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let name = expression.root.value
    guard let jobs = scope.jobs, let index = jobs.graph.index(of: name), index != jobs.reader, !expression.isChunk
    else {
      return nil
    }
    let hasOutput = expression.path.first?.value == .key("output")
    let text = "jobs.\(name)" + (hasOutput ? "" : ".output")
    return RootRepair("what job '\(name)' gives is read as ${jobs.\(name).output}", write: text)
  }

  /// What other tools call the input.
  private static let inputNames: Set<String> = [
    "workflow", "args", "arguments", "params", "parameters", "request", "vars", "variables", "payload", "inputs",
  ]

  private static func otherName(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    guard inputNames.contains(expression.root.value), scope.roots["input"] != nil, !expression.isChunk,
      let first = expression.path.first, case .key(let name) = first.value
    else { return nil }
    let help = "what is given is called 'input' here"
    guard name == "input" || name == "inputs" else { return RootRepair(help, write: "input") }
    return RootRepair(help, write: "input", over: expression.root.range.union(first.range))
  }

  private static func similar(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let name = expression.root.value + (expression.isChunk ? "[]" : "")
    guard let best = suggestion(for: name, among: scope.names) else { return nil }
    let text = expression.isChunk && best.hasSuffix("[]") ? String(best.dropLast(2)) : best
    return RootRepair("did you mean '\(best)'?", write: text)
  }

  /// The roots that the language has at other places: one of them is no name of an input.
  private static let otherRoots: Set<String> = [
    "accumulator", "body", "context", "error", "index", "item", "iteration", "job", "jobs", "output", "query",
    "response", "result", "step",
  ]

  private static func input(_ expression: Expression, _ scope: Scope) -> RootRepair? {
    let name = expression.root.value
    guard scope.roots["input"] != nil, expression.path.isEmpty, !expression.isChunk, !otherRoots.contains(name) else {
      return nil
    }
    let names = scope.names.joined(separator: ", ")
    return RootRepair("an input is read as ${input.\(name)}; here are: \(names)", write: "input.\(name)")
  }
}

extension Expression {
  /// `${API_KEY}`, as a shell writes a variable of the environment.
  fileprivate var looksLikeEnvironment: Bool {
    let name = root.value.utf8
    return path.isEmpty && index == nil && name.count > 2 && name.contains(UInt8(ascii: "_"))
      && name.allSatisfy { byte in
        byte == UInt8(ascii: "_") || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
  }
}
