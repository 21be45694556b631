/// One finding about the user's files.
package struct Diagnostic: Sendable {
  /// A second place that explains the finding.
  package struct Note: Sendable {
    package let message: String
    package let range: SourceRange

    package init(_ message: String, at range: SourceRange) {
      self.message = message
      self.range = range
    }
  }

  /// A change of the text that repairs the finding.
  package struct Fix: Sendable {
    /// Whether a tool may apply the change without asking.
    package enum Applicability: String, Sendable {
      /// The meaning after the change is certain.
      case safe
      /// The change is likely what was meant.
      case suggested
    }

    /// Replaces the bytes of `range` with `text`.
    package struct Edit: Sendable {
      package let range: SourceRange
      package let text: String
      /// What the text is, and whether it still needs a separator by the layout around `range`.
      private let form: Form

      private enum Form: Equatable {
        case replacement
        case entry
        /// Items of a list, one a line.
        case items
      }

      package init(_ range: SourceRange, _ text: String) {
        self.range = range
        self.text = text
        self.form = .replacement
      }

      /// Adds an entry to a mapping before the entry whose key is at `range`.
      package init(entry text: String, before range: SourceRange) {
        self.range = range.startPoint
        self.text = text
        self.form = .entry
      }

      /// Adds items to a list before one of its items.
      package init(items: [String], before range: SourceRange) {
        self.range = range.startPoint
        self.text = items.joined(separator: "\n")
        self.form = .items
      }

      /// In a block mapping the entry gets a line of its own with the same indentation, in a flow mapping a comma. `nil`
      /// where the text before the key is neither, such as a tag. An item of a list gets a line with a dash, or a comma.
      fileprivate func resolved(in sources: SourceSet) -> Edit? {
        guard form != .replacement else { return self }
        let file = sources[range.file]
        let start = Int(range.start)
        let lineStart = file.lines.textStart(ofLine: file.lines.line(at: start))
        let before = file.bytes[lineStart..<start]
        guard before.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else {
          let last = before.last { $0 != UInt8(ascii: " ") }
          let isFlow = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ",")].contains(last)
          return isFlow ? Edit(range, text.replacing("\n", with: ", ") + ", ") : nil
        }
        if form == .items {
          let dashes = "\n" + String(decoding: before, as: UTF8.self)
          return Edit(range, text.replacing("\n", with: dashes) + dashes)
        }
        return Edit(range, text + "\n" + String(repeating: " ", count: before.count))
      }
    }

    package let title: String
    package let applicability: Applicability
    package let edits: [Edit]

    package init(_ title: String, _ applicability: Applicability, _ edits: [Edit]) {
      self.title = title
      self.applicability = applicability
      self.edits = edits
    }

    /// Adds an entry to a mapping before the entry whose key is at `range`.
    package static func addEntry(_ text: String, before range: SourceRange) -> Fix {
      Fix("add '\(text)'", .suggested, [Edit(entry: text, before: range)])
    }

    /// The fix with every edit as bytes to replace, which needs the text of the files; `nil` when the layout there does
    /// not allow it.
    package func resolved(in sources: SourceSet) -> Fix? {
      let resolved = edits.compactMap { $0.resolved(in: sources)?.withLineBreaks(of: sources[$0.range.file]) }
      return resolved.count == edits.count ? Fix(title, applicability, resolved) : nil
    }
  }

  package let code: DiagnosticCode
  /// The code's severity unless the command line changed it.
  package var severity: Severity
  /// One line, lower case, no full stop, the user's names in single quotes.
  package let message: String
  package let range: SourceRange
  package var notes: [Note] = []
  /// What to do.
  package var help: String?
  /// What the reference implementation does with the same text.
  package var upstream: String?
  package var fixes: [Fix] = []
  /// Bytes of the files that no printer may show, such as a password.
  package var concealed: [SourceRange] = []
  /// JSON Pointer (RFC 6901) to the YAML node, set once by the front end for all findings.
  package var pointer: String?

  package init(_ code: DiagnosticCode, _ message: String, at range: SourceRange) {
    self.code = code
    self.severity = code.severity
    self.message = message
    self.range = range
  }

  // MARK: Building, in the order a reader meets the parts

  package func note(_ message: String, at range: SourceRange?) -> Diagnostic {
    guard let range else { return self }
    var copy = self
    copy.notes.append(Note(message, at: range))
    return copy
  }

  package func help(_ text: String?) -> Diagnostic {
    var copy = self
    copy.help = text
    return copy
  }

  package func upstream(_ text: String?) -> Diagnostic {
    var copy = self
    copy.upstream = text
    return copy
  }

  /// Adds a fix that replaces one range.
  package func fix(
    _ title: String, _ applicability: Fix.Applicability, replace range: SourceRange, with text: String
  ) -> Diagnostic {
    var copy = self
    copy.fixes.append(Fix(title, applicability, [Fix.Edit(range, text)]))
    return copy
  }
}
