import Glibc

/// The bytes that libFuzzer hands to `LLVMFuzzerTestOneInput`.
package func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}

/// Reports a finding unless the condition holds: the message goes to standard error, and libFuzzer keeps the input.
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if condition { return }
  let text = "finding: \(message())\n"
  _ = text.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  abort()
}
