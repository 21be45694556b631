/// The way of a service from serving to its end. It goes in one direction only.
final class Lifecycle: Sendable {
  /// Open from when the service was asked to stop: it goes on as before for a while, and `health` tells.
  let pending = Latch()
  /// Open from when nothing new begins: tasks go on, new ones are refused.
  let draining = Latch()
  /// Open from when the tasks that are still going on are cancelled.
  let cancelling = Latch()
  /// Open from when even the connections are cut.
  let aborting = Latch()

  /// Takes the next step: what each signal does.
  func advance() {
    if !pending.isOpen {
      pending.open()
    } else if !cancelling.isOpen {
      draining.open()
      cancelling.open()
    } else {
      aborting.open()
    }
  }

  /// What `health` says.
  var status: String {
    if draining.isOpen { return "shutting_down" }
    return pending.isOpen ? "shutdown_pending" : "ok"
  }
}
