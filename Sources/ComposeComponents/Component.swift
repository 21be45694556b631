import ComposeBasic
import ComposePlan
import ComposeRuntime

/// One component of a file, of a type that this program runs.
///
/// It is made for its first call and kept until the program or the service ends, so it may hold what its calls share.
/// Calls come side by side.
protocol Component: Sendable {
  /// The type's name in files.
  static var type: String { get }

  /// The fields of a component and of an action that are carried out; a known one that is missing here refuses to run.
  static var componentFields: Set<String> { get }
  static var actionFields: Set<String> { get }

  /// What else of an invocation is not carried out.
  static func refusals(of invocation: Invocation) -> [Refusal]

  /// Only keeps what it is given: nothing is opened or started yet.
  init(_ declaration: ComponentDeclaration, _ services: Services)

  /// Makes the component ready, before its first call.
  ///
  /// - Throws: why it cannot be used; it is stopped then, too.
  func start() async throws(RuntimeError)

  /// Runs one action. Cancelling the calling task ends it at once.
  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value

  /// Ends what the component has started, and lets go of what it holds. Nothing is called afterwards.
  func stop() async

  /// Takes back what the setup of the component has left on this machine. Nothing else is called before or afterwards.
  ///
  /// - Throws: why it cannot.
  func cleanUp() async throws(RuntimeError)
}

extension Component {
  static func refusals(of invocation: Invocation) -> [Refusal] { [] }

  func start() async throws(RuntimeError) {}

  func stop() async {}

  func cleanUp() async throws(RuntimeError) {}
}

/// What a file says of a component, besides its actions.
struct ComponentDeclaration: Sendable {
  /// What messages call it.
  let id: String
  let type: String
  let fields: [PlanField]
  let range: SourceRange

  init(_ invocation: Invocation) {
    id = invocation.component
    type = invocation.type
    fields = invocation.componentFields
    range = invocation.componentRange
  }

  func field(_ name: String) -> PlanTemplate? { fields.last { $0.name.value == name }?.value }

  /// What the file has there. A component's fields see the environment, and nothing of a run.
  ///
  /// - Throws: why it cannot be made.
  func value(_ name: String) async throws(RuntimeError) -> Value {
    guard let template = field(name) else { return .null }
    return try await Evaluator(Scope()).evaluate(template)
  }

  /// The field as text: numbers and booleans as JSON writes them.
  ///
  /// - Throws: a `value` error for anything else.
  func text(_ name: String) async throws(RuntimeError) -> String? {
    do throws(RuntimeError) {
      return try await value(name).fieldText
    } catch {
      throw failure(name, error.message)
    }
  }

  func integer(_ name: String) async throws(RuntimeError) -> Int? {
    switch try await value(name) {
    case .null: return nil
    case .integer(let value): return value
    case .text(let text):
      if let value = Int(text) { return value }
      throw failure(name, "must be an integer")
    default: throw failure(name, "must be an integer")
    }
  }

  /// An error at a field, or at the component when it has no such field.
  func failure(_ name: String, _ message: String) -> RuntimeError {
    RuntimeError(.value, "'\(name)' \(message)", range: field(name)?.range ?? range)
  }
}

extension Value {
  /// A scalar as text, `nil` for null.
  ///
  /// - Throws: a `value` error that goes on after the name of a field.
  var fieldText: String? {
    get throws(RuntimeError) {
      switch self {
      case .null: return nil
      case .text(let text): return text
      case .boolean, .integer, .bigInteger, .number: return jsonText
      default: throw .wrongKind("must be text, not \(kindName)")
      }
    }
  }
}
