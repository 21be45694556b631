package import ComposeBasic

/// The forms in which a difference of plans is printed.
package enum DifferenceFormat: String, CaseIterable, Sendable {
  case text
  case json
  /// For a pull request.
  case markdown
}

/// Prints a difference. Equal differences give equal texts.
///
/// - Parameters:
///   - redactor: takes out the secrets of both plans.
///   - color: whether the text carries ANSI colour sequences; the other formats never do.
package func print(
  _ difference: PlanDifference, as format: DifferenceFormat, redactor: Redactor, color: Bool = false
) -> String {
  let text =
    switch format {
    case .text: DifferenceText(color: color).print(difference)
    case .json: DifferenceJSON.print(difference)
    case .markdown: DifferenceMarkdown.print(difference)
    }
  return redactor.redact(text)
}

extension PlanSnapshot.Place {
  /// `path:line:column`.
  var text: String { safeText("\(file):\(line):\(column)") }
}

/// The places of both sides, as far as there are any.
func placeText(_ old: PlanSnapshot.Place?, _ new: PlanSnapshot.Place?) -> String {
  let texts = [old, new].compactMap { $0?.text }
  return texts.joined(separator: " → ")
}

extension PlanDifference.FieldChange {
  /// Both sides as one line, or word by word where both are texts that differ in part.
  func text(_ format: WordDiffFormat) -> String {
    switch (old?.value, new?.value) {
    case (let old?, let new?) where old.isText && new.isText && isProse:
      let difference = WordDiff(from: old.text, to: new.text)
      return difference.hasChanges ? difference.text(format) : shown(new)
    case (let old?, let new?): return "\(shown(old)) → \(shown(new))"
    case (nil, let new?): return "+ \(shown(new))"
    case (let old?, nil): return "- \(shown(old))"
    case (nil, nil): return ""
    }
  }

  /// Words are compared where there are several.
  private var isProse: Bool {
    [old?.value.text, new?.value.text].contains { $0.map { $0.contains(" ") || $0.contains("\n") } ?? false }
  }

  private func shown(_ value: PlanSnapshot.Value) -> String {
    guard value.isText else { return safeText(value.text) }
    var bytes: [UInt8] = []
    JSONWriter.appendQuoted(value.text, to: &bytes)
    let text = safeText(String(decoding: bytes, as: UTF8.self))
    return text.count > 120 ? text.prefix(117) + "…\"" : text
  }
}
