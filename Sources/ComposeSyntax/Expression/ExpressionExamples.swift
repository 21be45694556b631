/// The end of an explanation: the mistake and its repair, each in the body of one request.
///
/// - Parameters:
///   - bad: the members of the body with the mistake, a line each.
///   - good: the same, repaired.
func bodyExamples(bad: String, good: String) -> String {
  "\n\n" + fence("bad", bad) + "\n\n" + fence("good", good)
}

private func fence(_ kind: String, _ members: String) -> String {
  let body = members.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
  return """
    ```yaml \(kind)
    component:
      type: http-client
      action:
        endpoint: https://api.example.com
        body:
    \(body)
    ```
    """
}
