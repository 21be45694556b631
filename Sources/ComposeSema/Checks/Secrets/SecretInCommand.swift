package import ComposeBasic
import ComposeSyntax

/// Finds credentials of the environment on command lines.
package enum SecretInCommand: Check {
  private static func example(_ lines: [String]) -> String {
    """
    component:
      type: shell
      action:
    \(lines.map { "    " + $0 }.joined(separator: "\n"))
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let inCommand = DiagnosticCode(
    "secret-in-command", .warning, "A credential that is put into a command line",
    explanation: """
      While a program runs, every user of the machine can read its command line, and shells and process monitors record
      it. A program's environment is its own.

      ```yaml bad
      \(example(["command: [deploy, --token, \"${env.DEPLOY_TOKEN}\"]"]))
      ```

      ```yaml good
      \(example(["command: [sh, -c, 'deploy --token-from-env DEPLOY_TOKEN']", "env: {DEPLOY_TOKEN: \"${env.DEPLOY_TOKEN}\"}"]))
      ```
      """)

  package static let codes = [inCommand]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions {
      let commands = [
        target.action.fields["command"], target.component.fields["command"], target.component.fields["start"],
      ]
      for reference in commands.flatMap({ $0?.credentials ?? [] }) {
        diagnostics.emit(
          Diagnostic(inCommand, "the secret '\(reference.name)' is put into a command line", at: reference.range)
            .help("pass it in 'env', and let the program read it from there")
            .upstream("starts the program with it, where every process list shows it"))
      }
    }
  }
}
