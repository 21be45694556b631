import ComposeBasic
import ComposeSyntax

/// The roots that an expression can name at one place of a file, with their types.
struct Scope {
  /// What is known about a job whose output can be read.
  struct JobOutput {
    let type: Type
    /// The kind of the job when it only chooses what runs next and gives nothing.
    let routerKind: String?
  }

  /// What the jobs that are typed already give, by name. Shared by all scopes of a workflow, so that none holds a copy.
  final class OutputTypes {
    var types: [String: Type] = [:]
  }

  /// The jobs of the workflow, as one place sees them. Looked up by name, not listed: a file may have thousands.
  struct Jobs {
    let workflow: WorkflowDecl
    let graph: JobGraph
    let availability: Availability
    let outputs: OutputTypes
    /// The job at whose place this is; `nil` in the workflow's output, which is rendered after all jobs.
    let reader: Int?

    subscript(name: String) -> JobOutput? {
      guard let index = graph.index(of: name), index != reader else { return nil }
      let type = outputs.types[name] ?? .any
      let isSure = availability.isSure(index, before: reader)
      return JobOutput(
        type: isSure ? type : .union(of: [type, .null]),
        routerKind: graph.isRouter(index) ? workflow.jobs[index].kind.value : nil)
    }

    var names: [String] { graph.names }
  }

  /// `input`, `output`, `response`, … and what they hold.
  var roots: [String: Type] = [:]
  /// The roots that have `[]`, with the type of one chunk.
  var chunks: [String: Type] = [:]
  /// The jobs under `jobs`; `nil` where that root does not exist.
  var jobs: Jobs?
  /// Whether roots that are not listed may exist, so that nothing is said about them.
  var isOpen = false
  /// Whether the types are those of present values, which tell nothing about members that other values have.
  var isSample = false
  /// Whether expressions that read `input` declare the inputs which the workflow shows to its callers.
  var declaresInputs = false
  /// Whether `input` is what the jobs of this file pass: a name that none of them passes may be an option that all
  /// leave out.
  var readsPassedInput = false
  /// Whether `input` is a local one: the input of a loop or a pipeline.
  var hasLocalInput = false
  /// The roots which a job further out adds, and which a nearer one hides.
  var hiddenRoots: Set<String> = []
  /// Where the types of expressions are kept.
  var log: TypeLog?
  /// What messages call the place: `the action's output`.
  var place: String

  init(_ place: String) { self.place = place }

  /// Whether an index directly after the root has no effect: these roots are looked up without it (language
  /// specification, section 3). Where roots are not known, `input` may be a local one, which has it.
  func ignoresIndex(of root: String) -> Bool {
    !isOpen && (root == "input" && !hasLocalInput || root == "context")
  }

  /// The scope inside an operator that goes through elements.
  func binding(item: Type) -> Scope {
    var inner = self
    inner.roots["item"] = item
    inner.roots["index"] = .integer
    inner.chunks["item"] = nil
    inner.chunks["index"] = nil
    return inner
  }

  /// The same scope with more roots, at another place.
  func adding(_ roots: [String: Type], at place: String? = nil) -> Scope {
    var inner = self
    inner.roots.merge(roots) { _, own in own }
    inner.place = place ?? self.place
    return inner
  }

  /// The names a message offers, in a fixed order.
  var names: [String] {
    var names = roots.keys.map { $0 } + chunks.keys.map { $0 + "[]" }
    if jobs != nil { names.append("jobs") }
    return names.sorted()
  }
}
