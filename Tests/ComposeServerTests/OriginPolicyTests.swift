import Testing

@testable import ComposeServer

@Suite struct OriginPolicyTests {
  private let closed = OriginPolicy(isLoopback: true, host: "127.0.0.1", origins: [])

  @Test(arguments: [
    "localhost", "localhost:8080", "LocalHost:1", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080", "localhost:",
  ])
  func hostsOfThisMachine(_ host: String) {
    #expect(closed.decide(host: host, origin: nil) == .allowed(sharedWith: nil))
  }

  @Test(arguments: [
    nil, "", "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:80a",
    "127.0.0.1@evil.example", "[::1].evil.example", "[::1", "::1", "192.168.0.1:8080",
  ])
  func otherHosts(_ host: String?) {
    #expect(closed.decide(host: host, origin: nil) == .foreignHost)
    #expect(closed.decide(host: host, origin: "http://localhost") == .foreignHost)
  }

  @Test(arguments: [
    ("localhost:8080", "http://localhost:8080"), ("localhost:8080", "https://localhost:8080"),
    ("localhost:8080", "http://LOCALHOST:8080"), ("localhost", "http://localhost:80"),
    ("localhost:80", "http://localhost"), ("[::1]:9", "http://[::1]:9"),
  ])
  func theSameOrigin(_ host: String, _ origin: String) {
    #expect(closed.decide(host: host, origin: origin) == .allowed(sharedWith: nil))
  }

  @Test(arguments: [
    "http://localhost:8081", "http://127.0.0.1:8080", "http://evil.example", "null", "", "localhost:8080",
    "ftp://localhost:8080", "http://localhost:8080.evil.example",
  ])
  func otherOrigins(_ origin: String) {
    #expect(closed.decide(host: "localhost:8080", origin: origin) == .foreignOrigin)
  }

  @Test func aListedOriginIsEchoed() {
    let policy = OriginPolicy(isLoopback: true, host: "localhost", origins: ["http://App.example/", "null"])
    #expect(
      policy.decide(host: "localhost", origin: "http://app.example") == .allowed(sharedWith: "http://app.example"))
    #expect(policy.decide(host: "localhost", origin: "null") == .allowed(sharedWith: "null"))
    #expect(policy.decide(host: "localhost", origin: "http://b.example") == .foreignOrigin)
    #expect(policy.decide(host: "evil.example", origin: "http://app.example") == .foreignHost)
    #expect(policy.variesByOrigin)
  }

  @Test func aStarIsForEveryone() {
    let policy = OriginPolicy(isLoopback: true, host: "localhost", origins: ["*"])
    #expect(policy.decide(host: "localhost", origin: "http://b.example") == .allowed(sharedWith: "*"))
    #expect(policy.decide(host: "evil.example", origin: "http://b.example") == .foreignHost)
    #expect(!policy.variesByOrigin)
  }

  @Test func otherAddressesLeaveItToKeys() {
    let policy = OriginPolicy(isLoopback: false, host: "0.0.0.0", origins: [])
    #expect(policy.decide(host: "api.example", origin: "http://b.example") == .allowed(sharedWith: nil))
  }
}
