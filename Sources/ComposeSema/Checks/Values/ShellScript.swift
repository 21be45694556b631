package import ComposeBasic
import ComposeSyntax

/// Reports text from outside that becomes part of a script.
package enum ShellScript: Check {
  private static let code = DiagnosticCode(
    "shell-injection", .warning, "Input that becomes part of a script",
    explanation: """
      The value is put into the script before the shell reads it. A quote in it ends the quoted text, and the rest is
      run as commands. As an argument of its own it stays one value: a shell names the arguments behind the script `$0`,
      `$1` and so on.

      ```yaml bad
      component: {type: shell, action: {command: [sh, -c, "printf %s '${input.text}' | wc -w"]}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: shell, action: {command: [sh, -c, "printf %s \\"$1\\" | wc -w", sh, "${input.text}"]}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let codes = [code]

  private static let shells: Set<String> = ["sh", "bash", "zsh", "dash", "ksh", "ash", "fish"]
  private static let languages: Set<String> = ["python", "python3", "perl", "ruby", "node"]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let inline = program.file.workflows.flatMap(\.jobs).flatMap(inlineComponents)
    for component in program.file.components + inline {
      guard let field = program.catalog.traits(of: component)?.scriptField else { continue }
      for action in component.actions {
        switch action.fields[field]?.content {
        case .list(let items):
          checkCommand(items, into: &diagnostics)
          for case .list(let command) in items.map(\.content) { checkCommand(command, into: &diagnostics) }
        case .text(let text):
          // The string form is a script altogether.
          checkScript(
            text, help: "set it as a variable with 'env', and read it in the script as \"$NAME\"",
            upstream: "refuses a command that is no list", into: &diagnostics)
        default: continue
        }
      }
    }
  }

  private static func inlineComponents(of job: JobDecl) -> [ComponentDecl] {
    let inner = job.bodies.flatMap(inlineComponents)
    if case .inline(let component) = job.component { return [component] + inner }
    return inner
  }

  private static func checkCommand(_ items: [Template], into diagnostics: inout Diagnostics) {
    guard let program = items.first?.constantText?.split(separator: "/").last.map(String.init),
      let script = script(of: items, program), case .text(let text) = script.content
    else { return }
    checkScript(
      text,
      help: "pass it as an argument behind the script"
        + (shells.contains(program) ? ", and read it there as \"$1\"" : ""),
      upstream: "runs what the text says after a quote or a semicolon", into: &diagnostics)
  }

  /// A script that comes from outside as a whole is meant to be one.
  private static func checkScript(
    _ text: TemplateText, help: String, upstream: String, into diagnostics: inout Diagnostics
  ) {
    guard text.wholeExpression == nil else { return }
    for case .expression(let expression) in text.parts where canHoldCode(expression) {
      diagnostics.emit(
        Diagnostic(
          code, "what callers give as '\(expression.description)' becomes part of a script", at: expression.range
        )
        .help(help)
        .upstream(upstream))
    }
  }

  /// What stands behind the option that takes a script.
  private static func script(of items: [Template], _ program: String) -> Template? {
    let isShell = shells.contains(program)
    guard isShell || languages.contains(program) else { return nil }
    let letter: Character = isShell || program.hasPrefix("python") ? "c" : "e"
    for (index, item) in items.enumerated().dropFirst() {
      // Behind the first word that is no option stands what the program of that name gets.
      guard let text = item.constantText, text.hasPrefix("-") else { return nil }
      if text.hasPrefix("--") { continue }
      if !isShell, text == "-m" { return nil }
      if isShell ? text.contains(letter) : text.hasSuffix(String(letter)) {
        return index + 1 < items.count ? items[index + 1] : nil
      }
    }
    return nil
  }

  /// Whether the value comes from a caller and may be any text.
  private static func canHoldCode(_ expression: Expression) -> Bool {
    guard expression.root.value == "input" else { return false }
    guard let cast = expression.cast, !cast.isList else { return true }
    return !["integer", "number", "boolean", "slider", "base64"].contains(cast.type.value)
  }
}
