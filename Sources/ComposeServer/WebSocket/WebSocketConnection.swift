import NIOCore
import NIOWebSocket
import Synchronization

/// One open connection: what comes in goes to the session, what the session sends goes out, and both end together.
struct WebSocketConnection: Sendable {
  typealias Channel = NIOAsyncChannel<WebSocketInput, WebSocketFrame>

  let channel: Channel
  let limits: WebSocketLimits
  let outbox: WebSocketOutbox
  let lifecycle: Lifecycle

  /// Serves the connection to its end.
  func run(_ session: WebSocketSession) async {
    let underlying = channel.channel
    await withTaskCancellationHandler {
      try? await channel.executeThenClose { inbound, outbound in
        await serve(session, inbound, outbound)
      }
    } onCancel: {
      outbox.abandon()
      underlying.close(promise: nil)
    }
  }

  private func serve(
    _ session: WebSocketSession, _ inbound: NIOAsyncChannelInboundStream<WebSocketInput>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) async {
    let pulse = Monitor(0)
    await withTaskGroup(of: Void.self) { companions in
      companions.addTask { await session.run() }
      companions.addTask { await keepAlive(pulse) }
      companions.addTask { await shutDown(session) }
      companions.addTask { await limitClosing() }
      await withTaskGroup(of: Void.self) { directions in
        directions.addTask { await write(outbound) }
        directions.addTask { await read(inbound, session, pulse) }
      }
      companions.cancelAll()
    }
    session.end()
  }

  // MARK: Directions

  /// Reads until the peer has ended, since an end with unread data in the way would cut the close frame off.
  private func read(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketInput>, _ session: WebSocketSession, _ pulse: Monitor<Int>
  ) async {
    var reassembly = WebSocketReassembly(limit: limits.messageSize)
    do {
      for try await input in inbound {
        pulse.update { $0 += 1 }
        if outbox.closing.isOpen, !isClose(input) { continue }
        do throws(WebSocketClosure) {
          guard case .frame(let frame) = input else {
            if case .invalid(let closure) = input { throw closure }
            continue
          }
          switch try reassembly.take(frame) {
          case nil, .pong: continue
          case .ping(let payload): outbox.pong(payload)
          case .text(let text): await session.receive(text)
          case .binary(let bytes): await session.receive(bytes)
          case .close(let code):
            outbox.close(WebSocketClosure(code ?? 1000), dropping: true)
            return
          }
        } catch {
          outbox.close(error, dropping: true)
        }
      }
    } catch {}
    outbox.abandon()
  }

  private func isClose(_ input: WebSocketInput) -> Bool {
    if case .frame(let frame) = input { frame.opcode == .connectionClose } else { false }
  }

  private func write(_ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async {
    do {
      while let item = await outbox.next() { try await outbound.write(WebSocketFrame(item)) }
      // The peer reads to the close frame and the end, and ends then itself.
      outbound.finish()
    } catch {
      outbox.abandon()
    }
  }

  // MARK: Time

  /// Finds out whether the peer is still there.
  private func keepAlive(_ pulse: Monitor<Int>) async {
    while !Task.isCancelled {
      let seen = pulse.value
      guard let interval = limits.pingInterval else {
        if await !isHeard(pulse, after: seen, within: limits.idleTime) { outbox.close(.idle, dropping: true) }
        continue
      }
      try? await Task.sleep(for: interval)
      if Task.isCancelled { return }
      let known = pulse.value
      outbox.ping(Array("\(known)".utf8))
      if await !isHeard(pulse, after: known, within: limits.pingTimeout) {
        return outbox.close(.deaf, dropping: true)
      }
    }
  }

  private func isHeard(_ pulse: Monitor<Int>, after count: Int, within time: Duration) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { await pulse.wait { $0 > count ? true : nil } ?? true }
      group.addTask {
        do {
          try await Task.sleep(for: time)
          return false
        } catch {
          return true
        }
      }
      let isHeard = await group.next() ?? true
      group.cancelAll()
      return isHeard
    }
  }

  /// Closes when the service ends and what the client waits for has come.
  private func shutDown(_ session: WebSocketSession) async {
    await lifecycle.draining.wait()
    if !lifecycle.draining.isOpen { return }
    await session.waitUntilSettled(unless: lifecycle.cancelling)
    outbox.close(.goingAway, dropping: false)
  }

  /// Cuts a connection whose peer does not let it end.
  private func limitClosing() async {
    await outbox.closing.wait()
    if !outbox.closing.isOpen { return }
    do {
      try await Task.sleep(for: limits.closeTime)
      channel.channel.close(promise: nil)
    } catch {}
  }
}

extension WebSocketFrame {
  /// A frame of a server, which is not masked.
  fileprivate init(_ item: WebSocketOutbox.Item) {
    switch item {
    case .message(.text(let bytes)): self.init(fin: true, opcode: .text, data: ByteBuffer(bytes: bytes))
    case .message(.binary(let bytes)): self.init(fin: true, opcode: .binary, data: ByteBuffer(bytes: bytes))
    case .ping(let payload): self.init(fin: true, opcode: .ping, data: ByteBuffer(bytes: payload))
    case .pong(let payload): self.init(fin: true, opcode: .pong, data: ByteBuffer(bytes: payload))
    case .close(let closure): self.init(fin: true, opcode: .connectionClose, data: ByteBuffer(bytes: closure.payload))
    }
  }
}
