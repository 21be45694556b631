import ComposeBasic
import ComposeComponents
import ComposePlan
import Glibc

extension ProcessServices {
  /// What programs get from this one: its own environment, without the variables of files and of `-e`, as in the
  /// reference. What they say goes to standard error, without the secrets.
  static func ofThisProgram(isService: Bool, skipsSetup: Bool, redactor: Redactor) -> ProcessServices {
    var environment: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2, !pair[0].isEmpty { environment[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return ProcessServices(environment: environment, isService: isService, skipsSetup: skipsSetup) { component, line in
      Terminal.write("[\(component)] \(redactor.redact(line))\n", to: .standardError)
    }
  }
}

extension Project {
  /// What the components of this project start programs with.
  func processes(isService: Bool, skipsSetup: Bool = false) -> ProcessServices {
    .ofThisProgram(isService: isService, skipsSetup: skipsSetup, redactor: Redactor(secrets: plan.secrets))
  }
}
