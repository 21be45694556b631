import ComposeBasic

/// A key that callers may present, and what they may do with it.
package struct APIKey: Hashable, Sendable, ExpressibleByStringLiteral {
  package let key: String
  /// The workflows that it is good for; `nil` for all.
  package let workflows: Set<String>?

  private init(_ key: String, workflows: Set<String>?) {
    self.key = key
    self.workflows = workflows
  }

  /// A key for every workflow.
  package init(_ key: String) { self.init(key, workflows: nil) }

  package init(stringLiteral key: String) { self.init(key) }

  /// Reads `KEY` or `KEY:workflow+workflow`. What stands behind the last colon is the scope; nothing there stands for all
  /// workflows, so that a key which holds a colon itself can be written with one more at its end.
  ///
  /// `nil` when there is no key, or a name in the scope is empty.
  package init?(entry: String) {
    let text = entry.trimmingBlanks
    guard let colon = text.lastIndex(of: ":") else {
      guard !text.isEmpty else { return nil }
      self.init(text)
      return
    }
    let scope = text[text.index(after: colon)...]
    let names = scope.split(separator: "+", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }
    guard colon > text.startIndex, scope.isEmpty || !names.contains("") else { return nil }
    self.init(String(text[..<colon]), workflows: scope.isEmpty ? nil : Set(names))
  }
}
