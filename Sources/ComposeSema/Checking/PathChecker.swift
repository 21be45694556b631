import ComposeBasic
import ComposeSyntax

/// Follows a path through a type (language specification, section 4).
struct PathChecker {
  let expression: Expression
  /// What becomes of a path that finds nothing.
  enum Missing {
    case reported
    /// The present values tell nothing about others.
    case ignored
    /// A member may be one that every caller leaves out on purpose; one that resembles another may not.
    case optional
  }

  var missing = Missing.reported

  /// The type at the end of the path. A path that surely finds nothing is reported once and gives `any`.
  func type(
    of steps: ArraySlice<Located<PathSegment>>, from type: Type, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let step = steps.first else { return type }
    let rest = steps.dropFirst()
    switch member(step.value, of: type) {
    case .wildcard(let element): return .list(self.type(of: rest, from: element, into: &diagnostics))
    case .found(let next): return self.type(of: rest, from: next, into: &diagnostics)
    case .nothing:
      if let (element, finding) = numericKey(step, of: type) {
        diagnostics.emit(finding)
        return self.type(of: rest, from: element, into: &diagnostics)
      }
      switch missing {
      case .reported: diagnostics.emit(nothing(step, in: type))
      case .ignored: break
      case .optional: if let finding = notPassed(step, in: type) { diagnostics.emit(finding) }
      }
      return .any
    }
  }

  /// A key of digits on a list: the element is meant, and nothing is found.
  private func numericKey(_ step: Located<PathSegment>, of type: Type) -> (element: Type, finding: Diagnostic)? {
    guard case .key(let name) = step.value, name.isDecimalDigits, !name.hasPrefix("-"), type.surely(\.isList) else {
      return nil
    }
    // Directly behind the root, brackets without a dot would be the root's own index.
    let isFirst = expression.path.first?.range == step.range
    let start = Int(step.range.start) - (isFirst ? 0 : 1)
    let range = SourceRange(file: step.range.file, start: start, end: Int(step.range.end))
    let finding = Diagnostic(
      ExpressionCode.numericKey, "'.\(name)' is a member's name, and \(type.noun) has elements", at: step.range
    )
    .help("an element is written [\(name)]")
    .upstream("gives nothing, silently")
    .fix("write '[\(name)]'", .suggested, replace: range, with: "[\(name)]")
    return (type.element, finding)
  }

  private enum Outcome {
    case found(Type)
    /// `[*]`: the rest of the path is applied to each element.
    case wildcard(Type)
    /// The value has no such member, whatever it is at run time.
    case nothing
  }

  private func member(_ step: PathSegment, of type: Type) -> Outcome {
    switch (step, type) {
    case (_, .any), (_, .never): return .found(.any)
    case (_, .union(let members)): return unionMember(step, of: members)
    case (.key(let name), .object(let object)):
      if let type = object[name] { return .found(type) }
      let isMisspelt = object.reportsMisspellings && suggestion(for: name, among: object.members.map(\.name)) != nil
      guard let rest = object.rest, !isMisspelt else { return .nothing }
      return .found(rest)
    case (.index, .list(let element)): return .found(element)
    case (.slice, .list): return .found(type)
    case (.wildcard, .list(let element)): return .wildcard(element)
    default: return .nothing
    }
  }

  /// A member exists when one of the alternatives has it; null alone never counts against it.
  private func unionMember(_ step: PathSegment, of members: [Type]) -> Outcome {
    var found: [Type] = []
    var elements: [Type] = []
    for type in members where type != .null {
      switch member(step, of: type) {
      case .found(let type): found.append(type)
      case .wildcard(let type): elements.append(type)
      case .nothing: found.append(.null)
      }
    }
    if !elements.isEmpty { return .wildcard(.union(of: elements)) }
    if found.allSatisfy({ $0 == .null }) { return .nothing }
    return .found(.union(of: found + (members.contains(.null) ? [.null] : [])))
  }

  // MARK: Messages

  /// The finding about an input that no caller passes, when it looks like a slip.
  private func notPassed(_ step: Located<PathSegment>, in type: Type) -> Diagnostic? {
    guard expression.fallback == nil else { return nil }
    guard type.surely(\.isObject) else { return nothing(step, in: type) }
    guard case .key(let name) = step.value, let best = suggestion(for: name, among: type.memberNames) else {
      return nil
    }
    let isFirst = expression.path.first?.range == step.range
    return Diagnostic(
      InputCode.unknownInput, isFirst ? "no job passes the input '\(name)'" : "no job passes a member '\(name)' in it",
      at: step.range
    )
    .help("did you mean '\(best)'?")
    .upstream("gives nothing, silently")
    .fix("write '\(best)'", .suggested, replace: step.range, with: best)
  }

  private func nothing(_ step: Located<PathSegment>, in type: Type) -> Diagnostic {
    if type.isStream {
      return Diagnostic(ExpressionCode.streamMisuse, "a stream has no members", at: step.range)
        .help("read each chunk as ${\(expression.root.value)[]…} in the action's output, or pass the stream on whole")
        .upstream("gives nothing, silently")
    }
    let names = type.memberNames
    guard case .key(let name) = step.value, !names.isEmpty else {
      return Diagnostic(ExpressionCode.unknownMember, "\(type.noun) has no \(describe(step.value))", at: step.range)
        .help(names.isEmpty ? nil : "it has \(names.prefix(8).joined(separator: ", "))")
        .upstream("gives nothing, silently")
    }
    let diagnostic = Diagnostic(ExpressionCode.unknownMember, "there is no '\(name)' here", at: step.range)
      .upstream("gives nothing, silently")
    guard let best = suggestion(for: name, among: names) else {
      return diagnostic.help("there is \(names.prefix(8).map { "'\($0)'" }.joined(separator: ", "))")
    }
    return diagnostic.help("did you mean '\(best)'?")
      .fix("write '\(best)'", .suggested, replace: step.range, with: best)
  }

  private func describe(_ step: PathSegment) -> String {
    switch step {
    case .key(let name): "member '\(name)'"
    case .index: "elements"
    case .slice: "parts"
    case .wildcard: "elements"
    }
  }
}

extension Type {
  /// The names of the members that the value can have.
  fileprivate var memberNames: [String] {
    switch self {
    case .object(let object): object.members.map(\.name)
    case .union(let members): members.flatMap(\.memberNames)
    default: []
    }
  }

  /// How a message calls a value of this type.
  var noun: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .text, .choice: "text"
    case .bytes: "bytes"
    case .list: "a list"
    case .object: "an object"
    case .media("image"): "an image"
    case .media("audio"): "audio"
    case .media("video"): "a video"
    case .media("model-3d"): "a 3D model"
    case .media: "a file"
    case .stream, .encoded: "a stream"
    case .any, .never: "a value"
    case .union(let members): members.first { $0 != .null }?.noun ?? "a value"
    }
  }
}
