/// Hands each event to several observers, one after the other.
package struct RunObservers: RunObserver {
  private let all: [any RunObserver]

  package init(_ all: [any RunObserver]) { self.all = all }

  package func observe(_ event: RunEvent) {
    for observer in all { observer.observe(event) }
  }
}
