package import ComposeBasic

/// What a run may touch besides its own memory: a list of all that must be allowed.
package struct SideEffects: Sendable {
  /// Servers that are asked.
  package var hosts: [Effect<Host>] = []
  /// Programs that are started.
  package var commands: [Effect<String>] = []
  /// Files and folders that are read.
  package var filesRead: [Effect<String>] = []
  package var filesWritten: [Effect<String>] = []
  /// Variables of the environment whose values are used.
  package var environment: [Effect<String>] = []
  /// Other workflows of the file that are run.
  package var workflows: [Effect<String>] = []
  /// Components that start a process or a container.
  package var processes: [Effect<String>] = []
  /// Components that need a model or a package besides the program.
  package var packages: [Effect<String>] = []

  /// Where a server is, as far as it is known.
  package struct Host: Hashable, Sendable {
    package let scheme: String?
    package let host: String
    package let port: Int?

    /// `https://api.openai.com`, with the port when it is not that of the scheme.
    package var text: String { (scheme.map { $0 + "://" } ?? "") + host + (port.map { ":\($0)" } ?? "") }
  }
}

/// One thing that a run touches, and from where.
package struct Effect<Value: Hashable & Sendable>: Sendable {
  /// What is touched.
  package enum What: Hashable, Sendable {
    case known(Value)
    /// The expression that decides.
    case atRunTime(String)
  }

  package let what: What
  /// Where the file says it, in the order of the file.
  package var places: [SourceRange]
}

extension SideEffects {
  /// Whether something is touched whose name only a run knows.
  package var isOpen: Bool {
    hosts.contains(where: \.isOpen) || [commands, filesRead, filesWritten].joined().contains(where: \.isOpen)
  }
}

extension Effect {
  package var isOpen: Bool {
    if case .atRunTime = what { true } else { false }
  }
}

extension [Effect<String>] {
  mutating func add(_ what: Effect<String>.What, at range: SourceRange) { addEffect(what, at: range, to: &self) }
}

extension [Effect<SideEffects.Host>] {
  mutating func add(_ what: Effect<SideEffects.Host>.What, at range: SourceRange) {
    addEffect(what, at: range, to: &self)
  }
}

private func addEffect<Value>(_ what: Effect<Value>.What, at range: SourceRange, to list: inout [Effect<Value>]) {
  guard let index = list.firstIndex(where: { $0.what == what }) else {
    list.append(Effect(what: what, places: [range]))
    return
  }
  if !list[index].places.contains(range) { list[index].places.append(range) }
}
