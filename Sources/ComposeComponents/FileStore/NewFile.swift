import ComposeRuntime
import Glibc
import Synchronization

/// A file that is being written under a name of its own, and takes its place at once when it is complete. Readers see
/// the old file or the new one, and after a loss of power it is one of both.
final class NewFile: Sendable {
  private let folder: Descriptor
  private let file: Descriptor
  private let temporaryName: [UInt8]
  private let isPlaced = Mutex(false)

  /// Names of files that are being written begin so. They are never listed.
  static let prefix = Array(".model-compose-".utf8)

  init(in folder: Descriptor) throws(FileFault) {
    let random =
      String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
    temporaryName = Self.prefix + Array(random.utf8)
    let descriptor = withCString(temporaryName) {
      openat(folder.number, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw .last }
    self.folder = folder
    file = Descriptor(descriptor)
  }

  deinit {
    if !isPlaced.withLock({ $0 }) { _ = withCString(temporaryName) { unlinkat(folder.number, $0, 0) } }
  }

  func write(_ bytes: [UInt8]) throws(FileFault) { try file.write(bytes) }

  /// Waits until the disk has everything, and gives the file its name. An older file of that name is gone then.
  ///
  /// - Parameter mode: the permissions, where they are not the usual ones.
  /// - Returns: how many bytes it has.
  func place(as name: [UInt8], mode: mode_t? = nil) throws(FileFault) -> Int {
    if let mode, fchmod(file.number, mode) != 0 { throw .last }
    guard let status = file.status, fsync(file.number) == 0 else { throw .last }
    let isRenamed = withCString(temporaryName) { old in
      withCString(name) { new in renameat(folder.number, old, folder.number, new) == 0 }
    }
    guard isRenamed else { throw .last }
    isPlaced.withLock { $0 = true }
    // The name is part of the folder, which is a file of its own for the disk.
    let opened = openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if opened >= 0 { fsync(Descriptor(opened).number) }
    return Int(status.st_size)
  }
}

extension NewFile {
  /// Writes what a source gives, piece by piece. The source is given up when writing fails or the task is cancelled.
  ///
  /// - Parameter failure: makes an error of what goes wrong with the file.
  func write(
    _ reader: ResourceReader, failure: (FileFault) -> RuntimeError
  ) async throws(RuntimeError) {
    let outcome = await withTaskCancellationHandler { () async -> Result<Void, RuntimeError> in
      do throws(RuntimeError) {
        while let piece = try await reader.next() {
          if Task.isCancelled { throw .cancelled }
          try await write(piece, failure: failure)
        }
        return .success(())
      } catch {
        reader.cancel()
        return .failure(error)
      }
    } onCancel: {
      reader.cancel()
    }
    if Task.isCancelled { throw .cancelled }
    try outcome.get()
  }

  /// Large pieces let others have the thread in between.
  private func write(_ piece: [UInt8], failure: (FileFault) -> RuntimeError) async throws(RuntimeError) {
    let size = 1 << 20
    do throws(FileFault) {
      if piece.count <= size { return try write(piece) }
    } catch {
      throw failure(error)
    }
    for start in stride(from: 0, to: piece.count, by: size) {
      if Task.isCancelled { throw .cancelled }
      let part = Array(piece[start..<min(start + size, piece.count)])
      do throws(FileFault) { try write(part) } catch { throw failure(error) }
      await Task.yield()
    }
  }
}
