import ComposeBasic

/// The server in an address; `at run time` when an expression decides which it is.
func host(in pieces: [RequestPiece]) -> Effect<SideEffects.Host>.What {
  var known = ""
  for piece in pieces {
    guard let text = piece.knownText else { break }
    known += text
  }
  let isWhole = pieces.allSatisfy { $0.knownText != nil }
  let display = authority(of: pieces)
  guard let mark = known.firstRange(of: "://") else { return .atRunTime(display) }
  let rest = known[mark.upperBound...]
  var authority = rest.prefix { !"/?#".contains($0) }
  // The name may go on in what is not known.
  guard isWhole || authority.endIndex < rest.endIndex else { return .atRunTime(display) }
  if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
  var port: Int?
  if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
    port = Int(authority[authority.index(after: colon)...])
    authority = authority[..<colon]
  }
  return .known(
    SideEffects.Host(
      scheme: known[..<mark.lowerBound].lowercased(), host: authority.lowercased(), port: port))
}

/// The beginning of an address up to its path, for people.
private func authority(of pieces: [RequestPiece]) -> String {
  var text = ""
  for (index, piece) in pieces.enumerated() {
    let shown = piece.display
    // The slashes of the scheme are not the end.
    let end = piece.knownText == nil || index == 0 ? nil : shown.firstIndex { "/?#".contains($0) }
    guard let end, !shown.hasPrefix("://") else {
      text += shown
      continue
    }
    return text + shown[..<end]
  }
  return text
}

extension RequestPiece {
  /// The piece for people, without secrets.
  var display: String {
    switch self {
    case .text(let text): text
    case .environment(let value): value.display
    case .hole(let hole): hole.source
    }
  }
}

extension EffectCollector {
  /// The programs of one command, or of several.
  mutating func addCommands(_ template: PlanTemplate, in scope: ValueScope) {
    guard case .list(let items) = template.content, let first = items.first else {
      effects.commands.add(name(of: template, in: scope), at: template.range)
      return
    }
    if case .list = first.content {
      for item in items { addCommands(item, in: scope) }
    } else {
      effects.commands.add(name(of: first, in: scope), at: first.range)
    }
  }

  /// The paths of one file or several, below a folder.
  func paths(_ template: PlanTemplate, below folder: PlanTemplate?, in scope: ValueScope) -> [Effect<String>.What] {
    if case .list(let items) = template.content { return items.flatMap { paths($0, below: folder, in: scope) } }
    let path = name(of: template, in: scope)
    guard let folder else { return [path] }
    switch (name(of: folder, in: scope), path) {
    case (_, .known(let file)) where file.hasPrefix("/"): return [path]
    case (.known(let start), .known(let file)): return [.known(joined(start, file))]
    case (.known(let start), .atRunTime(let file)), (.atRunTime(let start), .known(let file)),
      (.atRunTime(let start), .atRunTime(let file)):
      return [.atRunTime(joined(start, file))]
    }
  }

  private func joined(_ folder: String, _ file: String) -> String {
    folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
  }

  private func name(of template: PlanTemplate, in scope: ValueScope) -> Effect<String>.What {
    let value = scope.value(of: template)
    if let text = value.knownText { return .known(text) }
    return .atRunTime(value.pieces?.map(\.display).joined() ?? template.display)
  }
}
