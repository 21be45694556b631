import ComposeTestSupport
import Testing

/// Programs that other people wrote, against a running service. Each is a script in `Fixtures/peers` that prints a line
/// for each of its checks.
@Suite(.serialized) struct ClientTests {
  @Test(arguments: [
    "curl_client", "requests_client", "origin_client", "framing_client", "body_client", "failure_client",
  ])
  func everyCheckHolds(_ client: String) async throws {
    try await withClientService { service in
      let outcome = try await runPython(client, [service.api, service.page])
      #expect(outcome.status == 0, "\(outcome.failures)")
      #expect(outcome.standardOutput.contains("ok "))
      expectNoLeak(service.program.errorSoFar)
    }
  }

  /// What each request of the HTTP API is answered.
  @Test(arguments: ["runs", "tasks", "rest"])
  func everyAnswerIsThatOfTheTable(_ table: String) async throws {
    try await withClientService { service in
      let file = Files.repository + "/Fixtures/http-api/\(table).json"
      let outcome = try await runPython("table_client", [service.api, service.page, file])
      #expect(outcome.status == 0, "\(outcome.failures)")
      #expect(outcome.standardOutput.contains("ok "))
    }
  }

  /// The document is what the service does, whatever is made up from it.
  @Test func theDocumentOfTheAPIHolds() async throws {
    try await withClientService("described.yml") { service in
      let outcome = try await runPython("schema_client", [service.api, service.page])
      #expect(outcome.status == 0, "\(outcome.failures)")
      expectNoLeak(service.program.errorSoFar)
    }
  }
}

/// A page's own `EventSource` on the stream of a task.
@Suite(.enabled(if: Browser.isAvailable)) struct EventSourceTests {
  @Test func aPageGoesOnWhereItWasCut() async throws {
    let pieces = (1...200).map { "\($0) " }
    try await withClientService { service in
      let arguments = ["--to", "\(service.webPort)", "--path", "/stream", "--after", "1003", "--times", "2"]
      try await withPython(.cutter, arguments) { cutter in
        try await withBrowser { browser in
          try await browser.open(cutter.url())
          try await browser.run(script(pieces))
          // It comes back by itself after each cut, and also behind `done`, where it is told that there is nothing left.
          try await browser.wait(until: "window.state === 'closed after done'")
          let seen = try await browser.run("return window.seen").array?.map { $0.string ?? "" }
          #expect(seen == pieces)
          let log = cutter.program.outputSoFar.split(separator: "\n")
          let ids = log.compactMap { $0.hasPrefix("request ") ? String($0.dropFirst(8)) : nil }
          #expect(ids.first == "-" && ids.last == "\(pieces.count + 1)", "\(log)")
          #expect(log.filter { $0 == "cut" }.count == 2 && ids.count == 4, "\(log)")
        }
      }
    }
  }

  private func script(_ pieces: [String]) -> String {
    let list = pieces.map { "\"\($0)\"" }.joined(separator: ",")
    return """
      window.seen = [];
      window.state = 'open';
      const prompt = JSON.stringify({ pieces: [\(list)], pause: 0.005 });
      fetch('/api/workflows/runs', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ workflow_id: 'pieces', wait_for_completion: false, input: { prompt } }),
      }).then((answer) => answer.json()).then((task) => {
        const source = new EventSource('/api/tasks/' + task.task_id + '/stream');
        source.onmessage = (event) => window.seen.push(event.data);
        source.addEventListener('done', () => { window.state = 'done'; });
        source.onerror = () => {
          if (source.readyState === EventSource.CLOSED) window.state = 'closed after ' + window.state;
        };
      });
      """
  }
}
