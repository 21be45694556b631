import ComposePlan
import ComposeProcess
import ComposeRuntime

/// What the commands of one call read: `stdin`.
///
/// One value is for all commands, and a list has one for each.
struct ShellInputs: Sendable {
  private let values: [Value]
  private let isOne: Bool
  private let fields: ActionFields

  /// - Throws: a `value` error at the field for what is no input, or not as many as there are commands.
  init(_ fields: ActionFields, for commands: ShellCommands) async throws(RuntimeError) {
    self.fields = fields
    let value = try await fields.value("stdin")
    if case .list(let items) = value {
      guard commands.areSeveral else {
        throw fields.failure("stdin", "is a list, and there is one command; join it to text")
      }
      guard items.count == commands.all.count else {
        throw fields.failure("stdin", "has \(items.count) inputs for \(commands.all.count) commands")
      }
      values = items
      isOne = false
    } else {
      if case .stream = value, commands.all.count > 1 {
        throw fields.failure("stdin", "is a stream, which one command can read, and there are \(commands.all.count)")
      }
      values = [value]
      isOne = true
    }
  }

  /// What the command of that index reads.
  func source(_ index: Int) async throws(RuntimeError) -> ProcessSource {
    let value = values[isOne ? 0 : index]
    switch value {
    case .null: return .none
    case .text(let text): return .bytes(Array(text.utf8))
    case .bytes(let bytes): return .bytes(bytes)
    case .resource(let resource):
      let reader = try await resource.open()
      return .stream(next: { try await reader.next() }, cancel: { reader.cancel() })
    case .stream(let stream):
      guard stream.form == .chunks(fragmented: true) else {
        throw fields.failure("stdin", "is a stream of single items, not of pieces of one text; join it with \"+\"")
      }
      try stream.take()
      let failure = fields.failure("stdin", "gives a chunk that is neither text nor bytes")
      return .stream(
        next: {
          while let chunk = try await stream.next() {
            switch chunk {
            case .null: continue
            case .text(let text): return Array(text.utf8)
            case .bytes(let bytes): return bytes
            default: throw failure
            }
          }
          return nil
        }, cancel: { stream.cancel() })
    default: throw fields.failure("stdin", "must be text, bytes or a stream of them, not \(value.kindName)")
    }
  }
}
