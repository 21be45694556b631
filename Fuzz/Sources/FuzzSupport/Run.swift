import CFuzzer
import Glibc

/// Hands over to libFuzzer, which reads the command line and does not come back.
///
/// libFuzzer has a `main`, but the package manager wants that of an executable to be its own.
package func runFuzzer() {
  var count = CommandLine.argc
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  exit(LLVMFuzzerRunDriver(&count, &arguments, LLVMFuzzerTestOneInput))
}
