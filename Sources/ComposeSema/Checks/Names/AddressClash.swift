package import ComposeBasic
import ComposeSyntax

/// Reports two parts of a file that listen on one port.
package enum AddressClash: Check {
  private static let code = DiagnosticCode(
    "address-clash", .error, "Two parts of the file that listen on one port",
    explanation: """
      Adapters, the Web UI, listeners and components that start a server each need a port of their own. A part without
      `port` has a default: 8080 for every adapter, 8081 for the Web UI, 8090 for callbacks, 8091 for triggers.

      ```yaml bad
      controller:
        adapter: {type: http-server, port: 8081}
        webui: {driver: gradio}
      workflow: {job: {type: delay, duration: 1s}}
      ```

      ```yaml good
      controller:
        adapter: {type: http-server, port: 8080}
        webui: {driver: gradio}
      workflow: {job: {type: delay, duration: 1s}}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let addresses = program.file.listenAddresses(program.catalog)
    for (index, address) in addresses.enumerated() {
      guard let earlier = addresses[..<index].first(where: { $0.clashes(with: address) }) else { continue }
      // Two adapters of one type are reported as such, and that there should be only one is what counts.
      if earlier.owner == address.owner, address.owner.hasSuffix(" adapter"), !address.repeats { continue }
      var diagnostic = Diagnostic(
        code, "port \(address.port) is already used by \(earlier.owner)", at: address.place
      )
      .note("\(earlier.owner) listens here", at: earlier.place)
      .upstream("the part that starts second fails because the port is taken, or its calls reach the other one")
      let used = Set(addresses.map(\.port))
      let free = (address.port...65535).first { !used.contains($0) }
      if let free, address.isWritten {
        diagnostic = diagnostic.help("give it another port, such as \(free)")
          .fix("use port \(free)", .suggested, replace: address.place, with: String(free))
      } else {
        diagnostic = diagnostic.help("give one of them another 'port'")
      }
      diagnostics.emit(diagnostic)
    }
  }
}
