import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSyntax
import Synchronization
import Testing

/// One template with what it gives, both as JSON. What it gives may be a kind of failure instead.
struct OperatorRow: CustomTestStringConvertible, Sendable {
  enum Result: Sendable {
    case value(String)
    /// A value of a kind that cannot be used.
    case wrongKind
    /// A value whose content cannot be used.
    case wrongValue
  }

  let template: String
  let result: Result

  init(_ template: String, _ value: String) {
    self.template = template
    self.result = .value(value)
  }

  init(_ template: String, fails result: Result) {
    self.template = template
    self.result = result
  }

  var testDescription: String { template }

  /// Renders the template in a scope and compares.
  func check(_ scope: Scope) async {
    do throws(RuntimeError) {
      let value = try await evaluate(template, scope)
      guard case .value(let expected) = result else {
        Issue.record("\(template) should fail, but gives \(value.debugForm)")
        return
      }
      #expect(value.isIdentical(to: json(expected)), "\(template) gives \(value.debugForm)")
    } catch {
      switch result {
      case .value: Issue.record("\(template) fails: \(error.message)")
      case .wrongKind: #expect(error.isKindMismatch, "\(template): \(error.message)")
      case .wrongValue: #expect(!error.isKindMismatch, "\(template): \(error.message)")
      }
      #expect(error.code == .value)
      #expect(error.range != nil, "\(template): no place")
    }
  }
}

/// The value of a template that is written as YAML.
func evaluate(_ template: String, _ scope: Scope) async throws(RuntimeError) -> Value {
  var sources = SourceSet()
  var diagnostics = Diagnostics()
  let file = sources.add(path: "test.yml", bytes: Array(template.utf8))
  guard let root = parseYAML(file, environment: Environment(), into: &diagnostics).root else {
    throw RuntimeError(.internal, "no YAML")
  }
  let parsed = parseTemplate(root, into: &diagnostics)
  #expect(!diagnostics.hasErrors, "\(template): \(diagnostics.sorted().map(\.message))")
  return try await Evaluator(scope).evaluate(lower(parsed))
}

/// The stream that a template gives, claimed.
func stream(_ template: String, _ scope: Scope) async throws(RuntimeError) -> ValueStream {
  guard case .stream(let stream) = try await evaluate(template, scope) else {
    throw RuntimeError(.internal, "\(template) gives no stream")
  }
  try stream.take()
  return stream
}

func json(_ text: String) -> Value {
  do throws(JSONError) {
    return try parseJSON(Array(text.utf8))
  } catch {
    Issue.record("\(text): \(error)")
    return .null
  }
}

/// A scope with roots that are written as JSON, and others in their place.
func scope(_ roots: String, _ others: [String: Value] = [:]) -> Scope {
  var scope = Scope()
  if case .object(let object) = json(roots) {
    for (key, value) in object { scope.roots[key] = value }
  }
  scope.roots.merge(others) { $1 }
  return scope
}

/// Everything that is left in a stream, as JSON; `!` at the end says that it failed.
func rest(of stream: ValueStream) async -> String {
  var chunks: [String] = []
  do throws(RuntimeError) {
    while let chunk = try await stream.next() { chunks.append(chunk.jsonText) }
  } catch {
    chunks.append("!")
  }
  return chunks.joined(separator: " ")
}

/// A source that tells what was done with it.
final class CountingSource: Sendable {
  private let state: Mutex<(left: ArraySlice<Value>, pulls: Int, cancels: Int)>
  private let failure: RuntimeError?
  private let form: ValueStream.Form

  /// - Parameter failure: comes behind the elements.
  init(_ form: ValueStream.Form, _ elements: String, failure: RuntimeError? = nil) {
    guard case .list(let list) = json(elements) else { preconditionFailure("not a list: \(elements)") }
    state = Mutex((list[...], 0, 0))
    self.failure = failure
    self.form = form
  }

  var pulls: Int { state.withLock { $0.pulls } }
  var cancels: Int { state.withLock { $0.cancels } }

  var stream: Value {
    .stream(
      ValueStream(
        form,
        next: { () async throws(RuntimeError) -> Value? in
          let element = self.state.withLock { state in
            state.pulls += 1
            return state.left.popFirst()
          }
          if element == nil, let failure = self.failure { throw failure }
          return element
        },
        cancel: { self.state.withLock { $0.cancels += 1 } }))
  }
}
