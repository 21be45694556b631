import ComposeRuntime

/// How far the work is that an action waits for.
enum WorkStatus: Sendable, CustomStringConvertible {
  /// The code of an answer.
  case code(Int)
  /// What the file finds in an answer: as Python writes it, and as JSON does.
  case text(String, String)

  var description: String {
    switch self {
    case .code(let code): "status code \(code)"
    case .text(let text, _): "status '\(text)'"
    }
  }

  func matches(_ patterns: [StatusPattern]) -> Bool { patterns.contains { $0.matches(self) } }
}

/// What `success_when` and `fail_when` compare with: a text, a status code, or a class of codes such as `2xx`.
struct StatusPattern: Sendable {
  private let text: String
  private let codes: ClosedRange<Int>?

  /// `nil` for what nothing is equal to.
  init?(_ value: Value) {
    switch value {
    case .text(let text): self.text = text
    case .integer, .boolean, .number: text = value.jsonText
    default: return nil
    }
    codes = Self.codes(text)
  }

  func matches(_ status: WorkStatus) -> Bool {
    switch status {
    case .code(let code): codes?.contains(code) ?? false
    case .text(let text, let json): self.text == text || self.text == json
    }
  }

  /// `204`, or digits with an `x` for each one that may be any.
  private static func codes(_ text: String) -> ClosedRange<Int>? {
    let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
    let rest = text.dropFirst(digits.count)
    guard let number = Int(digits), rest.allSatisfy({ $0 == "x" }), text.count <= 6 else { return nil }
    var factor = 1
    for _ in rest { factor *= 10 }
    return (number * factor)...((number + 1) * factor - 1)
  }
}
