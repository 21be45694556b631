/// What a run needs of the world, besides its components.
package struct RunServices: Sendable {
  package var clock: any RunClock
  package var interrupts: any InterruptHandler
  package var observer: (any RunObserver)?
  /// Chooses where files leave the choice to chance, and spreads retries.
  package var random: RandomSource
  package var timeZones: TimeZones
  /// How long the run may take, in seconds.
  package var timeLimit: Double?

  package init(
    clock: any RunClock = SystemClock(), interrupts: any InterruptHandler = NoInterruptHandler(),
    observer: (any RunObserver)? = nil, random: RandomSource = .system, timeZones: TimeZones = .system,
    timeLimit: Double? = nil
  ) {
    self.clock = clock
    self.interrupts = interrupts
    self.observer = observer
    self.random = random
    self.timeZones = timeZones
    self.timeLimit = timeLimit
  }
}
