import ArgumentParser

/// One of several words, as the value of an option.
///
/// What the parser does by itself for such types asks the runtime for key paths and conformances, which it finds by
/// looking through all that the program has: a twentieth of `check` of a small file.
protocol WordArgument: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension WordArgument {
  init?(argument: String) { self.init(rawValue: argument) }

  var defaultValueDescription: String { rawValue }

  static var allValueStrings: [String] { allCases.map { $0.rawValue } }

  static var allValueDescriptions: [String: String] { [:] }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
