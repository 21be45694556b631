package import ComposeBasic

/// What receives calls that tell of work which is done (`http-callback`).
package struct ListenerPlan: Sendable {
  package let address: ServingPlan.Address
  package let callbacks: [CallbackPlan]
  package let range: SourceRange

  package init(address: ServingPlan.Address, callbacks: [CallbackPlan], range: SourceRange) {
    self.address = address
    self.callbacks = callbacks
    self.range = range
  }
}

/// One path at which calls are received, and what they mean. Templates see the call as `body`, `item` and `query`.
package struct CallbackPlan: Sendable {
  /// With the prefix of the listener; begins with a slash.
  package let path: String
  package let method: String
  /// Whether one call tells of several things.
  package let isBulk: Bool
  /// Where the things are; without it, the body is the thing or the list of them.
  package let item: PlanTemplate?
  /// What tells whose call it is; without it, that of who waits for ``unnamed``.
  package let identifyBy: PlanTemplate?
  package let status: PlanTemplate?
  package let successWhen: [String]
  package let failWhen: [String]
  /// What is passed on; without it, the thing.
  package let result: PlanTemplate?
  package let range: SourceRange

  /// The id of a call that has none of its own.
  package static let unnamed = "__callback__"

  package init(
    path: String, method: String, isBulk: Bool, item: PlanTemplate?, identifyBy: PlanTemplate?, status: PlanTemplate?,
    successWhen: [String], failWhen: [String], result: PlanTemplate?, range: SourceRange
  ) {
    self.path = path
    self.method = method
    self.isBulk = isBulk
    self.item = item
    self.identifyBy = identifyBy
    self.status = status
    self.successWhen = successWhen
    self.failWhen = failWhen
    self.result = result
    self.range = range
  }
}
