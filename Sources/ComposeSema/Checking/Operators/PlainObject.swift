import ComposeBasic
import ComposeSyntax

/// Ordinary objects, in which `...` inserts members and `?` may add some.
extension ExpressionChecker {
  /// The type of what a job passes to an action.
  func inputType(
    _ input: Template, of target: ActionTarget?, in catalog: Catalog, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let target, case .object(let entries) = input.content,
      !OperatorRegistry.all.contains(where: { $0.accepts(entries) })
    else { return type(of: input, into: &diagnostics) }
    // What becomes of an input makes a difference for defaults that nothing converts.
    let hasDefault = input.texts.contains { text in
      text.wholeExpression.map { $0.cast == nil && $0.fallback != nil } ?? false
    }
    let uses = hasDefault ? TextPlaces.inputs(of: target, in: catalog) : [:]
    return plainObjectType(entries, uses: uses, into: &diagnostics)
  }

  /// - Parameter uses: what becomes of members, where that is not their own value.
  func plainObjectType(
    _ entries: [TemplateEntry], uses: [String: Use] = [:], into diagnostics: inout Diagnostics
  ) -> Type {
    var merged = MergedObject()
    for entry in entries {
      switch entry.key.value {
      case "...":
        let type = type(of: entry.value, into: &diagnostics)
        checkInserted(type, of: entry, "'...' inserts the members of an object, and this is", into: &diagnostics)
        merged.insert(type)
      case "?":
        let type = ConditionalOperator.type(of: [entry], in: self, into: &diagnostics)
        checkInserted(type, of: entry, "'?' beside other keys gives an object, and this is", into: &diagnostics)
        merged.insert(type)
      case "+", "&":
        diagnostics.emit(
          .suspiciousOperator("'\(entry.key.value)' beside other keys is an ordinary key", at: entry.key.range)
            .help("make it the only key of an object of its own")
            .upstream("gives a member with that name"))
        merged.set(entry.key.value, type(of: entry.value, into: &diagnostics))
      case let name:
        var checker = self
        switch uses[name] {
        case .text: checker.isTextPlace = true
        case .number(let reading): checker.numberPlaces = NumberPlaces(entry.value.range, reading)
        case .value, .converted, nil: break
        }
        merged.set(name, checker.type(of: entry.value, into: &diagnostics))
      }
    }
    return merged.type
  }

  /// A branch that is known to be no object fails when it is taken.
  private func checkInserted(
    _ type: Type, of entry: TemplateEntry, _ message: String, into diagnostics: inout Diagnostics
  ) {
    guard let kind = type.alternatives.first(where: { $0 != .any && !$0.isObject }) else { return }
    // Of alternatives that depend on data, one may never occur; those of a condition are written down.
    guard entry.key.value == "?" || type.surely({ !$0.isObject }) else { return }
    diagnostics.emit(
      .invalidOperator("\(message) \(kind.noun)", at: entry.value.range).upstream("fails when it runs"))
  }
}

/// The members of an object that is put together from several.
struct MergedObject {
  private var names: [String] = []
  private var types: [String: Type] = [:]
  private var rest: Type?

  var type: Type {
    .object(ObjectType(names.map { ObjectType.Member($0, types[$0] ?? .any) }, rest: rest))
  }

  mutating func set(_ name: String, _ type: Type) {
    if types.updateValue(type, forKey: name) == nil { names.append(name) }
  }

  /// Adds the members of an object, which replace earlier ones of the same name. Null adds nothing.
  mutating func insert(_ type: Type) {
    let alternatives = type.alternatives
    let isOptional = type.mayBeNull || alternatives.count > 1
    for case .object(let object) in alternatives {
      for member in object.members {
        set(member.name, isOptional ? .union(of: [types[member.name] ?? .null, member.type]) : member.type)
      }
      guard let other = object.rest else { continue }
      for name in names where object[name] == nil { types[name] = .union(of: [types[name] ?? .any, other]) }
      rest = .union(of: [rest ?? .never, other])
    }
    if alternatives.contains(where: { !$0.isObject }) {
      // It may hold any member.
      for name in names { types[name] = .any }
      rest = .any
    }
  }
}
