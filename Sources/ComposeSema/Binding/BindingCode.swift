package import ComposeBasic

/// The findings about names.
package enum BindingCode {
  private static let goodFile = """
    ```yaml good
    component:
      id: chat
      type: http-client
      action:
        id: ask
        endpoint: https://api.example.com/ask
    workflow:
      job:
        component: chat
        action: ask
    ```
    """

  package static let undefinedComponent = DiagnosticCode(
    "undefined-component", .error, "A component that is not declared",
    explanation: """
      The job names a component that the file does not have. The reference finds out when the job runs.

      ```yaml bad
      component:
        id: chat
        type: http-client
        action: {endpoint: https://api.example.com/ask}
      workflow:
        job:
          component: caht
      ```

      \(goodFile)
      """)

  package static let undefinedAction = DiagnosticCode(
    "undefined-action", .error, "An action that the component does not have",
    explanation: """
      The job names an action that the component does not have, or names none although there are several.

      ```yaml bad
      component:
        id: chat
        type: http-client
        action: {id: ask, endpoint: https://api.example.com/ask}
      workflow:
        job:
          component: chat
          action: answer
      ```

      \(goodFile)
      """)

  package static let undefinedWorkflow = DiagnosticCode(
    "undefined-workflow", .error, "A workflow that is not declared",
    explanation: """
      Something calls a workflow that the file does not have.

      ```yaml bad
      component:
        type: workflow
        action: {workflow: sumarize}
      workflows:
        - id: summarize
          private: true
          job: {component: chat}
        - id: main
          job: {component: __component__}
      ```

      \(goodFile)
      """)

  package static let undefinedJob = DiagnosticCode(
    "undefined-job", .error, "A job that the workflow does not have",
    explanation: """
      `depends_on`, a routing target or `${jobs.…}` names a job that the workflow does not have. In an expression the
      reference gives nothing, silently.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: fetch, component: c}
          - {id: show, component: c, depends_on: [fecth]}
      ```

      \(goodFile)
      """)

  package static let duplicateID = DiagnosticCode(
    "duplicate-id", .error, "Two declarations with one id",
    explanation: """
      Ids name one thing. Declarations without an id share one too: the reference keeps only one of them.

      ```yaml bad
      components:
        - {id: c, type: http-client, action: {endpoint: https://api.example.com/a}}
        - {id: c, type: http-client, action: {endpoint: https://api.example.com/b}}
      workflow: {job: {component: c}}
      ```

      \(goodFile)
      """)

  package static let ambiguousDefault = DiagnosticCode(
    "ambiguous-default", .error, "A missing name with several candidates",
    explanation: """
      Without a name the only declaration is meant, or the one with `default: true`. Here there are several and none is
      marked.

      ```yaml bad
      components:
        - {id: a, type: http-client, action: {endpoint: https://api.example.com/a}}
        - {id: b, type: http-client, action: {endpoint: https://api.example.com/b}}
      workflow: {job: {input: "${input}"}}
      ```

      \(goodFile)
      """)

  package static let severalDefaults = DiagnosticCode(
    "several-defaults", .warning, "Two declarations that are both the default",
    explanation: """
      Only the first of them is used when none is named.

      ```yaml bad
      components:
        - {id: a, default: true, type: http-client, action: {endpoint: https://api.example.com/a}}
        - {id: b, default: true, type: http-client, action: {endpoint: https://api.example.com/b}}
      workflow: {job: {input: "${input}"}}
      ```

      \(goodFile)
      """)

  package static let reservedID = DiagnosticCode(
    "reserved-id", .error, "An id that the language keeps for itself",
    explanation: """
      `__default__` means the declaration that is used when none is named.

      ```yaml bad
      component: {id: __default__, type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      \(goodFile)
      """)

  package static let remoteWorkflow = DiagnosticCode(
    "remote-workflow", .warning, "A workflow that another machine must have",
    explanation: """
      With `controller.queue`, a workflow that is not in the file is sent to the queue, and a worker elsewhere runs it.
      Without a worker that has it, the call waits.

      ```yaml bad
      controller: {adapter: {type: http-server}, queue: {driver: redis}}
      component: {type: workflow, action: {workflow: count}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {adapter: {type: http-server}, queue: {driver: redis}}
      component: {id: count, type: workflow, action: {workflow: words}}
      workflows:
        - {id: main, job: {component: count}}
        - {id: words, job: {type: delay, duration: 1s}}
      ```
      """)

  package static let chosenWorkflow = DiagnosticCode(
    "chosen-workflow", .warning, "A workflow that the caller chooses",
    explanation: """
      The name comes from the request, so whoever can reach the listener can run every workflow of the file, private
      ones included. Whether there is such a workflow turns out with each call.

      ```yaml bad
      listener:
        type: http-trigger
        path: /run
        workflow: ${body.workflow}
      workflow: {id: main, job: {type: delay, duration: 1s}}
      ```

      ```yaml good
      listener:
        type: http-trigger
        path: /run
        workflow: main
      workflow: {id: main, job: {type: delay, duration: 1s}}
      ```
      """)

  /// Every code of this file.
  package static let codes = [
    undefinedComponent, undefinedAction, undefinedWorkflow, undefinedJob, duplicateID, ambiguousDefault,
    severalDefaults,
    reservedID, remoteWorkflow, chosenWorkflow,
  ]
}

extension Diagnostic {
  /// An undefined name, with the nearest defined one as a fix.
  static func undefined(
    _ code: DiagnosticCode, _ message: String, _ name: Located<String>, among candidates: [String], upstream: String
  ) -> Diagnostic {
    let diagnostic = Diagnostic(code, message, at: name.range).upstream(upstream)
    guard let best = suggestion(for: name.value, among: candidates) else {
      return candidates.isEmpty
        ? diagnostic
        : diagnostic.help("there is \(candidates.prefix(8).map { "'\($0)'" }.joined(separator: ", "))")
    }
    return diagnostic.help("did you mean '\(best)'?")
      .fix("write '\(best)'", .suggested, replace: name.range, with: best)
  }
}
