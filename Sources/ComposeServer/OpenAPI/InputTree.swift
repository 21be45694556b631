import ComposeSema

/// The inputs of a workflow by the places that their names are paths to, such as `user.name` and `items[0].id`.
struct InputTree {
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  /// The input at this very place; `nil` where only others are inside.
  private(set) var variable: InputVariable?
  /// In the order of their first names.
  private(set) var children: [Child] = []

  /// What a step leads to.
  struct Child {
    let step: Step
    fileprivate(set) var tree: InputTree
  }

  /// - Parameter inputs: those without a name are the whole and are left out.
  init(_ inputs: [InputVariable]) {
    for input in inputs {
      if let name = input.name { insert(input, at: Self.steps(of: name)[...]) }
    }
  }

  private init() {}

  /// Whether something at this place or inside has to be given.
  var isRequired: Bool { variable?.isRequired == true || children.contains { $0.tree.isRequired } }

  /// Whether places are named by positions: this is a list.
  var isList: Bool {
    if case .index? = children.first?.step { true } else { false }
  }

  private mutating func insert(_ input: InputVariable, at steps: ArraySlice<Step>) {
    guard let step = steps.first else {
      // Several inputs that are read elsewhere can lead to one place: one that has to be given says so.
      if variable?.isRequired != true { variable = input }
      return
    }
    let index = children.firstIndex { $0.step == step } ?? children.count
    if index == children.count { children.append(Child(step: step, tree: InputTree())) }
    children[index].tree.insert(input, at: steps.dropFirst())
  }

  /// As the check of inputs reads a name, up to what has no place of its own: `[*]`, `[1:3]` and `[-1]`.
  private static func steps(of name: String) -> [Step] {
    parts(of: name).prefix { !isElsewhere($0) }.map { part in Int(part).map { .index($0) } ?? .key(String(part)) }
  }

  /// Whether an input is read elsewhere than at one place: its type is not that of the place up to which its name leads.
  static func isElsewhere(_ input: InputVariable) -> Bool {
    input.name.map { parts(of: $0).contains(where: isElsewhere) } ?? false
  }

  private static func parts(of name: String) -> [Substring] { name.split { $0 == "." || $0 == "[" || $0 == "]" } }

  private static func isElsewhere(_ part: Substring) -> Bool {
    part == "*" || part.contains(":") || Int(part).map { $0 < 0 } ?? false
  }
}
