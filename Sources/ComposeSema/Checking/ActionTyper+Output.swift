import ComposeBasic
import ComposeSyntax

/// What an action gives, and what its `output` makes of it (language specification, section 10.3).
extension ActionTyper {
  /// The type of what the component gives before `output` is looked at.
  func ownType(_ result: ResultCatalog.Entry, _ fields: [String: Type]) -> Type {
    if let workflow = calledWorkflow { return typing.result(of: workflow) }
    if isReply(result) { return replyType }
    guard result.value != .any else { return .any }
    switch isStreaming {
    case false: return wholeType(result, fields)
    case true:
      let isStream = result.chunks == .streaming && isList(result, fields) == false
      return isStream ? .stream(chunkType(result), fragmented: true) : .any
    case nil: return .any
    }
  }

  func outputType(
    _ output: Template, _ result: ResultCatalog.Entry, _ own: Type, into diagnostics: inout Diagnostics
  ) -> Type {
    var scope = callScope("the action's output")
    // A path into a streamed reply is the finding of the stream checks.
    scope.roots[result.root] = own.isStream ? .any : own
    if hasChunks(result) { scope.chunks[result.root] = chunkType(result) }
    // Then the output is rendered for each chunk, and the whole is not there.
    if result.chunks == .streaming, isStreaming == true { scope.roots[result.root] = nil }
    for (name, type) in target.shape?.action.roots(of: "output") ?? [:] { scope.roots[name] = type }
    if target.action.fields["completion"] != nil {
      scope.roots["result"] = .any
      scope.chunks["result"] = .any
    }
    let type = ExpressionChecker(scope: scope).type(of: output, into: &diagnostics)
    guard target.readsChunks else { return type }
    // A stream that is not asked for is the finding of the stream checks.
    guard hasChunks(result), target.asksForStream != false else { return .any }
    if isReply(result), readsEvents {
      return .stream(isFragmented ? type.withoutNull : type, fragmented: isFragmented)
    }
    return result.chunks == .streaming && own != .any ? .stream(type.withoutNull, fragmented: true) : .any
  }

  // MARK: Streams

  private func hasChunks(_ result: ResultCatalog.Entry) -> Bool {
    switch result.chunks {
    case .none: false
    case .chunks: true
    case .streaming: isStreaming != false
    }
  }

  /// Whether the action's `streaming` is on; `nil` when that is not known before it runs.
  private var isStreaming: Bool? {
    guard let field = target.action.fields["streaming"] else { return false }
    switch field.content {
    case .constant(.boolean(let isOn)): return isOn
    case .constant(.null): return false
    default: return nil
    }
  }

  private var isFragmented: Bool {
    guard case .constant(.boolean(false))? = target.action.fields["stream_fragmented"]?.content else { return true }
    return false
  }

  // MARK: Lists

  /// The type of the value, or of the list of values when the action is given a list, or a stream.
  private func wholeType(_ result: ResultCatalog.Entry, _ fields: [String: Type]) -> Type {
    guard result.chunks != .streaming else {
      return switch isList(result, fields) {
      case false: result.value
      case true: .list(result.value)
      case nil: .union(of: [result.value, .list(result.value)])
      }
    }
    guard let name = result.batchField else { return result.value }
    let given = fields[name] ?? .null
    if given == .any { return .union(of: [result.value, .list(result.value), .stream(.any, fragmented: false)]) }
    let types = given.alternatives.map { type -> Type in
      switch type {
      case .any, .stream, .encoded: .any
      case .list: .list(result.value)
      default: result.value
      }
    }
    return .union(of: types.isEmpty ? [result.value] : types)
  }

  /// Whether the field that holds one list holds several; `nil` when that is not known before it runs.
  private func isList(_ result: ResultCatalog.Entry, _ fields: [String: Type]) -> Bool? {
    guard let name = result.batchField, case .list(let items)? = target.action.fields[name]?.content,
      let first = items.first
    else { return nil }
    switch first.content {
    case .list: return true
    case .constant: return false
    case .text(let text): return text.wholeExpression == nil ? false : nil
    case .object: return nil
    }
  }

  // MARK: Replies

  /// Whether a streamed reply is read as events.
  private var readsEvents: Bool { target.shape?.action.field("stream_format") != nil }

  private func isReply(_ result: ResultCatalog.Entry) -> Bool { result.root == "response" && result.value == .any }

  /// The type of the root without `[]`.
  private var replyType: Type {
    guard let api = target.api, target.action.fields["completion"] == nil else { return .any }
    switch api.streamSwitch == nil ? false : target.asksForStream {
    case true?: return .stream(.bytes, fragmented: true)
    case false?: return target.answerType(of: api)
    case nil: return .any
    }
  }

  /// The type of one chunk, by how the action reads events. A path into text or bytes is the finding of the stream
  /// checks, so that it is reported where the format is chosen.
  private func chunkType(_ result: ResultCatalog.Entry) -> Type {
    guard isReply(result), readsEvents else {
      return result.chunks == .streaming ? .text : .any
    }
    let hasPath = target.action.output?.expressions.contains { $0.isChunk && !$0.path.isEmpty } ?? false
    switch target.action.fields["stream_format"]?.constantText {
    case "json": return target.api.map { .union(of: [$0.chunk(isProvider: target.callsProvider), .null]) } ?? .any
    case "text": return hasPath ? .any : .text
    case nil where target.action.fields["stream_format"] == nil: return hasPath ? .any : .bytes
    default: return .any
    }
  }

  /// The workflow of the file that the action runs.
  var calledWorkflow: WorkflowDecl? { typing.signature.workflow(runBy: target) }
}
