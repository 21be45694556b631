import Hummingbird
import NIOCore

/// The body of a request that is worked on before all of it has come: as much is read ahead as the reader keeps up with.
struct RequestContent {
  private typealias Pieces = NIOThrowingAsyncSequenceProducer<
    ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, Demand
  >

  /// What reads it.
  let body: RequestBody
  private let source: Pieces.Source

  /// - Parameter onDemand: called from anywhere when there is room again, or nobody reads any more.
  init(onDemand: @escaping @Sendable () -> Void) {
    let pieces = Pieces.makeSequence(
      elementType: ByteBuffer.self, failureType: (any Error).self,
      // In pieces, of which each is what one look at the socket has brought: 64 KB at most.
      backPressureStrategy: NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
        lowWatermark: 1, highWatermark: 4),
      finishOnDeinit: true, delegate: Demand(act: onDemand))
    body = RequestBody(asyncSequence: pieces.sequence)
    source = pieces.source
  }

  /// - Returns: whether more is to be read now.
  func append(_ piece: ByteBuffer) -> Bool {
    if case .stopProducing = source.yield(piece) { false } else { true }
  }

  func finish() { source.finish() }

  /// What is missing will not come.
  func finish(_ error: any Error) { source.finish(error) }

  private struct Demand: NIOAsyncSequenceProducerDelegate {
    let act: @Sendable () -> Void

    func produceMore() { act() }
    func didTerminate() { act() }
  }
}
