import ComposeBasic

/// The findings about attempts and the time they take.
enum RetryCode {
  static let exceedsTimeout = DiagnosticCode(
    "retry-exceeds-timeout", .error, "Attempts that begin when the time is over",
    explanation: """
      The waits between attempts add up. An attempt that begins behind the limit around it is never made. Polling waits
      for its interval before it asks for the first time, so an interval as long as the limit fails always.

      ```yaml bad
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          path: /jobs
          completion: {type: polling, path: "/jobs/${response.id}", success_when: 200, interval: 60s, timeout: 30s}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          path: /jobs
          completion: {type: polling, path: "/jobs/${response.id}", success_when: 200, interval: 5s, timeout: 30s}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let ineffective = DiagnosticCode(
    "ineffective-retry", .warning, "A retry that does not do what it says",
    explanation: """
      `retry` without `max_attempt_count` means one attempt: nothing is repeated. Waits that double every time begin
      with `delay`, and twice nothing is nothing. `max_delay` below `delay` makes every wait the same.

      ```yaml bad
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {retry: {max_attempt_count: 5, backoff: exponential}, input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {retry: {max_attempt_count: 5, backoff: exponential, delay: 1s}, input: "${input}"}}
      ```
      """)

  static let multiplied = DiagnosticCode(
    "retry-multiplication", .warning, "Retries inside of retries",
    explanation: """
      A job that is tried again runs the whole workflow that it calls again, with all retries of its jobs. Three
      attempts around three attempts are nine calls.

      ```yaml bad
      components:
        - {id: api, type: http-client, action: {endpoint: https://api.example.com}}
        - {id: ask, type: workflow, action: {workflow: ask, input: "${input}"}}
      workflows:
        - {id: main, default: true, job: {component: ask, retry: 3, input: "${input}"}}
        - {id: ask, job: {component: api, retry: 3, input: "${input}"}}
      ```

      ```yaml good
      components:
        - {id: api, type: http-client, action: {endpoint: https://api.example.com}}
        - {id: ask, type: workflow, action: {workflow: ask, input: "${input}"}}
      workflows:
        - {id: main, default: true, job: {component: ask, retry: 1, input: "${input}"}}
        - {id: ask, job: {component: api, retry: 3, input: "${input}"}}
      ```
      """)
}
