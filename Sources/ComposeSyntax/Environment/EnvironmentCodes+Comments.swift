package import ComposeBasic

extension EnvironmentCodes {
  /// A variable without value that stands in a comment.
  package static let commented = DiagnosticCode(
    "commented-variable", .warning, "An unset environment variable in a comment",
    explanation: """
      This program does not look into comments. The reference puts values into the text before it reads YAML, comments
      included, and refuses a file with a variable that has no value and no default, wherever it stands.

      ```yaml bad
      component:
        type: http-client
        # the key comes from ${env.API_KEY}
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        # the key comes from API_KEY
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      ```
      """)
}

extension Diagnostic {
  /// What is said about a reference in a comment; `nil` when the reference implementation takes it.
  static func commentedVariable(_ resolved: ResolvedReference) -> Diagnostic? {
    guard let problem = resolved.problem else { return nil }
    let reference = resolved.reference
    let message: String
    switch problem {
    case .unset, .shellDefault:
      message = "environment variable '\(reference.name)' in a comment is not set and has no default"
    case .unknownCast, .castFailed:
      message = "environment variable '\(reference.name)' in a comment cannot be converted as asked"
    }
    return Diagnostic(EnvironmentCodes.commented, message, at: reference.range)
      .help("name it without '${', or give it a default: nobody reads it here")
      .upstream("replaces variables in comments too, and refuses the whole file")
      .fix("name it without braces", .safe, replace: reference.range, with: "env.\(reference.name)")
  }
}
