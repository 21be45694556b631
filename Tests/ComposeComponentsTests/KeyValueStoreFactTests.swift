import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Glibc
import Testing

@testable import ComposeComponents

/// The stores answer as those of the reference: `Fixtures/components/stores/key-value-store.jsonl`, which
/// `scripts/key-value-facts` makes.
@Suite struct KeyValueStoreFactTests {
  @Test(arguments: ["memory", "sqlite"])
  func answers(_ driver: String) async throws {
    let text = String(
      decoding: try Files.read(Files.absolute("Fixtures/components/stores/key-value-store.jsonl")), as: UTF8.self)
    let rows = try text.split(separator: "\n").compactMap { line -> OrderedObject? in
      guard case .object(let row) = try parseJSON(String(line)), row["driver"]?.displayText == driver else {
        return nil
      }
      return row
    }
    #expect(rows.count >= 150)
    try await inLanes(rows) { row in
      try await withTemporaryFolder { folder in
        // Writing to a disk takes long, and is the same for all others.
        let isInFile = ["ttl", "many"].contains { row["name"]?.displayText.hasPrefix($0) ?? false }
        let path = isInFile ? folder.path + "/deep/er/store.sqlite" : "\":memory:\""
        let place = driver == "sqlite" ? ", path: \(path)" : ""
        try await walk(row, in: try StoreFile("type: key-value-store, driver: \(driver)\(place)", keyValueMethods))
      }
    }
  }

  private func walk(_ row: OrderedObject, in file: StoreFile) async throws {
    guard case .list(let steps) = row["steps"] else { return }
    let time = VirtualTime()
    let name = row["name"]?.displayText ?? ""
    try await time.run {
      for (position, step) in steps.enumerated() {
        guard case .object(let step) = step else { continue }
        if let wait = step["wait"] {
          try await time.sleep(seconds: wait.castNumber())
          continue
        }
        guard case .object(let call) = step["call"], let method = call["method"]?.displayText else { continue }
        let outcome = await outcome { () async throws(RuntimeError) in
          try await file.call(method, .object(call), on: time)
        }
        if let gives = step["gives"] {
          #expect(
            outcome.map { $0.isIdentical(to: gives) } ?? false,
            "\(name), step \(position): \(outcome?.jsonText ?? "failed"), not \(gives.jsonText)")
        } else {
          #expect(outcome == nil, "\(name), step \(position): \(outcome?.jsonText ?? "")")
        }
      }
    }
    await file.host.stop()
  }

  private func outcome(_ body: () async throws(RuntimeError) -> Value) async -> Value? { try? await body() }
}

/// The methods of a store with the fields that tests give.
let keyValueMethods = [
  "get": ["key", "batch_size"], "set": ["key", "value", "ttl", "batch_size"], "delete": ["key", "batch_size"],
  "exists": ["key", "batch_size"],
]
