import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax

/// A configuration, of whose workflows the inputs and outputs are wanted.
struct SchemaVector {
  private let config: OrderedObject

  init(_ row: OrderedObject) throws(InvalidVector) { config = try row.object("config") }

  func outcome() throws(InvalidVector) -> VectorOutcome {
    var sources = SourceSet()
    sources.add(path: "<config>", bytes: Array(Value.object(config).jsonText.utf8))
    let compilation = compile(
      sources.files, in: sources, environment: Environment(), catalog: .builtIn, options: options)
    if let refusal = VectorOutcome(errorsIn: compilation.diagnostics) { return refusal }
    do throws(JSONError) {
      return .result(["expected": try parseJSON(schemaJSON(of: compilation.program))])
    } catch {
      throw InvalidVector("the schema is not JSON: \(error)")
    }
  }

  /// What is inferred does not depend on whether a value has the member that an expression reads, or can be converted.
  private var options: CompileOptions {
    var options = CompileOptions()
    for code in ["impossible-cast", "unknown-member"] { options.severities[code] = .some(.note) }
    return options
  }
}
