package import ComposeBasic
package import ComposeSema
import ComposeSyntax

/// Lowers a checked program to a plan. Only programs without errors are lowered.
package func lower(_ program: TypedProgram, sources: SourceSet) -> Plan {
  // The first one with a value says it; without any, the last one.
  var needs: [String: EnvironmentReference] = [:]
  var uses: [String: [SourceRange]] = [:]
  for reference in program.file.environment {
    uses[reference.name, default: []].append(reference.range)
    if needs[reference.name]?.value == nil { needs[reference.name] = reference }
  }
  let listeners = lowerListeners(program.file.sections)
  let written = WrittenSecrets(in: program.file.root)
  let redactor = Redactor(secrets: written.values(of: Array(needs.values)))
  return Plan(
    workflows: program.workflows.map { lower($0, of: program, redactor) },
    serving: lower(program.file.controller, refused: listeners.refused),
    listeners: listeners.served,
    environment: needs.values.sorted { $0.name < $1.name }.map { need in
      EnvironmentNeed(
        name: need.name, value: need.value, origin: need.origin,
        isSecret: need.isSecret || written.variables.contains(need.name), uses: uses[need.name] ?? [])
    },
    writtenSecrets: written,
    sources: sources,
    types: Dictionary(program.expressionTypes.map { ($0.range, $0.type) }, uniquingKeysWith: { first, _ in first }))
}
