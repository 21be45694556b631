/// The way of a service from serving to its end. It goes in one direction only.
final class Lifecycle: Sendable {
  /// Open from when the service stops accepting: runs go on, new ones are refused.
  let draining = Latch()
  /// Open from when the runs that are still going on are cancelled.
  let cancelling = Latch()
  /// Open from when even the connections are cut.
  let aborting = Latch()

  /// Takes the next step: what each signal does.
  func advance() {
    if !draining.isOpen {
      draining.open()
    } else if !cancelling.isOpen {
      cancelling.open()
    } else {
      aborting.open()
    }
  }
}
