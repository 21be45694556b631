package import ComposeBasic

/// One input that callers can give, inferred from the expressions that read it (language specification, section 13.1).
@dynamicMemberLookup
package struct InputVariable: Hashable, Sendable {
  package let variable: WorkflowVariable
  /// Whether nothing supplies a value when the caller does not.
  package let isRequired: Bool
  /// Where it is used first.
  package let range: SourceRange

  package init(_ variable: WorkflowVariable, isRequired: Bool, range: SourceRange) {
    self.variable = variable
    self.isRequired = isRequired
    self.range = range
  }

  package subscript<Member>(dynamicMember member: KeyPath<WorkflowVariable, Member>) -> Member {
    variable[keyPath: member]
  }
}
