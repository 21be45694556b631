import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import Testing

@Suite struct SandboxTests {
  private func request(stream: Bool, url: String = "https://api.openai.com/v1/chat/completions") -> HTTPRequest {
    let body =
      "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"stream\": \(stream)}"
    return HTTPRequest(method: "POST", url: url, body: Array(body.utf8))
  }

  private func transport(_ fault: SandboxOptions.Fault? = nil) -> SandboxTransport {
    SandboxTransport(catalog: .builtIn, options: SandboxOptions(rate: 0, fault: fault))
  }

  @Test func answersAlwaysTheSame() async throws {
    var answers: Set<[UInt8]> = []
    for _ in 0..<3 {
      let response = try await transport().send(request(stream: true))
      #expect(response.header("content-type") == "text/event-stream")
      answers.insert(try await response.body.collect(upTo: 1 << 20))
    }
    #expect(answers.count == 1)
  }

  @Test func answersOneDocumentWhenNoStreamIsAskedFor() async throws {
    let response = try await transport().send(request(stream: false))
    let value = try parseJSON(try await response.body.collect(upTo: 1 << 20))
    guard case .text(let text) = value.member("choices").element(at: 0).member("message").member("content") else {
      Issue.record("no text in the answer")
      return
    }
    #expect(text.contains("“Hi”"))
  }

  @Test func refusesWhatIsNotDescribed() async {
    await #expect(throws: HTTPError.self) {
      try await transport().send(request(stream: true, url: "https://api.example.com/items"))
    }
  }

  @Test(arguments: [(SandboxOptions.Fault.tooManyRequests, 429), (.serverError, 500)])
  func failsWithStatus(_ fault: SandboxOptions.Fault, _ status: Int) async throws {
    let response = try await transport(fault).send(request(stream: true))
    #expect(response.status == status)
    #expect((response.header("Retry-After") != nil) == (status == 429))
  }

  @Test func dropsInMidStream() async throws {
    let response = try await transport(.drop).send(request(stream: true))
    await #expect(throws: HTTPError.self) { try await response.body.collect(upTo: 1 << 20) }
  }

  @Test func stallsUntilTheIdleLimit() async throws {
    var request = request(stream: true)
    request.timeouts.idle = 0.2
    let response = try await transport(.stall).send(request)
    await #expect { try await response.body.collect(upTo: 1 << 20) } throws: { error in
      (error as? HTTPError)?.kind == .timeout(.idle)
    }
  }
}
