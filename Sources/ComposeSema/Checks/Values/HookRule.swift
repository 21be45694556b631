import ComposeBasic
import ComposeSyntax

/// Hooks of jobs whose script has no function to call.
enum HookRule: FieldRule {
  private static func example(_ script: String) -> String {
    """
    component: {type: http-client, action: {endpoint: https://api.example.com}}
    workflow:
      job:
        input: "${input}"
        hook: {before: [{script: "\(script)"}]}
    """
  }

  private static let code = DiagnosticCode(
    "missing-hook", .error, "A hook without a function",
    explanation: """
      The script of a hook is Python that defines a function with the name `hook`. The reference calls it, and fails
      when the job runs if there is none.

      ```yaml bad
      \(example("def change(input, **place): return input"))
      ```

      ```yaml good
      \(example("def hook(input, **place): return input"))
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner == .job, visit.path.first == "hook", visit.name == "script",
      case .text(let text)? = visit.literal?.value, !definesHook(text)
    else { return }
    findings.emit(
      Diagnostic(code, "the script defines no function 'hook'", at: visit.value.range)
        .help("begin it with: def hook(input, **place):")
        .upstream("fails when the job runs"))
  }

  /// Whether the name is bound in any way: by a definition, an assignment or an import.
  private static func definesHook(_ script: String) -> Bool {
    let words = script.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return words.contains("hook") || words.contains("import") && script.contains("*")
  }
}
