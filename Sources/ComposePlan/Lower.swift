package import ComposeBasic
package import ComposeSema
import ComposeSyntax

/// Lowers a checked program to a plan. Only programs without errors are lowered.
package func lower(_ program: TypedProgram, sources: SourceSet) -> Plan {
  var needs: [String: EnvironmentNeed] = [:]
  for reference in program.file.environment where needs[reference.name]?.value == nil {
    needs[reference.name] = EnvironmentNeed(
      name: reference.name, value: reference.value, origin: reference.origin, isSecret: reference.isSecret,
      range: needs[reference.name]?.range ?? reference.range)
  }
  let redactor = Redactor(secrets: needs.values.filter(\.isSecret).compactMap(\.value))
  return Plan(
    workflows: program.workflows.map { lower($0, of: program, redactor) },
    serving: lower(program.file.controller),
    environment: needs.values.sorted { $0.name < $1.name },
    sources: sources,
    types: Dictionary(program.expressionTypes.map { ($0.range, $0.type) }, uniquingKeysWith: { first, _ in first }))
}
