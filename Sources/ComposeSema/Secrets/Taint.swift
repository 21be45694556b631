import ComposeBasic
import ComposeSyntax

/// Which credentials a value holds, and in which of its members.
struct Taint {
  /// Those in the value itself, or somewhere in it.
  var own: [EnvironmentReference] = []
  var members: [String: Taint] = [:]

  static let none = Taint()

  /// How many values may be told apart. Outputs that hold another one twice, step after step, would double each time.
  private static let sizeLimit = 200

  private var isEmpty: Bool { own.isEmpty && members.isEmpty }
  private var size: Int { members.values.reduce(1) { $0 + $1.size } }

  /// All of them, each once.
  var all: [EnvironmentReference] {
    if members.isEmpty { return own }
    var seen: Set<SourceRange> = []
    return (own + members.sorted { $0.key < $1.key }.flatMap(\.value.all)).filter { seen.insert($0.range).inserted }
  }

  /// What a template's value holds.
  ///
  /// - Parameter roots: what the roots of its expressions hold; one that is missing holds nothing.
  init(of template: Template, roots: [String: Taint]) {
    switch template.content {
    case .constant: break
    case .list(let items): own = items.flatMap { Taint(of: $0, roots: roots).all }
    case .object(let entries):
      for entry in entries {
        let taint = Taint(of: entry.value, roots: roots)
        if entry.key.value == "..." {
          own += taint.own
          members.merge(taint.members) { _, later in later }
        } else if !taint.isEmpty {
          members[entry.key.value] = taint
        }
      }
      if size > Self.sizeLimit { self = Taint(own: all) }
    case .text(let text):
      if let expression = text.wholeExpression {
        self = Taint(of: expression, roots: roots)
      } else {
        own = text.parts.flatMap { part -> [EnvironmentReference] in
          switch part {
          case .text: []
          case .environment(let reference): reference.isCredential ? [reference] : []
          case .expression(let expression): Taint(of: expression, roots: roots).all
          }
        }
      }
    }
  }

  private init() {}

  private init(of expression: Expression, roots: [String: Taint]) {
    var taint = roots[expression.root.value] ?? .none
    for step in expression.path {
      guard case .key(let name) = step.value else {
        taint = Taint(own: taint.all)
        continue
      }
      // What is not known by name may be in any member.
      taint = taint.members[name] ?? Taint(own: taint.own)
    }
    // A truth value tells nothing.
    self = expression.cast?.type.value == "boolean" ? .none : taint
    own += expression.fallback?.credentials ?? []
  }

  private init(own: [EnvironmentReference]) { self.own = own }
}
