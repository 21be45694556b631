/// What something else cannot do without is left out.
func deletions(
  at path: MutationPath, _ value: MutationTree, in document: MutationTree, _ facts: MutationFacts
) -> [Mutation] {
  switch value {
  case .mapping(let entries):
    guard facts.isDescribed(path) || (path.last == .key("body") && facts.isDescribedAPI(path, in: document)) else {
      return []
    }
    return entries.filter { isNeeded($0, in: entries, at: path, facts) }.map { entry in
      Mutation(
        .delete, at: path + [.key(entry.key)], "",
        document.changing(path) { _ in .mapping(entries.filter { $0.key != entry.key }) })
    }
  case .list(let items):
    let sections: Set<String> = ["components", "workflows", "jobs", "actions"]
    guard let name = path.last?.key, sections.contains(name) else { return [] }
    return items.indices.compactMap { index in
      guard case .text(let id)? = items[index]["id"], facts.referredIDs.contains(id) else { return nil }
      var rest = items
      rest.remove(at: index)
      return Mutation(.delete, at: path + [.index(index)], " '\(id)'", document.changing(path) { _ in .list(rest) })
    }
  default: return []
  }
}

/// Whether the mapping means nothing, or something else, without the entry.
private func isNeeded(
  _ entry: MutationEntry, in entries: [MutationEntry], at path: MutationPath, _ facts: MutationFacts
) -> Bool {
  let required: Set<String> = [
    "actions", "base_url", "cases", "command", "component", "components", "depends_on", "do", "driver", "duration",
    "endpoint", "if_true", "job", "jobs", "messages", "model", "path", "prompt", "script", "steps", "stream", "task",
    "text", "then", "until", "wait_for", "workflow", "workflows",
  ]
  if entry.key == "id", case .text(let id) = entry.value { return facts.referredIDs.contains(id) }
  // Of jobs and hooks `type` has a default; a job that has keys of its kind does not fit another one.
  if entry.key == "type" { return true }
  // The reference fills in these.
  if entry.key == "driver" {
    return !entries.contains { $0.value == .text("shell") || $0.key == "task" } && !path.isEmpty
  }
  if entry.key == "path" { return !entries.contains { $0.value == .text("file") } }
  return required.contains(entry.key)
}

/// A value of another kind than the field takes.
func retypings(
  at path: MutationPath, _ value: MutationTree, in document: MutationTree, _ facts: MutationFacts
) -> [Mutation] {
  let isBody = facts.isDescribedBody(path, in: document)
  guard let name = path.last?.key, isBody || facts.isDescribed(path) else { return [] }
  // Any value will do there.
  let untyped: Set<String> = ["accumulator", "value"]
  guard !untyped.contains(name) else { return [] }
  let replacements: [(String, MutationTree)] =
    switch value {
    case .text(let text) where text.contains("${") && isBody: []
    case .text: [("a number", .plain("5")), ("a mapping", .mapping([MutationEntry("a", .plain("1"))]))]
    case .plain: [("a text", .text("soon")), ("a list", .list([.plain("1")]))]
    case .list, .mapping: [("a text", .text("soon"))]
    }
  return replacements.map { kind, replacement in
    Mutation(.retype, at: path, " to \(kind)", document.changing(path) { _ in replacement })
  }
}

/// The values of two neighbouring keys are exchanged.
func swaps(
  at path: MutationPath, _ value: MutationTree, in document: MutationTree, _ facts: MutationFacts
) -> [Mutation] {
  guard case .mapping(let entries) = value, facts.isDescribed(path), entries.count > 1 else { return [] }
  return (1..<entries.count).compactMap { index in
    let (first, second) = (entries[index - 1], entries[index])
    var changed = entries
    changed[index - 1] = MutationEntry(first.key, second.value)
    changed[index] = MutationEntry(second.key, first.value)
    // Two texts that only people read mean nothing to a program.
    let prose: Set<String> = ["title", "description", "name", "message", "instructions"]
    guard !(prose.contains(first.key) && prose.contains(second.key)) else { return nil }
    return Mutation(
      .swap, at: path, " '\(first.key)' and '\(second.key)'", document.changing(path) { _ in .mapping(changed) })
  }
}

/// A key stands one level too high, or too deep.
func moves(
  at path: MutationPath, _ value: MutationTree, in document: MutationTree, _ facts: MutationFacts
) -> [Mutation] {
  guard case .mapping(let entries) = value, facts.isDescribed(path) else { return [] }
  // These exist at nearly every level, or move without a change of what they mean.
  let everywhere: Set<String> = ["id", "name", "title", "description", "input", "output", "default", "component"]
  var all: [Mutation] = []
  for entry in entries where !everywhere.contains(entry.key) {
    let rest = entries.filter { $0.key != entry.key }
    guard !rest.isEmpty else { continue }
    if let parent = parentMapping(of: path, in: document), document[parent]?[entry.key] == nil {
      let without = document.changing(path) { _ in .mapping(rest) }
      all.append(Mutation(.move, at: path + [.key(entry.key)], " up", without.changing(parent) { $0.adding(entry) }))
    }
    if let child = rest.first(where: {
      if case .mapping = $0.value { facts.isDescribed([.key($0.key)]) } else { false }
    }),
      child.value[entry.key] == nil
    {
      let changed = rest.map { $0.key == child.key ? MutationEntry($0.key, $0.value.adding(entry)) : $0 }
      all.append(
        Mutation(
          .move, at: path + [.key(entry.key)], " into '\(child.key)'",
          document.changing(path) { _ in .mapping(changed) }))
    }
  }
  return all
}

private func parentMapping(of path: MutationPath, in document: MutationTree) -> MutationPath? {
  var parent = path
  while !parent.isEmpty {
    parent.removeLast()
    if case .mapping? = document[parent] { return parent }
  }
  return nil
}

extension MutationTree {
  fileprivate func adding(_ entry: MutationEntry) -> MutationTree {
    guard case .mapping(let entries) = self else { return self }
    return .mapping(entries + [entry])
  }
}
