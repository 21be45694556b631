/// Misspelt keys, values of vocabularies, references, and parts of expressions.
func renamings(
  at path: MutationPath, _ value: MutationTree, in document: MutationTree, _ facts: MutationFacts
) -> [Mutation] {
  switch value {
  case .mapping(let entries):
    guard facts.isDescribed(path) || (path.last == .key("body") && facts.isDescribedAPI(path, in: document)) else {
      return []
    }
    return entries.flatMap { entry in
      [entry.key.misspelt, entry.key.shortened].filter { $0 != entry.key }.map { name in
        Mutation(
          .rename, at: path + [.key(entry.key)], " to '\(name)'",
          document.changing(path) { _ in
            .mapping(entries.map { $0.key == entry.key ? MutationEntry(name, $0.value) : $0 })
          })
      }
    }
  case .text(let text):
    if text.contains("${") { return expressionRenamings(at: path, text, in: document, facts) }
    let isID = path.last == .key("id")
    guard facts.isDescribed(path), isID || isName(path) || facts.referredIDs.contains(text) else { return [] }
    if isID, !facts.referredIDs.contains(text) { return [] }
    return [text.misspelt].map { name in
      Mutation(.rename, at: path, " value to '\(name)'", document.changing(path) { _ in .text(name) })
    }
  default: return []
  }
}

/// Whether the value is a word of a vocabulary.
private func isName(_ path: MutationPath) -> Bool {
  let vocabularies: Set<String> = [
    "type", "driver", "method", "operator", "backoff", "level", "stream_format", "task",
  ]
  return path.last?.key.map(vocabularies.contains) ?? false
}

/// Slips inside `${…}`: a name, a type, the brace.
private func expressionRenamings(
  at path: MutationPath, _ text: String, in document: MutationTree, _ facts: MutationFacts
) -> [Mutation] {
  guard !text.contains("${env."), let start = text.firstRange(of: "${"), let end = text.lastIndex(of: "}") else {
    return []
  }
  let inner = String(text[start.upperBound..<end])
  let reference = String(inner.prefix { $0 != " " })
  let parts = reference.split(separator: ".").map(String.init)
  guard let root = parts.first else { return [] }
  func changed(_ what: String, _ newInner: String, close: String = "}") -> Mutation {
    let newText = text[..<start.upperBound] + newInner + close + text[text.index(after: end)...]
    return Mutation(.rename, at: path, " \(what)", document.changing(path) { _ in .text(String(newText)) })
  }
  func replacing(_ index: Int, _ name: String) -> String {
    var names = parts
    names[index] = name
    return names.joined(separator: ".") + inner.dropFirst(reference.count)
  }
  var all = [changed("without its brace", inner, close: "")]
  let rootName = String(root.prefix { $0 != "[" })
  all.append(changed("root '\(rootName)'", replacing(0, rootName.misspelt + root.dropFirst(rootName.count))))
  if root == "jobs", parts.count > 2 {
    all.append(changed("job '\(parts[1])'", replacing(1, parts[1].misspelt)))
    all.append(changed("member 'output'", replacing(2, "output".misspelt)))
  }
  if rootName == "response", parts.count > 1, facts.isDescribedAPI(path, in: document) {
    for index in 1..<parts.count {
      let name = String(parts[index].prefix { $0 != "[" })
      all.append(
        changed("member '\(name)'", replacing(index, name.misspelt + parts[index].dropFirst(name.count))))
    }
  }
  if let cast = inner.firstRange(of: " as ") {
    let rest = inner[cast.upperBound...]
    let type = String(rest.prefix { $0.isLetter })
    let after = rest.dropFirst(type.count)
    all.append(changed("type '\(type)'", inner[..<cast.upperBound] + type.misspelt + after))
    all.append(changed("without 'as'", inner[..<cast.lowerBound] + " " + rest))
  }
  return all
}
