import ComposePlan

extension Evaluator {
  /// `"*"`: an object for each element of a list, or lazily for each chunk of a stream. `index` counts positions of the
  /// source, those that the filter takes out included.
  func evaluateMap(_ map: PlanMap) async throws(RuntimeError) -> Value {
    guard let template = map.source else { return .list([]) }
    let source = try await evaluate(template)
    switch source {
    case .null: return .list([])
    case .list, .stream, .resource: break
    default:
      throw .wrongKind("'*' needs a list or a stream, and this is \(source.kindName)", range: template.range)
    }
    guard map.filter != nil || map.element != nil else { return source }
    switch source {
    case .list(let list):
      var results: [Value] = []
      for (index, item) in list.enumerated() {
        if let result = try await with(item: item, index: index).element(of: map) { results.append(result) }
      }
      return .list(results)
    case .resource(let resource): return .stream(try mapped(resource.pieces(), by: map))
    case .stream(let stream): return .stream(try mapped(stream, by: map))
    default: return .list([])
    }
  }

  /// What becomes of the present element; `nil` when the filter takes it out.
  private func element(of map: PlanMap) async throws(RuntimeError) -> Value? {
    if let filter = map.filter, try await !isTrue(filter) { return nil }
    guard let element = map.element else { return scope.element?.item }
    return try await evaluate(element)
  }

  private func mapped(_ source: ValueStream, by map: PlanMap) throws(RuntimeError) -> ValueStream {
    try source.take()
    return ValueStream(
      source.form.ofItems, from: [source], initially: 0,
      next: { (index) async throws(RuntimeError) in
        while let item = try await source.nextItem() {
          let evaluator = with(item: item, index: index)
          index += 1
          if let result = try await evaluator.element(of: map) { return result }
        }
        return nil
      })
  }
}
