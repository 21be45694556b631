import ComposePlan

extension Evaluator {
  /// `"|"`: a list for each field, or a stream for each when the source is one.
  func evaluateSplit(_ split: PlanSplit) async throws(RuntimeError) -> Value {
    if split.fields.isEmpty { throw RuntimeError(.value, "'|' needs at least one field beside it") }
    let source = try await evaluate(split.source)
    switch source {
    case .null: return .object(OrderedObject(split.fields.map { ($0.key, .list([])) }))
    case .list(let list):
      var columns = [[Value]](repeating: [], count: split.fields.count)
      for (index, item) in list.enumerated() {
        let evaluator = with(item: item, index: index)
        for (column, field) in split.fields.enumerated() {
          columns[column].append(try await evaluator.evaluate(field.value))
        }
      }
      return .object(OrderedObject(zip(split.fields, columns).map { ($0.key, .list($1)) }))
    case .stream(let stream): return .object(try lanes(of: stream, split.fields))
    case .resource(let resource): return .object(try lanes(of: resource.pieces(), split.fields))
    default:
      throw .wrongKind("'|' needs a list or a stream, and this is \(source.kindName)", range: split.source.range)
    }
  }

  private func lanes(of stream: ValueStream, _ fields: [PlanMember]) throws(RuntimeError) -> OrderedObject {
    let splitter = try StreamSplitter(stream, laneCount: fields.count) { (item, index) async throws(RuntimeError) in
      let evaluator = with(item: item, index: index)
      var values: [Value] = []
      for field in fields { values.append(try await evaluator.evaluate(field.value)) }
      return values
    }
    return OrderedObject(zip(fields, splitter.lanes()).map { ($0.key, .stream($1)) })
  }
}
