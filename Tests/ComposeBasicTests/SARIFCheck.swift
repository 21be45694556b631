import ComposeTestSupport

/// What SARIF 2.1.0 asks for beyond the shape of its members: indexes, orders, and texts that are URIs.
struct SARIFCheck {
  private(set) var faults: [String] = []
  private var rules: [String] = []

  init(_ document: JSONText) {
    check(document["runs"]?.elements.count == 1, "one run")
    for run in document["runs"]?.elements ?? [] { check(run: run) }
  }

  private mutating func check(_ isTrue: Bool, _ what: String) {
    if !isTrue { faults.append(what) }
  }

  private mutating func check(run: JSONText) {
    let driver = run["tool"]?["driver"]
    rules = (driver?["rules"]?.elements ?? []).compactMap { $0["id"]?.text }
    check(Set(rules).count == rules.count, "rules are unique")
    for rule in driver?["rules"]?.elements ?? [] {
      for name in ["shortDescription", "fullDescription", "help"] {
        check(rule[name]?["text"]?.text?.isEmpty == false, "\(name) has a text")
      }
    }
    let sequences = (run["newlineSequences"]?.elements ?? []).compactMap(\.text)
    check(!sequences.isEmpty && Set(sequences).count == sequences.count, "newline sequences are unique")
    var fingerprints: Set<String> = []
    for result in run["results"]?.elements ?? [] {
      check(result: result)
      let fingerprint = result["partialFingerprints"]?["modelComposeFinding/v1"]?.text ?? ""
      check(fingerprints.insert(fingerprint).inserted, "the fingerprint '\(fingerprint)' is unique")
    }
  }

  private mutating func check(result: JSONText) {
    let index = integer(result["ruleIndex"])
    check(rules.indices.contains(index) && rules[index] == result["ruleId"]?.text, "ruleIndex leads to the rule")
    check(result["message"]?["text"]?.text?.isEmpty == false, "the message has a text")
    check(result["locations"]?.elements.count == 1, "a result has one location")
    let related = result["relatedLocations"]?.elements ?? []
    check(related.map { integer($0["id"]) } == Array(related.indices.map { $0 + 1 }), "ids of related locations")
    for location in (result["locations"]?.elements ?? []) + related {
      check(artifact: location["physicalLocation"]?["artifactLocation"])
      check(region: location["physicalLocation"]?["region"])
    }
    let hash = result["partialFingerprints"]?["primaryLocationLineHash"]?.text ?? ""
    check(hash.wholeMatch(of: /[0-9a-f]{1,16}:[1-9][0-9]*/) != nil, "'\(hash)' is a line hash")
    if let fixes = result["fixes"] { check(!fixes.elements.isEmpty, "fixes are not empty") }
    for fix in result["fixes"]?.elements ?? [] {
      let changes = fix["artifactChanges"]?.elements ?? []
      check(!changes.isEmpty, "a fix changes something")
      for change in changes {
        check(artifact: change["artifactLocation"])
        let replacements = change["replacements"]?.elements ?? []
        check(!replacements.isEmpty, "a change replaces something")
        for replacement in replacements { check(region: replacement["deletedRegion"]) }
      }
    }
  }

  private mutating func check(artifact: JSONText?) {
    let uri = artifact?["uri"]?.text ?? ""
    let unreserved = /(file:\/\/)?([A-Za-z0-9._~\/-]|%[0-9A-F][0-9A-F])+/
    check(uri.wholeMatch(of: unreserved) != nil, "'\(uri)' is a URI reference")
  }

  private mutating func check(region: JSONText?) {
    let (startLine, endLine) = (integer(region?["startLine"]), integer(region?["endLine"]))
    let (startColumn, endColumn) = (integer(region?["startColumn"]), integer(region?["endColumn"]))
    check(startLine >= 1 && startColumn >= 1 && endColumn >= 1, "lines and columns count from 1")
    check((startLine, startColumn) <= (endLine, endColumn), "a region does not end in front of its start")
  }

  private func integer(_ value: JSONText?) -> Int {
    guard case .number(let text)? = value else { return -1 }
    return Int(text) ?? -1
  }
}
