import ComposeBasic
import ComposePlan

extension Evaluator {
  /// `"&"`: one object for each round of elements, as long as every source has one. Sources are pulled in the order of
  /// their keys.
  func evaluateZip(_ template: PlanTemplate) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      switch try await evaluate(template) {
      case .null: return .null
      case .object(let sources):
        let opened = OrderedObject(sources.map { ($0.key, $0.value.openedResource) })
        return try zipped(opened, template.range)
      case let value: throw .wrongKind("'&' needs an object of sources, and this is \(value.kindName)")
      }
    } catch {
      throw error.located(range: template.range)
    }
  }
}

private func zipped(_ sources: OrderedObject, _ range: SourceRange) throws(RuntimeError) -> Value {
  if sources.isEmpty { throw RuntimeError(.value, "'&' needs at least one source") }
  if sources.contains(where: \.value.isNull) { return .list([]) }
  let streams = sources.compactMap { member -> ValueStream? in
    if case .stream(let stream) = member.value { stream } else { nil }
  }
  guard streams.isEmpty else { return .stream(try zippedStream(sources, streams, range)) }
  var columns: [(key: String, elements: [Value])] = []
  for (key, source) in sources { columns.append((key, try elements(of: source, key, range))) }
  let count = columns.map(\.elements.count).min() ?? 0
  return .list(
    (0..<count).map { index in .object(OrderedObject(columns.map { ($0.key, $0.elements[index]) })) })
}

/// How far the rounds have come, with the elements of the sources that are no streams.
private struct ZipState: Sendable {
  var round = 0
  var columns: [String: [Value]] = [:]
}

/// Sources that cannot be walked over fail when the stream is read.
private func zippedStream(
  _ sources: OrderedObject, _ streams: [ValueStream], _ range: SourceRange
) throws(RuntimeError) -> ValueStream {
  for stream in streams { try stream.take() }
  let isFragmented = streams.contains { $0.form == .chunks(fragmented: true) }
  return ValueStream(
    .chunks(fragmented: isFragmented), from: streams, initially: ZipState(),
    next: { (state) async throws(RuntimeError) in
      var object = OrderedObject()
      for (key, source) in sources {
        let element: Value?
        if case .stream(let stream) = source {
          element = try await stream.nextItem()
        } else {
          let column: [Value]
          if let known = state.columns[key] { column = known } else { column = try elements(of: source, key, range) }
          state.columns[key] = column
          element = state.round < column.count ? column[state.round] : nil
        }
        guard let element else { return nil }
        object[key] = element
      }
      state.round += 1
      return .object(object)
    })
}

extension Value {
  /// A resource is walked over as the stream of its pieces.
  fileprivate var openedResource: Value {
    if case .resource(let resource) = self { .stream(resource.pieces()) } else { self }
  }
}

private func elements(of source: Value, _ key: String, _ range: SourceRange) throws(RuntimeError) -> [Value] {
  guard let elements = source.iterated else {
    throw .wrongKind("'&' cannot walk over '\(key)', which is \(source.kindName)", range: range)
  }
  return elements
}
