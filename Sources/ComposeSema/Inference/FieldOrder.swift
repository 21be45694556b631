import ComposeBasic
import ComposeSyntax

/// The order in which the fields of jobs and actions are looked at. It decides in which order inputs are shown.
///
/// As in the reference (language specification, section 13.1): what all jobs have, then `output`, then the fields of
/// the kind; for actions `output` and `default` first. Fields that are not described come last, in the order of the
/// file.
struct FieldOrder {
  private let ranks: [String: Int]

  init(job kind: String, _ catalog: Catalog) {
    let common = catalog.shape("job")?.fields.map(\.name) ?? []
    self.init(common + ["output"] + (catalog.shape("job:" + kind)?.fields.map(\.name) ?? []))
  }

  init(action target: ActionTarget) {
    self.init(["output", "default"] + (target.shape?.action.fields.map(\.name) ?? []))
  }

  private init(_ names: [String]) {
    var ranks: [String: Int] = [:]
    for name in names where ranks[name] == nil { ranks[name] = ranks.count }
    self.ranks = ranks
  }

  func sorted(_ entries: [TemplateEntry]) -> [TemplateEntry] {
    guard entries.count > 1 else { return entries }
    let places = entries.indices.map { (rank: ranks[entries[$0].key.value] ?? ranks.count, offset: $0) }
    return places.sorted { $0 < $1 }.map { entries[$0.offset] }
  }
}
