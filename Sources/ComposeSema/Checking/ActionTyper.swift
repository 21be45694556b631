import ComposeBasic
import ComposeSyntax

/// Checks the expressions of an action and gives the type of what it returns.
struct ActionTyper {
  let target: ActionTarget
  /// What the action's callers pass, as far as all of them agree.
  let inputType: Type

  func type(into diagnostics: inout Diagnostics) -> Type {
    guard let shape = target.shape else {
      return looseType(into: &diagnostics)
    }
    checkFields(shape, into: &diagnostics)
    guard let output = target.action.output, !isPassThrough(output, root: shape.resultName) else {
      return replyType
    }
    return outputType(output, shape, into: &diagnostics)
  }

  /// For a type that is not described: what its output and completion may read is not known, but any other field sees
  /// the input only.
  private func looseType(into diagnostics: inout Diagnostics) -> Type {
    let closed = callScope("the action")
    var open = closed
    open.isOpen = true
    for entry in target.action.fields.entries {
      let isOpen = ["output", "completion"].contains(entry.key.value)
      let isText = TextPlaces.isText(entry.key.value, of: target)
      _ = ExpressionChecker(scope: isOpen ? open : closed, isTextPlace: isText)
        .type(of: entry.value, into: &diagnostics)
    }
    return .any
  }

  private func checkFields(_ shape: ComponentShape, into diagnostics: inout Diagnostics) {
    let scope = callScope("the action")
    for entry in target.action.fields.entries where entry.key.value != "output" {
      // The fields of a completion see the first reply too; they are not described in this version.
      guard entry.key.value != "completion", shape.action.field(entry.key.value) != nil else { continue }
      let isText = TextPlaces.isText(entry.key.value, of: target)
      _ = ExpressionChecker(scope: scope, isTextPlace: isText).type(of: entry.value, into: &diagnostics)
    }
  }

  private func callScope(_ place: String) -> Scope {
    var scope = Scope(place)
    scope.roots["input"] = inputType
    scope.roots["context"] = .object(ObjectType([.init("run_id", .text)], rest: nil))
    return scope
  }

  private func outputType(
    _ output: Template, _ shape: ComponentShape, into diagnostics: inout Diagnostics
  ) -> Type {
    var scope = callScope("the action's output")
    // A path into a streamed reply is the finding of the stream checks.
    scope.roots[shape.resultName] = replyType.isStream ? .any : replyType
    scope.chunks[shape.resultName] = chunkType
    if target.action.fields["completion"] != nil {
      scope.roots["result"] = .any
      scope.chunks["result"] = .any
    }
    let type = ExpressionChecker(scope: scope).type(of: output, into: &diagnostics)
    guard target.readsChunks else { return type }
    return .stream(isFragmented ? type.withoutNull : type, fragmented: isFragmented)
  }

  private var isFragmented: Bool {
    guard case .constant(.boolean(false))? = target.action.fields["stream_fragmented"]?.content else { return true }
    return false
  }

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
  private var chunkType: Type {
    let hasPath = target.action.output?.expressions.contains { $0.isChunk && !$0.path.isEmpty } ?? false
    switch target.action.fields["stream_format"]?.constantText {
    case "json": return target.api.map { .union(of: [$0.chunk(isProvider: target.callsProvider), .null]) } ?? .any
    case "text": return hasPath ? .any : .text
    case nil where target.action.fields["stream_format"] == nil: return hasPath ? .any : .bytes
    default: return .any
    }
  }
}
