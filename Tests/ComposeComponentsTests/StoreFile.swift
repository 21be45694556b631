import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Glibc
import Testing

/// A file with one component, whose actions are called one by one: each is a workflow of its own, and its fields are
/// members of the input.
struct StoreFile {
  let plan: Plan
  let host: ComponentRegistry

  /// - Parameters:
  ///   - component: the fields of the component, in the short form of YAML.
  ///   - methods: the methods with their fields besides `method`; a field `name=value` is written as that, a plain name
  ///     comes from the input.
  init(_ component: String, _ methods: [String: [String]], output: String? = nil) throws {
    var file = "component:\n  {\(component), actions: ["
    for (method, fields) in methods.sorted(by: { $0.key < $1.key }) {
      let written = fields.map { field -> String in
        let parts = field.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? "\(parts[0]): \(parts[1])" : "\(field): \"${input.\(field)}\""
      }
      let result = output.map { ", output: \"\($0)\"" } ?? ""
      file += "{id: \(method), method: \(method), \(written.joined(separator: ", "))\(result)}, "
    }
    file += "]}\nworkflows:\n"
    for method in methods.keys.sorted() {
      file += "  - {id: \(method), job: {action: \(method), input: \"${input.call}\"}}\n"
    }
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(file.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message)) in \(file)")
    host = ComponentRegistry(services: Services(transport: NoTransport()))
  }

  /// What an action gives. Fields that the input does not have are null.
  func call(_ method: String, _ input: Value, on clock: any RunClock = SystemClock()) async throws(RuntimeError)
    -> Value
  {
    guard let workflow = plan.workflow(named: method) else { throw RuntimeError(.internal, "no such method") }
    return try await Interpreter(plan: plan, host: host).run(
      workflow, input: .object(["call": input]), as: Run(id: "RUN"), with: RunServices(clock: clock))
  }

  /// The same with the input as JSON, and the result as well.
  @discardableResult
  func call(_ method: String, json input: String) async throws -> String {
    try await call(method, try parseJSON(input)).jsonText
  }

  /// Starts the component as `run` and `up` do.
  func start() async throws(RuntimeError) { try await host.start(plan.reach(of: plan.workflows).invocations) }
}

/// There is no network.
private struct NoTransport: HTTPTransport {
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    throw HTTPError(.refused, "there is no network in this test")
  }
}

/// What this program has open below a folder.
func openFiles(in folder: String) -> [String] {
  guard let directory = opendir("/proc/self/fd") else { return ["cannot be listed"] }
  defer { closedir(directory) }
  var found: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/fd/\(name)", &target, target.count)
    guard count > 0 else { continue }
    let path = String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if path.hasPrefix(folder) { found.append(path) }
  }
  return found
}

/// What an error says, or that there was none.
func failure(of body: () async throws -> Void) async -> String {
  do {
    try await body()
    return "no error"
  } catch let error as RuntimeError {
    return "\(error.code.rawValue): \(error.message)"
  } catch {
    return "\(error)"
  }
}

/// Does something with each element, eight at the same time.
func inLanes<Element: Sendable>(
  _ elements: [Element], _ body: @escaping @Sendable (Element) async throws -> Void
) async throws {
  try await withThrowingTaskGroup { group in
    for lane in 0..<8 {
      group.addTask {
        for position in stride(from: lane, to: elements.count, by: 8) { try await body(elements[position]) }
      }
    }
    try await group.waitForAll()
  }
}
