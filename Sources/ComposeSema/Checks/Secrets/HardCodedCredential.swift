package import ComposeBasic
import ComposeSyntax

/// Finds credentials that are written into the file. No message holds one, and excerpts of the file show dots instead.
package enum HardCodedCredential: Check {
  private static func example(_ value: String) -> String {
    """
    component:
      type: key-value-store
      driver: redis
      host: db.example.com
      password: \(value)
      action: {method: get, key: "${input.key}"}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static func endpoint(_ url: String, _ extra: String) -> String {
    """
    component:
      type: http-client
      action:
        endpoint: \(url)
        method: GET\(extra)
    workflow: {job: {input: "${input}"}}
    """
  }

  static let written = DiagnosticCode(
    "hard-coded-credential", .warning, "A credential that is written into the file",
    explanation: """
      Whoever can read the file, or its history, has the credential. Keep it in the environment, or in `.env`, which is
      not shared. Texts such as `<token>` and `your-key-here` are taken for what they are.

      ```yaml bad
      \(example("tr0ub4dor-and-3"))
      ```

      ```yaml good
      \(example("${env.REDIS_PASSWORD}"))
      ```
      """)

  static let inURL = DiagnosticCode(
    "secret-in-url", .warning, "A credential that is written into a URL",
    explanation: """
      URLs are logged by every server and proxy on the way. Send the credential in a header, and keep it in the
      environment.

      ```yaml bad
      \(endpoint("https://admin:tr0ub4dor@status.example.com/ping", ""))
      ```

      ```yaml good
      \(endpoint("https://status.example.com/ping", "\n    headers: {Authorization: \"Basic ${env.STATUS_TOKEN}\"}"))
      ```
      """)

  package static let codes = [written, inURL]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    if let root = program.file.root { search(root, key: "", owner: nil, into: &diagnostics) }
  }

  private static func search(_ node: YAMLNode, key: String, owner: String?, into diagnostics: inout Diagnostics) {
    switch node.content {
    case .sequence(let items):
      for item in items { search(item, key: key, owner: owner, into: &diagnostics) }
    case .mapping(let entries):
      let id = entries.first { $0.name == "id" }?.value.scalar?.text ?? owner
      for entry in entries { search(entry.value, key: entry.name ?? "", owner: id, into: &diagnostics) }
    case .scalar(let scalar):
      ScalarCredentials(scalar: scalar, node: node, key: key, owner: owner).report(into: &diagnostics)
    }
  }
}
