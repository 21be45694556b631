import ComposeBasic

/// Prints the requests of a workflow as commands for a POSIX shell with curl.
struct CurlPrinter {
  let plan: Plan

  func print(_ workflows: [WorkflowPlan]) -> String {
    var parts: [String] = []
    for workflow in workflows {
      let requests = plannedRequests(of: workflow)
      if requests.isEmpty { parts.append(ShellText.comment("workflow '\(workflow.id)' sends no request") + "\n") }
      for (index, request) in requests.enumerated() {
        parts.append(command(request, "\(index + 1) of \(requests.count)"))
      }
    }
    let text = parts.joined(separator: "\n")
    return text.contains("$(json ") ? Self.helper + "\n" + text : text
  }

  /// Quotes a text for the inside of a JSON string.
  private static let helper = #"""
    # Writes a text as the inside of a JSON string.
    json() {
      printf '%s' "$1" | sed -e ':a' -e '$!{N;ba' -e '}' -e 's/\\/\\\\/g' -e 's/"/\\"/g' \
        -e "s/$(printf '\t')/\\\\t/g" -e "s/$(printf '\r')/\\\\r/g" -e 's/\n/\\n/g'
    }

    """#

  private func command(_ request: PlannedRequest, _ position: String) -> String {
    var names = ShellVariables(reserved: plan.environment.map(\.name))
    var lines = [
      ShellText.comment(
        "job '\(request.job)' of workflow '\(request.workflow)', request \(position)  "
          + "(\(plan.sources.location(of: request.jobRange)))")
    ]
    for text in request.repeats { lines.append(ShellText.comment("sent \(text)")) }
    let arguments = CurlArguments(request: request).arguments(&names)
    lines += definitions(request, &names)
    return (lines + [arguments]).joined(separator: "\n") + "\n"
  }

  /// A line for each variable that ends the script when it is needed and not set, below what it stands for.
  private func definitions(_ request: PlannedRequest, _ names: inout ShellVariables) -> [String] {
    var seen: Set<String> = []
    var lines: [String] = []
    for variable in request.variables where seen.insert(variable.name).inserted {
      lines.append(ShellText.comment("\(variable.name): from the environment\(variable.isSecret ? ", secret" : "")"))
      lines.append(": \"${\(variable.name):?}\"")
    }
    let jsonHoles = request.jsonHoles
    for hole in request.holes {
      let name = names.name(of: hole)
      guard seen.insert(name).inserted else { continue }
      var text = "\(name): \(hole.source), \(hole.origin == .fromInput ? "from the input" : "known at run time")"
      let isJSON = jsonHoles.contains(hole.source) && hole.type != "text"
      if isJSON { text += hole.type == nil ? "; as JSON, a text with its quotes" : "; as JSON" }
      lines.append(ShellText.comment(text))
      switch hole.fallback {
      case .null?, nil: lines.append(": \"${\(name):?}\"")
      case let constant? where isJSON && hole.type == nil:
        lines.append(": \"${\(name):=\(ShellText.inDefault(ShellJSON.json(constant)))}\"")
      case .text(let text)?: lines.append(": \"${\(name):=\(ShellText.inDefault(text))}\"")
      case let constant?: lines.append(": \"${\(name):=\(ShellText.inDefault(constant.display))}\"")
      }
    }
    return lines
  }
}

extension PlannedRequest {
  private var values: [RequestValue] {
    [method, .text(url)] + query.map(\.value) + headers.map(\.value) + [body?.value].compactMap { $0 }
  }

  fileprivate var holes: [RequestHole] { values.flatMap(\.holes) }

  fileprivate var variables: [PlanEnvironmentValue] { values.flatMap(\.variables) }

  /// The expressions whose variables hold JSON.
  fileprivate var jsonHoles: Set<String> {
    guard let body, body.form == .json else { return [] }
    return Set(body.value.wholeHoles.map(\.source))
  }
}

extension RequestValue {
  /// The holes that are values by themselves, not parts of a text.
  fileprivate var wholeHoles: [RequestHole] {
    switch self {
    case .known, .text: []
    case .hole(let hole): [hole]
    case .list(let items): items.flatMap(\.wholeHoles)
    case .object(let members): members.flatMap(\.value.wholeHoles)
    }
  }
}
