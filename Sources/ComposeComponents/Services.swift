package import ComposeHTTP
package import ComposeRuntime

/// What components reach the world through.
package final class Services: Sendable {
  package let transport: any HTTPTransport
  /// What reaches the programs that components have started, also where calls elsewhere are answered in the program.
  package let localTransport: any HTTPTransport
  /// How long the body of an error may take to arrive; after that its beginning has to do.
  package let errorBodyTimeout: Duration

  /// Whether `;url` may name a file of this machine.
  package let allowsFileURLs: Bool

  package let processes: ProcessServices
  /// Where components wait for calls from outside.
  package let callbacks: CallbackBroker

  package init(
    transport: any HTTPTransport, localTransport: (any HTTPTransport)? = nil, errorBodyTimeout: Duration = .seconds(5),
    allowsFileURLs: Bool = true,
    processes: ProcessServices = ProcessServices(), callbacks: CallbackBroker = CallbackBroker()
  ) {
    self.transport = transport
    self.localTransport = localTransport ?? transport
    self.errorBodyTimeout = errorBodyTimeout
    self.allowsFileURLs = allowsFileURLs
    self.processes = processes
    self.callbacks = callbacks
  }

  /// The same, with every request to the programs of components.
  var local: Services {
    Services(
      transport: localTransport, errorBodyTimeout: errorBodyTimeout, allowsFileURLs: allowsFileURLs,
      processes: processes, callbacks: callbacks)
  }

  /// What conversions may reach: files of this machine, and URLs over the transport.
  var conversion: ConversionContext {
    ConversionContext(opener: TransportOpener(transport: transport), allowsFileURLs: allowsFileURLs)
  }
}
