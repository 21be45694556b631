/// What a picture shows, in words for those who cannot see it.
struct PictureDescription {
  let text: String

  init(_ graph: PlanGraph) {
    text = graph.groups.map(Self.sentence).joined(separator: " ")
  }

  private static func sentence(on group: PlanGraph.Group) -> String {
    let jobs = count(in: group.level)
    let critical = group.level.nodes.filter(\.isCritical).map { pictureText($0.title) }
    let path = critical.isEmpty ? "" : " Critical path: \(critical.joined(separator: ", "))."
    return "Workflow \(pictureText(group.title)): \(jobs) \(jobs == 1 ? "job" : "jobs").\(path)"
  }

  /// Jobs on this level and inside of others; the start and the end are none.
  private static func count(in level: PlanGraph.Level) -> Int {
    level.nodes.reduce(0) { sum, node in
      sum + count(in: node.body) + (node.shape == .start || node.shape == .end ? 0 : 1)
    }
  }
}
