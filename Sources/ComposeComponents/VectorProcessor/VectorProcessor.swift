import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `vector-processor`: compares, ranks and adds up vectors.
struct VectorProcessor: Component {
  static let type = "vector-processor"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = [
    "method", "batch_size", "vector", "other", "metric", "vectors", "axis", "query", "candidates", "threshold", "k",
  ]

  private let services: Services

  init(_ declaration: ComponentDeclaration, _ services: Services) { self.services = services }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    let work = try await VectorWork(fields)
    try await fields.checkBatchSize()
    if let stream = work.stream {
      try stream.take()
      for other in work.operands.compactMap(\.stream) where other !== stream { try other.take() }
      let form: ValueStream.Form = stream.form == .chunks(fragmented: true) ? .chunks(fragmented: true) : .bare
      return .stream(
        ValueStream(form, from: work.operands.compactMap(\.stream), initially: work) {
          (work) async throws(RuntimeError) in
          while let result = try await work.next() {
            let value = try await fields.output(ofChunk: result)
            if !(value.isNull && form == .chunks(fragmented: true)) { return value }
          }
          return nil
        })
    }
    var remaining = work
    var results: [Value] = []
    while let result = try await remaining.next() {
      if work.isSingle { return try await fields.output(of: result) }
      results.append(result)
    }
    return try await fields.output(of: .list(results))
  }
}

/// A method with what it works on.
private struct VectorWork: Sendable {
  /// What is computed of an item of each operand.
  private enum Method {
    case similarity, distance, dotProduct, normalize
    case mean(axis: Int)
    case sum(axis: Int)
    case topK(Int, VectorMetric)
    case threshold(Double, VectorMetric)
  }

  private(set) var operands: [VectorOperand]
  private let method: Method
  private let fields: ActionFields

  init(_ fields: ActionFields) async throws(RuntimeError) {
    self.fields = fields
    let name = try await fields.text("method") ?? ""
    switch name {
    case "similarity", "distance", "dot-product":
      operands = [try await Self.vector("vector", fields), try await Self.vector("other", fields)]
      switch name {
      case "similarity":
        _ = try await Self.metric(.cosine, [.cosine], fields)
        method = .similarity
      case "distance":
        _ = try await Self.metric(.euclidean, [.euclidean], fields)
        method = .distance
      default: method = .dotProduct
      }
    case "top-k", "threshold-filter":
      operands = [try await Self.vector("query", fields), try await Self.array("candidates", fields)]
      let metric = try await Self.metric(.cosine, [.cosine, .euclidean], fields)
      if name == "top-k" {
        method = .topK(try await fields.integer("k") ?? 1, metric)
      } else {
        guard let threshold = try await fields.number("threshold") else {
          throw fields.failure("threshold", "must be given for 'threshold-filter'")
        }
        method = .threshold(threshold, metric)
      }
    case "normalize":
      operands = [try await Self.vector("vector", fields)]
      method = .normalize
    case "mean", "sum":
      operands = [try await Self.array("vectors", fields)]
      let axis = try await fields.integer("axis") ?? 0
      method = name == "mean" ? .mean(axis: axis) : .sum(axis: axis)
    default: throw fields.failure("method", "must be a method of this component, not '\(name)'")
    }
  }

  /// The first operand that streams; then there is a result for each of its chunks.
  var stream: ValueStream? { operands.lazy.compactMap(\.stream).first }

  /// Whether there is one result, and no list of them.
  var isSingle: Bool { operands.allSatisfy(\.isOne) }

  /// The next result, or `nil` behind the last.
  mutating func next() async throws(RuntimeError) -> Value? {
    var items: [[[Double]]] = []
    var ended = 0
    for index in operands.indices {
      guard let item = try await operands[index].next(fields) else {
        ended += 1
        continue
      }
      items.append(item)
    }
    if ended > 0 {
      guard ended == operands.filter({ !$0.isOne }).count else {
        throw fields.failure(otherField, "must have as many elements as '\(firstField)'")
      }
      return nil
    }
    do throws(VectorFault) {
      return try result(of: items)
    } catch {
      throw fields.failure(error.field, error.message)
    }
  }

  private func result(of items: [[[Double]]]) throws(VectorFault) -> Value {
    let first = items[0]
    let second = items.count > 1 ? items[1] : []
    switch method {
    case .similarity: return .number(try VectorMath.cosine(first[0], second[0]))
    case .distance: return .number(try VectorMath.euclidean(first[0], second[0]))
    case .dotProduct: return .number(try VectorMath.dot(first[0], second[0]))
    case .normalize: return .numbers(VectorMath.normalized(first[0]))
    case .mean(let axis):
      let sums = try VectorMath.sum(of: first, axis: axis)
      // Of nothing at all, which only a stream can be, numpy makes one number.
      if first.isEmpty { return .number(.nan) }
      let count = axis == 0 || axis == -2 ? first.count : first[0].count
      return .numbers(sums.map { $0 / Double(count) })
    case .sum(let axis):
      let sums = try VectorMath.sum(of: first, axis: axis)
      return first.isEmpty ? .number(0) : .numbers(sums)
    case .topK(let count, let metric):
      let scores = try VectorMath.scores(of: second, for: first[0], metric)
      let order = VectorMath.ranking(of: scores, metric)
      // A negative count leaves out that many at the end, as a slice does.
      let kept = count < 0 ? order.dropLast(count == .min ? .max : -count) : order.prefix(count)
      return .list(kept.map { .score(scores[$0], at: $0) })
    case .threshold(let threshold, let metric):
      let scores = try VectorMath.scores(of: second, for: first[0], metric)
      let kept = scores.indices.filter {
        metric.isSimilarity ? scores[$0] >= threshold : scores[$0] <= threshold
      }
      return .list(kept.map { .score(scores[$0], at: $0) })
    }
  }

  // MARK: Fields

  private var firstField: String { fields.invocation.actionField("query") == nil ? "vector" : "query" }

  private var otherField: String { fields.invocation.actionField("query") == nil ? "other" : "candidates" }

  private static func vector(_ name: String, _ fields: ActionFields) async throws(RuntimeError) -> VectorOperand {
    let value = try await fields.value(name)
    do throws(VectorFault) {
      return try VectorOperand.vector(value, field: name)
    } catch {
      throw fields.failure(error.field, error.message)
    }
  }

  private static func array(_ name: String, _ fields: ActionFields) async throws(RuntimeError) -> VectorOperand {
    let value = try await fields.value(name)
    var collected: [Value]?
    // The pieces of one list of vectors.
    if case .stream(let stream) = value, stream.form == .chunks(fragmented: true) {
      try stream.take()
      var vectors: [Value] = []
      while let chunk = try await stream.next() { vectors.append(chunk) }
      collected = vectors
    }
    do throws(VectorFault) {
      return try VectorOperand.array(value, collected: collected, field: name)
    } catch {
      throw fields.failure(error.field, error.message)
    }
  }

  private static func metric(
    _ preset: VectorMetric, _ allowed: [VectorMetric], _ fields: ActionFields
  ) async throws(RuntimeError) -> VectorMetric {
    guard fields.invocation.actionField("metric") != nil else { return preset }
    let value = try await fields.value("metric")
    if case .text(let name) = value, let metric = VectorMetric(rawValue: name), allowed.contains(metric) {
      return metric
    }
    throw fields.failure("metric", "must be \(allowed.map { "'\($0.rawValue)'" }.joined(separator: " or "))")
  }
}

extension Value {
  fileprivate static func numbers(_ numbers: [Double]) -> Value { .list(numbers.map { .number($0) }) }

  fileprivate static func score(_ score: Double, at index: Int) -> Value {
    .object(["index": .integer(index), "score": .number(score)])
  }
}
