import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeSema

/// What counts as a finding, and as how bad.
struct FindingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Report findings of this code as errors.", valueName: "code"))
  var error: [String] = []

  @Option(help: ArgumentHelp("Report findings of this code as warnings.", valueName: "code"))
  var warn: [String] = []

  @Option(help: ArgumentHelp("Do not report findings of this code.", valueName: "code"))
  var allow: [String] = []

  func validate() throws {
    var owners: [String: String] = [:]
    for (option, codes) in [("--error", error), ("--warn", warn), ("--allow", allow)] {
      for code in codes {
        guard AllCodes.sorted.contains(where: { $0.id == code }) else {
          let best = suggestion(for: code, among: AllCodes.sorted.map(\.id))
          throw ValidationError(
            "\(option): there is no code '\(code)'"
              + (best.map { "; did you mean '\($0)'?" } ?? "; 'model-compose explain' lists all codes"))
        }
        if let other = owners.updateValue(option, forKey: code), other != option {
          throw ValidationError("'\(code)' is given to both \(other) and \(option).")
        }
      }
    }
  }

  /// Severities by code, as the command line sets them.
  var compileOptions: CompileOptions {
    var options = CompileOptions()
    for code in allow { options.severities[code] = .some(nil) }
    for code in error { options.severities[code] = .error }
    for code in warn { options.severities[code] = .warning }
    return options
  }
}
