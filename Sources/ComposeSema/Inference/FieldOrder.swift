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
    entries.enumerated()
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  private func rank(_ entry: TemplateEntry) -> Int { ranks[entry.key.value] ?? ranks.count }
}
