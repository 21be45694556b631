import ComposeBasic
import ComposeRuntime
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

@testable import ComposeComponents

/// The local file store answers as that of the reference: `Fixtures/components/stores/file-store.jsonl`, which
/// `scripts/file-store-facts` makes and explains.
@Suite struct FileStoreFactTests {
  private static func rows() throws -> [OrderedObject] {
    let path = Files.absolute("Fixtures/components/stores/file-store.jsonl")
    return try String(decoding: try Files.read(path), as: UTF8.self).split(separator: "\n").compactMap { line in
      guard case .object(let row) = try parseJSON(String(line)) else { return nil }
      return row
    }
  }

  @Test func contentTypesOfNames() throws {
    let types = ContentTypes()
    var count = 0
    for row in try Self.rows() {
      guard case .object(let names) = row["names"] else { continue }
      for (name, type) in names {
        #expect(types.type(of: name) == (type.isNull ? nil : type.displayText), "\(name)")
        count += 1
      }
    }
    #expect(count > 150)
  }

  @Test func answers() async throws {
    let rows = try Self.rows().filter { $0["steps"] != nil }
    #expect(rows.count > 150)
    // Side by side: each waits for the disk most of the time.
    try await inLanes(rows) { row in
      guard case .list(let steps) = row["steps"] else { return }
      let name = row["name"]?.displayText ?? ""
      try await withTemporaryFolder { folder in
        var walk = try Walk(name: name, root: folder.path, base: row["base"]?.displayText ?? "store")
        for (position, step) in steps.enumerated() {
          guard case .object(let step) = step else { continue }
          try await walk.take(step, at: position)
        }
        await walk.file.host.stop()
      }
    }
  }
}

/// One line of the facts on its way.
private struct Walk {
  let name: String
  let root: String
  let base: String
  let file: StoreFile

  private static let methods = [
    "put": [
      "path", "source", "content_type", "metadata", "multipart_threshold", "chunk_size", "batch_size",
    ],
    "get": ["path", "save_to", "streaming", "chunk_size", "batch_size"],
    "delete": ["path", "batch_size"], "exists": ["path", "batch_size"],
    "list": ["path", "recursive", "pattern", "next_token", "batch_size"],
  ]

  init(name: String, root: String, base: String) throws {
    self.name = name
    self.root = root
    self.base = base
    file = try Self.file(root, base, Self.methods)
  }

  private static func file(_ root: String, _ base: String, _ methods: [String: [String]]) throws -> StoreFile {
    let path = Value.text(root + "/" + base).jsonText
    return try StoreFile("type: file-store, driver: local, base_path: \(path)", methods)
  }

  mutating func take(_ step: OrderedObject, at position: Int) async throws {
    if case .object(let call) = step["call"] { return try await self.call(call, step, at: position) }
    func path(_ name: String) -> String? { step[name].map { root + "/" + $0.displayText } }
    if let path = path("file") {
      try Files.write(step["content"]?.displayText ?? "", to: path)
    } else if let path = path("folder") {
      try Files.makeFolder(path)
    } else if let path = path("link") {
      symlink((step["to"]?.displayText ?? "").replacing("ROOT", with: root), path)
    } else if let path = path("touch"), case .integer(let nanoseconds) = step["ns"] {
      let time = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
      let times = [time, time]
      #expect(utimensat(AT_FDCWD, path, times, 0) == 0, "\(name), step \(position): \(path)")
    } else if let path = path("read") {
      let bytes = try Files.read(path)
      #expect(latin1(bytes) == step["holds"]?.displayText, "\(name), step \(position)")
    } else if let path = path("missing") {
      #expect(!Files.exists(path), "\(name), step \(position)")
    }
  }

  private func call(_ call: OrderedObject, _ step: OrderedObject, at position: Int) async throws {
    guard let method = call["method"]?.displayText else { return }
    var file = file
    if let limit = call["max_result_count"] {
      // It cannot come from the input.
      file = try Self.file(root, base, ["list": (Self.methods["list"] ?? []) + ["max_result_count=\(limit.jsonText)"]])
    }
    let outcome = await outcome(method, input(.object(call)), file)
    let expected = step["gives"]
    #expect(outcome?.jsonText == expected?.jsonText, "\(name), step \(position): \(Value.object(call).jsonText)")
  }

  /// What a call gives, in the form of the facts; `nil` when it fails.
  private func outcome(_ method: String, _ input: Value, _ file: StoreFile) async -> Value? {
    do throws(RuntimeError) {
      return try await plain(try await file.call(method, input))
    } catch {
      return nil
    }
  }

  private func input(_ value: Value) -> Value {
    switch value {
    case .text(let text): return .text(text.replacing("ROOT", with: root))
    case .list(let list): return .list(list.map(input))
    case .object(let object):
      if case .text(let text) = object["$bytes"] { return .bytes(bytes(text)) }
      if case .list(let chunks) = object["$stream"] {
        return .stream(stream(of: chunks.map(input), object["fragmented"] == nil ? .bare : .chunks(fragmented: true)))
      }
      if case .list(let parts) = object["$resource"], parts.count == 3, case .text(let content) = parts[2] {
        let type = parts[0].isNull ? nil : parts[0].displayText
        return .resource(Resource(.bytes, source: BytesSource(bytes(content)), contentType: type))
      }
      return .object(OrderedObject(object.map { ($0.key, input($0.value)) }))
    default: return value
    }
  }

  private func stream(of values: [Value], _ form: ValueStream.Form) -> ValueStream {
    let rest = Mutex(values[...])
    return ValueStream(form, next: { () async throws(RuntimeError) in rest.withLock { $0.popFirst() } })
  }

  private func plain(_ value: Value) async throws(RuntimeError) -> Value {
    switch value {
    case .text(let text): return .text(text.replacing(root, with: "ROOT"))
    case .bytes(let bytes): return .object(["$bytes": .text(latin1(bytes))])
    case .list(let list):
      var plainList: [Value] = []
      for element in list { plainList.append(try await plain(element)) }
      return .list(plainList)
    case .object(let object):
      var plainObject = OrderedObject()
      for (key, member) in object { plainObject[key] = try await plain(member) }
      return .object(plainObject)
    case .resource(let resource):
      let name = resource.filename.map { Value.text($0.replacing(root, with: "ROOT")) } ?? .null
      let content = try await resource.bytes()
      return .object(["$resource": .list([.text(resource.contentType), name, .text(latin1(content))])])
    case .stream(let stream):
      try stream.take()
      var chunks: [Value] = []
      while let chunk = try await stream.next() { chunks.append(try await plain(chunk)) }
      return .object(["$stream": .list(chunks)])
    default: return value
    }
  }

  private func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

  private func latin1(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }
}
