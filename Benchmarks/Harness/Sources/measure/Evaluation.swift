import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `${response[].choices[0].delta.content}` on one chunk of a streamed chat completion.
let evaluationBenchmarks: [Benchmark] = [
  // An output that is nothing but this path is followed in the bytes: this is what a chunk costs in a run.
  Benchmark(name: "chunk: scan by path", bytes: chatChunk.count, unit: .nanoseconds, bar: 400) {
    let value = try contentScanner.value(in: chatChunk)
    return value.isNull ? 0 : 1
  },
  // Any other output has the chunk as a value, and the template is evaluated over it.
  Benchmark(name: "chunk: read, then evaluate", bytes: chatChunk.count, unit: .nanoseconds, bar: nil) {
    var scope = Scope()
    scope.chunks["response"] = try parseJSON(chatChunk)
    let value = try await Evaluator(scope).evaluate(contentTemplate)
    return value.isNull ? 0 : 1
  },
  Benchmark(name: "chunk: evaluate alone", bytes: chatChunk.count, unit: .nanoseconds, bar: 400) {
    let value = try await chunkEvaluator.evaluate(contentTemplate)
    return value.isNull ? 0 : 1
  },
]

private let contentScanner = JSONPathScanner([.key("choices"), .index(0), .key("delta"), .key("content")])

private let contentTemplate: PlanTemplate = {
  let range = SourceRange(file: SourceFile.ID(index: 0), start: 0, end: 0)
  let steps: [PlanReference.Step] = [.key("choices"), .index(0), .key("delta"), .key("content")]
  let reference = PlanReference(
    root: "response", isChunk: true, steps: steps, hasRootIndex: false, cast: nil, fallback: nil,
    source: "${response[].choices[0].delta.content}", range: range)
  return PlanTemplate(.reference(reference), at: range)
}()

private let chunkEvaluator = Evaluator(Scope(chunks: ["response": (try? parseJSON(chatChunk)) ?? .null]))
