package import ComposeBasic

extension PlanTemplate {
  /// Every look-up in the template, those inside defaults included, in order.
  package var references: [PlanReference] {
    switch content {
    case .constant, .structural: []
    case .text(let pieces):
      pieces.flatMap { piece -> [PlanReference] in
        if case .reference(let reference) = piece { reference.withNested } else { [] }
      }
    case .reference(let reference): reference.withNested
    case .list(let items): items.flatMap(\.references)
    case .object(let members): members.flatMap(\.value.references)
    }
  }

  /// Every environment value in the template.
  package var environment: [PlanEnvironmentValue] {
    switch content {
    case .constant, .structural: []
    case .text(let pieces):
      pieces.flatMap { piece -> [PlanEnvironmentValue] in
        switch piece {
        case .environment(let value): [value]
        case .reference(let reference): reference.fallback?.environment ?? []
        case .text: []
        }
      }
    case .reference(let reference): reference.fallback?.environment ?? []
    case .list(let items): items.flatMap(\.environment)
    case .object(let members): members.flatMap(\.value.environment)
    }
  }

  /// The operators in the template, with their places.
  package var operators: [Located<String>] {
    switch content {
    case .constant, .text, .reference: []
    case .structural(let name): [Located(name, at: range)]
    case .list(let items): items.flatMap(\.operators)
    case .object(let members): members.flatMap(\.value.operators)
    }
  }
}

extension PlanReference {
  fileprivate var withNested: [PlanReference] { [self] + (fallback?.references ?? []) }
}
