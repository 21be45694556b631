import ComposePlan

/// What the input of a run decides, by the rules of the run itself (``Evaluator``).
struct InputKnowledge: TemplateKnowledge {
  /// Roots that the run sets.
  var roots: [String: Known] = [:]
  /// Roots that the caller sets: an index directly after one is ignored.
  var callers: [String: Known] = [:]
  /// Whether `item` and `index` stand for an element.
  private var isInElement = false
  private var element: (item: Value, index: Int)?

  init(roots: [String: Known] = [:], callers: [String: Known] = [:]) {
    self.roots = roots
    self.callers = callers
  }

  func value(of reference: PlanReference) -> PlanTemplate? {
    guard let found = lookUp(reference), !found.holdsSource else { return nil }
    // Attributes fail where there is nothing to convert, too.
    guard reference.cast?.attributes.allSatisfy(\.value.isConstant) ?? true else { return nil }
    var value = found
    if value.isNull, let fallback = reference.fallback {
      guard let known = Value(known: fallback) else { return reference.cast == nil ? fallback : nil }
      value = known
    }
    if let cast = reference.cast, !value.isNull {
      guard let converted = converted(value, by: cast) else { return nil }
      value = converted
    }
    return PlanTemplate(known: value, at: reference.range)
  }

  func text(of constant: PlanTemplate) -> String? { try? Value(known: constant)?.interpolatedText() }

  func holds(_ input: PlanTemplate, _ name: ComparisonName, _ value: PlanTemplate) -> Bool? {
    guard let input = Value(known: input), let value = Value(known: value) else { return nil }
    return try? input.compares(to: value, by: name)
  }

  func inside(element: (item: PlanTemplate, index: Int)?) -> any TemplateKnowledge {
    var copy = self
    copy.isInElement = true
    copy.element = element.flatMap { element in Value(known: element.item).map { ($0, element.index) } }
    return copy
  }

  // MARK: Look-ups

  /// What is found at the path; `nil` when that is not known.
  private func lookUp(_ reference: PlanReference) -> Value? {
    if reference.isChunk { return nil }
    var steps = reference.steps[...]
    if isInElement, ["item", "index"].contains(reference.root) {
      guard let element else { return nil }
      let value = reference.root == "item" ? element.item : .integer(element.index)
      if reference.hasRootIndex {
        guard case .list = value else { return try? value.value(at: steps.dropFirst()) }
        return fromRoot(value, steps)
      }
      return try? value.value(at: steps)
    }
    if let root = roots[reference.root] {
      guard reference.hasRootIndex else { return root.following(steps) }
      guard case .value(let value) = root else { return nil }
      return fromRoot(value, steps)
    }
    guard let root = callers[reference.root] else { return nil }
    if reference.hasRootIndex { steps = steps.dropFirst() }
    return root.following(steps)
  }

  private func fromRoot(_ value: Value, _ steps: ArraySlice<PlanReference.Step>) -> Value? {
    guard let first = steps.first else { return value }
    return try? value.rootValue(at: first).value(at: steps.dropFirst())
  }

  /// Conversions that need something besides the value stay for the run, and so do those that fail.
  private func converted(_ value: Value, by cast: PlanCast) -> Value? {
    guard cast.format == nil else { return nil }
    let conversion = Conversion(cast.type, isList: cast.isList, subtype: cast.subtype)
    switch conversion.target {
    case .plain(.base64), .media, .stream: return nil
    case .plain, .unchanged: return try? conversion.plainValue(of: value)
    }
  }
}
