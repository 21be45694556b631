package import ComposeBasic
package import ComposeSyntax

/// A file with its names resolved and the types of what its jobs give.
package struct TypedProgram: Sendable {
  package let file: ComposeFile
  package let catalog: Catalog
  package let symbols: SymbolTable
  let actionTable: ActionTable
  package let workflows: [TypedWorkflow]
  /// The places of mappings with a misspelt key: what follows from the mistake is not reported again.
  package let misspelt: Set<SourceRange>
  /// What was met at the fields of the file.
  let visited: VisitedValues
  /// The type of every expression that is evaluated, in the order of the file.
  package let expressionTypes: [ExpressionType]

  init(
    file: ComposeFile, catalog: Catalog, symbols: SymbolTable, actionTable: ActionTable, workflows: [TypedWorkflow],
    misspelt: Set<SourceRange>, visited: VisitedValues = VisitedValues(), expressionTypes: [ExpressionType] = []
  ) {
    self.actionTable = actionTable
    self.visited = visited
    self.expressionTypes = expressionTypes
    self.misspelt = misspelt
    self.file = file
    self.catalog = catalog
    self.symbols = symbols
    self.workflows = workflows
  }

  /// Every action that is declared or written inside a job, once.
  package var actions: [ActionTarget] { actionTable.all }
}

/// One workflow with its jobs in the order of the file.
package final class TypedWorkflow: Sendable {
  package let decl: WorkflowDecl
  package let jobs: [TypedJob]
  /// The jobs by index so that each comes after those it waits for; the file's order otherwise.
  package var order: [Int] { graph.order }
  /// What callers can give, in the order in which the file uses it.
  package let inputs: [InputVariable]
  /// What a run returns, as the file's expressions describe it; never empty.
  package let outputs: [WorkflowOutput]
  package let resultType: Type
  let graph: JobGraph

  init(
    decl: WorkflowDecl, jobs: [TypedJob], graph: JobGraph, inputs: [InputVariable], outputs: [WorkflowOutput],
    resultType: Type
  ) {
    self.decl = decl
    self.jobs = jobs
    self.graph = graph
    self.inputs = inputs
    self.outputs = outputs
    self.resultType = resultType
  }
}

/// One job, what it runs and what it gives.
package final class TypedJob: Sendable {
  package let decl: JobDecl
  /// `nil` when it is unknown.
  package let kind: (any JobKind.Type)?
  /// What a component job runs; `nil` for other kinds and where it could not be resolved.
  package let target: ActionTarget?
  /// What the action returns.
  package let actionType: Type
  /// What other jobs see as `${jobs.<id>.output}`.
  package let outputType: Type
  /// Whether no other job waits for this one.
  package let isTerminal: Bool
  /// The jobs that are written inside this one.
  package let bodies: [TypedJob]

  package init(
    decl: JobDecl, kind: (any JobKind.Type)?, target: ActionTarget?, actionType: Type, outputType: Type,
    isTerminal: Bool, bodies: [TypedJob] = []
  ) {
    self.decl = decl
    self.kind = kind
    self.target = target
    self.actionType = actionType
    self.outputType = outputType
    self.isTerminal = isTerminal
    self.bodies = bodies
  }
}
