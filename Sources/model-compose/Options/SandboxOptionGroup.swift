import ArgumentParser
import ComposeComponents
import ComposeHTTP
import ComposeSema

/// The options that choose between providers and the sandbox.
struct SandboxOptionGroup: ParsableArguments {
  @Flag(name: .customLong("sandbox"), help: "Answer calls to described APIs inside the process: no network, no key.")
  var isOn = false

  @Option(name: .customLong("sandbox-rate"), help: "Tokens a second in the sandbox; 0 for no pauses.")
  var rate: Double = 40

  @Option(name: .customLong("sandbox-fault"), help: "What goes wrong in the sandbox: 429, 500, drop, malformed, stall.")
  var fault: SandboxOptions.Fault?

  /// What requests go through.
  func makeTransport(_ catalog: Catalog) -> any HTTPTransport {
    isOn
      ? SandboxTransport(catalog: catalog, options: SandboxOptions(rate: rate, fault: fault))
      : CurlTransport()
  }
}

extension SandboxOptions.Fault: WordArgument {}
