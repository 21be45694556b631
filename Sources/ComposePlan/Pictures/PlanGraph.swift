/// What a picture of a plan shows, without anything that only the plan knows.
///
/// The printers of pictures draw this graph. They need no plan, so they can be tried with any graph.
package struct PlanGraph: Hashable, Sendable {
  /// Names the picture for readers and screen readers.
  package var title: String
  /// One for each workflow; frames are drawn around them when there are several.
  package var groups: [Group]

  package init(title: String, groups: [Group]) {
    self.title = title
    self.groups = groups
  }

  /// Jobs and what joins them, all on one level.
  package struct Level: Hashable, Sendable {
    package var nodes: [Node]
    /// Between nodes of this level. An edge with an unknown end is not drawn.
    package var edges: [Edge]

    package init(nodes: [Node] = [], edges: [Edge] = []) {
      self.nodes = nodes
      self.edges = edges
    }
  }

  /// A workflow.
  package struct Group: Hashable, Sendable {
    package var title: String
    package var level: Level

    package init(title: String, level: Level) {
      self.title = title
      self.level = level
    }
  }

  /// A job, or where a workflow begins and ends.
  package struct Node: Hashable, Sendable {
    /// What a node is, which decides its outline.
    package enum Shape: String, CaseIterable, Hashable, Sendable {
      /// A job that does something.
      case step
      /// A job that decides which jobs follow.
      case choice
      /// A job that lets time pass or asks somebody.
      case wait
      /// A job with jobs inside.
      case container
      /// The inputs.
      case start
      /// The result.
      case end
    }

    /// Unlike those of the other nodes of its level; no one sees it but tools.
    package var id: String
    /// The bold first line.
    package var title: String
    /// What is said below the title, a few words each.
    package var lines: [String]
    package var shape: Shape
    /// When it runs: nodes of one stage stand side by side. `nil` leaves the place to the edges.
    package var stage: Int?
    /// Whether it is on the longest way from the start to the end.
    package var isCritical: Bool
    /// Whether its output is a stream.
    package var isStreaming: Bool
    /// What is shown when a pointer rests on it, such as the place in the file.
    package var tooltip: String?
    /// The job as events name it, such as `each[do]`; `nil` for what is none.
    package var job: String?
    /// The jobs inside.
    package var body: Level

    package init(
      id: String, title: String, lines: [String] = [], shape: Shape = .step, stage: Int? = nil,
      isCritical: Bool = false, isStreaming: Bool = false, tooltip: String? = nil, job: String? = nil,
      body: Level = Level()
    ) {
      self.id = id
      self.title = title
      self.lines = lines
      self.shape = shape
      self.stage = stage
      self.isCritical = isCritical
      self.isStreaming = isStreaming
      self.tooltip = tooltip
      self.job = job
      self.body = body
    }
  }

  /// An arrow between two nodes of one level.
  package struct Edge: Hashable, Sendable {
    /// Why the second node runs after the first.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
      /// It waits for the first.
      case dependency
      /// It waits for one of several.
      case anyOf
      /// It is sent there by a decision, perhaps again.
      case route
      /// It is sent there by an error.
      case failure
    }

    /// The id of a node.
    package var from: String
    /// The id of a node, perhaps the same.
    package var to: String
    package var kind: Kind
    /// A word or two, such as `otherwise` or `30 %`.
    package var label: String?
    /// Whether it is on the longest way from the start to the end.
    package var isCritical: Bool
    /// Whether a stream flows along it.
    package var isStreaming: Bool

    package init(
      from: String, to: String, kind: Kind = .dependency, label: String? = nil, isCritical: Bool = false,
      isStreaming: Bool = false
    ) {
      self.from = from
      self.to = to
      self.kind = kind
      self.label = label
      self.isCritical = isCritical
      self.isStreaming = isStreaming
    }
  }
}
