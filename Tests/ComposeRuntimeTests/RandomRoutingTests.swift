import ComposeTestSupport
import Testing

@testable import ComposeRuntime

@Suite struct RandomRoutingTests {
  /// Where the reference goes for a session: with every kind of session and salt.
  @Test func everyRow() throws {
    let lines = try lines("routes.jsonl")
    #expect(lines.count > 400)
    for line in lines {
      let row = try parseJSON(Array(line.utf8))
      do throws(RuntimeError) {
        let target = try routing(row).pick(
          session: RowValue.source(row.member("session")), salt: RowValue.source(row.member("salt")),
          standardSalt: row.member("standard").displayText, random: .constant(0))
        #expect(target == row.member("target").displayText, "\(line)")
      } catch {
        #expect(row.member("error").isTruthy, "\(line): \(error.message)")
      }
    }
  }

  /// Fractions as Python divides integers: rounded once.
  @Test func everyFraction() throws {
    let lines = try lines("fractions.txt")
    #expect(lines.count > 200)
    for line in lines {
      let words = line.split(separator: " ").map { UInt64($0, radix: 16) ?? 0 }
      #expect(unitFraction(words[0]).bitPattern == words[1], "\(line)")
    }
  }

  /// The distribution by chance, and that over sessions: chi-square with three degrees of freedom, whose 99.9th
  /// percentile is 16.27. The numbers are the same in each run.
  @Test(arguments: [[1.0, 1, 1, 1], [1, 2, 3, 4], [0.1, 0.2, 5, 0.7]], [true, false])
  func distribution(_ weights: [Double], _ hasSession: Bool) throws {
    let names = ["a", "b", "c", "d"]
    let routing = try RandomRouting(weighted: zip(names, weights).map { ($0, $1) })
    let random = RandomSource.seeded(42)
    var counts: [String: Double] = [:]
    for number in 0..<10_000 {
      let session = hasSession ? Value.text("user-\(number)") : .null
      counts[try routing.pick(session: session, standardSalt: "w:j", random: random), default: 0] += 1
    }
    let total = weights.reduce(0, +)
    let statistic = zip(names, weights).reduce(0) { sum, route in
      let expected = 10_000 * route.1 / total
      let difference = (counts[route.0] ?? 0) - expected
      return sum + difference * difference / expected
    }
    #expect(statistic < 16.27)
  }

  @Test(arguments: [.null, .text(""), .integer(0), .boolean(false), .list([]), .object([:])] as [Value])
  func emptySessionsGoByChance(_ session: Value) throws {
    let routing = try RandomRouting(uniform: ["a", "b"])
    let targets = try [UInt64.min, .max].map {
      try routing.pick(session: session, salt: .text("s"), standardSalt: "w:j", random: .constant($0))
    }
    #expect(targets == ["a", "b"])
  }

  @Test func noRoute() {
    #expect(throws: RuntimeError.self) { try RandomRouting(uniform: []) }
    for weight in [nil, 0, -1, Double.nan] {
      #expect(throws: RuntimeError.self) { try RandomRouting(weighted: [("a", weight)]) }
    }
  }

  @Test func infiniteWeights() throws {
    let routing = try RandomRouting(weighted: [("a", 1e308), ("b", 1e308)])
    #expect(throws: RuntimeError.self) { try routing.pick(standardSalt: "w:j", random: .system) }
    #expect(try ["a", "b"].contains(routing.pick(session: .text("x"), standardSalt: "w:j", random: .system)))
  }

  @Test func sourcesMakeNoSession() throws {
    let routing = try RandomRouting(uniform: ["a", "b"])
    let stream = Value.stream(ValueStream(.bare, elements: [.text("x")]))
    for session in [stream, .list([stream])] {
      #expect(throws: RuntimeError.self) {
        try routing.pick(session: session, standardSalt: "w:j", random: .system)
      }
    }
  }

  private func lines(_ name: String) throws -> [Substring] {
    let bytes = try Files.read(Files.repository + "/Fixtures/chance/" + name)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  private func routing(_ row: Value) throws(RuntimeError) -> RandomRouting {
    guard case .list(let list) = row.member("routes") else { throw RuntimeError(.internal, "no routes") }
    var routes: [(target: String, weight: Double?)] = []
    for case .list(let route) in list {
      routes.append((route[0].displayText, route[1].isNull ? nil : try route[1].castNumber()))
    }
    if row.member("mode").displayText == "weighted" { return try RandomRouting(weighted: routes) }
    return try RandomRouting(uniform: routes.map(\.target))
  }
}
