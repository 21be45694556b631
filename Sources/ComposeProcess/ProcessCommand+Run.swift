import Synchronization

/// What a program is fed with.
package enum ProcessSource: Sendable {
  case none
  case bytes([UInt8])
  /// Pieces until `nil`. The second function gives the source up; it is called when the program wants no more.
  case stream(next: @Sendable () async throws -> [UInt8]?, cancel: @Sendable () -> Void)
}

/// What a program left behind.
package struct ProcessResult: Sendable {
  package let output: [UInt8]
  package let errors: [UInt8]
  package let ending: ProcessEnding
}

extension ProcessCommand {
  /// Runs a program to its end and holds what it writes. It is over when the program has ended and all who could write
  /// to its outputs have closed them; what it left in its group without these is ended then.
  ///
  /// - Parameters:
  ///   - limit: bytes of both outputs together.
  ///   - grace: seconds between SIGTERM and SIGKILL, when it has to be ended.
  /// - Throws: ``ProcessError``; the program has ended then.
  package func run(
    feeding source: ProcessSource = .none, limit: Int, grace: Double
  ) async throws(ProcessError) -> ProcessResult {
    let process: RunningProcess
    do throws(ProcessError) {
      process = try await RunningProcess.start(self, input: source.isNone ? .none : .pipe)
    } catch {
      source.cancel()
      throw error
    }
    let budget = ByteBudget(limit)
    let outcome = await withTaskGroup(of: Part.self, returning: Result<ProcessResult, ProcessError>.self) { group in
      if !source.isNone {
        group.addTask {
          await .attempt { () async throws(ProcessError) in
            try await process.feed(source)
            return .fed
          }
        }
      }
      group.addTask {
        await .attempt { () async throws(ProcessError) in
          .output(try await budget.collect { () async throws(ProcessError) in try await process.readOutput() })
        }
      }
      group.addTask {
        await .attempt { () async throws(ProcessError) in
          .errors(try await budget.collect { () async throws(ProcessError) in try await process.readErrors() })
        }
      }
      group.addTask {
        await .attempt { () async throws(ProcessError) in .ending(try await process.waitForEnding()) }
      }
      var output: [UInt8]?
      var errors: [UInt8]?
      var ending: ProcessEnding?
      while let part = await group.next() {
        switch part {
        case .fed: continue
        case .output(let bytes): output = bytes
        case .errors(let bytes): errors = bytes
        case .ending(let end): ending = end
        case .failed(let error):
          // At once, so that all parts end: a source that does not notice its cancellation must not hold them up.
          source.cancel()
          group.cancelAll()
          await process.stop(grace: grace)
          return .failure(error)
        }
        guard let output, let errors, let ending else { continue }
        source.cancel()
        group.cancelAll()
        process.beginStop(grace: grace)
        return .success(ProcessResult(output: output, errors: errors, ending: ending))
      }
      return .failure(.cancelled)
    }
    return try outcome.get()
  }

  private enum Part: Sendable {
    case fed
    case output([UInt8])
    case errors([UInt8])
    case ending(ProcessEnding)
    case failed(ProcessError)

    static func attempt(_ body: () async throws(ProcessError) -> Part) async -> Part {
      do throws(ProcessError) { return try await body() } catch { return .failed(error) }
    }
  }
}

extension ProcessSource {
  var isNone: Bool { if case .none = self { true } else { false } }

  func cancel() {
    if case .stream(_, let cancel) = self { cancel() }
  }
}

extension RunningProcess {
  /// Feeds the program until the source or its interest ends, and ends its standard input.
  ///
  /// - Throws: `cancelled`; `input` with the error of the source.
  package func feed(_ source: ProcessSource) async throws(ProcessError) {
    defer { closeInput() }
    switch source {
    case .none: return
    case .bytes(let bytes): _ = try await write(bytes)
    case .stream(let next, let cancel):
      while true {
        let bytes: [UInt8]?
        do {
          bytes = try await next()
        } catch {
          // What ends with its reader has no error of its own.
          if Task.isCancelled { throw .cancelled }
          throw ProcessError(.input, "the standard input of the program failed", cause: error)
        }
        guard let bytes else { return }
        guard try await write(bytes) else {
          cancel()
          return
        }
      }
    }
  }
}

/// How many bytes several readers may hold together.
private final class ByteBudget: Sendable {
  private let limit: Int
  private let held = Atomic<Int>(0)

  init(_ limit: Int) { self.limit = limit }

  /// - Throws: `outputTooLong`, or what the reader throws.
  func collect(_ read: () async throws(ProcessError) -> [UInt8]?) async throws(ProcessError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try await read() {
      guard held.add(chunk.count, ordering: .relaxed).newValue <= limit else {
        throw ProcessError(.outputTooLong, "the program wrote more than \(limit / 1024 / 1024) MiB")
      }
      bytes += chunk
    }
    return bytes
  }
}
