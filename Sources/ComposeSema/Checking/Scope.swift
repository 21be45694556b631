import ComposeBasic

/// The roots that an expression can name at one place of a file, with their types.
struct Scope {
  /// What is known about a job whose output can be read.
  struct JobOutput {
    let type: Type
    /// Whether the job surely has finished before the place is rendered.
    let isOrdered: Bool
  }

  /// The jobs of the workflow, as one place sees them. Looked up by name, not listed: a file may have thousands.
  struct Jobs {
    let graph: JobGraph
    let outputs: [String: Type]
    /// The job at whose place this is; `nil` in the workflow's output, which is rendered after all jobs.
    let reader: Int?
    /// Whether what the job waits for is not known for sure, because of a fault that is reported already.
    let assumesOrder: Bool

    subscript(name: String) -> JobOutput? {
      guard let index = graph.index(of: name), index != reader else { return nil }
      return JobOutput(
        type: outputs[name] ?? .any,
        isOrdered: assumesOrder || reader.map { graph.mayFinish(index, before: $0) } ?? true)
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
  /// What messages call the place: `the action's output`.
  let place: String

  init(_ place: String) { self.place = place }

  /// Whether an index directly after the root has no effect: these roots are looked up without it (language
  /// specification, section 3). Where roots are not known, `input` may be a local one, which has it.
  func ignoresIndex(of root: String) -> Bool { !isOpen && (root == "input" || root == "context") }

  /// The scope inside an operator that goes through elements.
  func binding(item: Type) -> Scope {
    var inner = self
    inner.roots["item"] = item
    inner.roots["index"] = .integer
    inner.chunks["item"] = nil
    inner.chunks["index"] = nil
    return inner
  }

  /// The names a message offers, in a fixed order.
  var names: [String] {
    var names = roots.keys.map { $0 } + chunks.keys.map { $0 + "[]" }
    if jobs != nil { names.append("jobs") }
    return names.sorted()
  }
}
