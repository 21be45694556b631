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
      /// Whether the text is an entry that still needs its separator, by the layout around `range`.
      private let isEntry: Bool

      package init(_ range: SourceRange, _ text: String) {
        self.range = range
        self.text = text
        self.isEntry = false
      }

      fileprivate init(entry text: String, before range: SourceRange) {
        self.range = range.startPoint
        self.text = text
        self.isEntry = true
      }

      /// In a block mapping the entry gets a line of its own with the same indentation, in a flow mapping a comma. `nil`
      /// where the text before the key is neither, such as a tag.
      fileprivate func resolved(in sources: SourceSet) -> Edit? {
        guard isEntry else { return self }
        let file = sources[range.file]
        let start = Int(range.start)
        let lineStart = file.lines.textStart(ofLine: file.lines.line(at: start))
        let before = file.bytes[lineStart..<start]
        guard before.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else {
          let last = before.last { $0 != UInt8(ascii: " ") }
          return last == UInt8(ascii: "{") || last == UInt8(ascii: ",") ? Edit(range, text + ", ") : nil
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
