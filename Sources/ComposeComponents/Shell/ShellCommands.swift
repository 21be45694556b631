import ComposePlan
import ComposeProcess
import ComposeRuntime

/// The commands of one call.
struct ShellCommands: Sendable {
  let all: [ProcessCommand]
  /// Whether they were given as a list of commands, so that the result is a list.
  let areSeveral: Bool

  /// - Throws: a `value` error at the field for what is no command.
  init(_ fields: ActionFields, _ setting: ShellSetting) async throws(RuntimeError) {
    let value = try await fields.value("command")
    switch value {
    case .text(let script):
      // A caller who gives a text in place of a list must not get a shell.
      if case .reference? = fields.invocation.actionField("command")?.content {
        throw fields.failure("command", "must be a list, not text: only a script that the file writes goes to a shell")
      }
      // The string form, which the reference does not take, is the one that a shell reads.
      areSeveral = false
      all = [Self.command("/bin/sh", ["-c", script], setting)]
    case .list(let items):
      // The first element decides, as in the reference.
      if case .list? = items.first { areSeveral = true } else { areSeveral = false }
      var commands: [ProcessCommand] = []
      for words in areSeveral ? items : [value] {
        guard case .list(let words) = words else {
          throw fields.failure("command", "must be a list of commands, and one of them is \(words.kindName)")
        }
        commands.append(try Self.command(words, fields, setting))
      }
      all = commands
    default: throw fields.failure("command", "must be a list, not \(value.kindName)")
    }
  }

  private static func command(
    _ words: [Value], _ fields: ActionFields, _ setting: ShellSetting
  ) throws(RuntimeError) -> ProcessCommand {
    var texts: [String] = []
    for (index, word) in words.enumerated() {
      let name = index == 0 ? "the program" : "argument \(index)"
      do throws(RuntimeError) {
        guard let text = try word.fieldText else { throw .wrongKind("is null") }
        texts.append(text)
      } catch {
        throw fields.failure("command", "cannot be run: \(name) \(error.message)")
      }
    }
    guard let program = texts.first else { throw fields.failure("command", "names no program") }
    return command(program, Array(texts.dropFirst()), setting)
  }

  private static func command(_ program: String, _ arguments: [String], _ setting: ShellSetting) -> ProcessCommand {
    ProcessCommand(
      program, arguments, environment: setting.environment, workingDirectory: setting.workingDirectory)
  }
}
