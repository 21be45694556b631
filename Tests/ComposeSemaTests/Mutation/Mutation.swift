/// One single mistake, made on purpose in a correct file.
struct Mutation: Sendable {
  /// How the mistake is made.
  enum Operation: String, CaseIterable, Sendable {
    case delete, rename, swap, retype, move
  }

  let operation: Operation
  /// What was done, and where: `rename /component/type to 'tpye'`.
  let title: String
  let tree: MutationTree

  init(_ operation: Operation, at path: MutationPath, _ what: String, _ tree: MutationTree) {
    self.operation = operation
    self.title = "\(operation.rawValue) /\(path.map(\.description).joined(separator: "/"))\(what)"
    self.tree = tree
  }
}

/// Every mutation of a document, in its order. None of them leaves a file that means the same.
func mutations(of document: MutationTree) -> [Mutation] {
  let facts = MutationFacts(document)
  var all: [Mutation] = []
  document.walk { path, value in
    all += renamings(at: path, value, in: document, facts)
    all += deletions(at: path, value, in: document, facts)
    all += retypings(at: path, value, in: document, facts)
    all += swaps(at: path, value, in: document, facts)
    all += moves(at: path, value, in: document, facts)
  }
  var seen: Set<MutationTree> = [document]
  return all.filter { seen.insert($0.tree).inserted }
}

/// What is known about a document before it is changed.
struct MutationFacts {
  /// The ids that something else in the document names.
  let referredIDs: Set<String>

  init(_ document: MutationTree) {
    var ids: Set<String> = []
    var texts: [String] = []
    document.walk { path, value in
      guard case .text(let text) = value else { return }
      if path.last == .key("id") { ids.insert(text) } else { texts.append(text) }
    }
    referredIDs = ids.filter { id in
      texts.contains { $0 == id || $0.contains("jobs.\(id).") }
    }
  }

  /// Whether the language gives the keys of the mapping a meaning. Below these the author chooses them.
  func isDescribed(_ path: MutationPath) -> Bool {
    let free: Set<String> = [
      "body", "env", "headers", "input", "metadata", "output", "params", "result",
    ]
    return !path.contains { $0.key.map(free.contains) ?? false }
  }

  /// Whether the value stands in the body of a request to an API that is described.
  func isDescribedBody(_ path: MutationPath, in document: MutationTree) -> Bool {
    guard let body = path.firstIndex(of: .key("body")), path.count == body + 2 else { return false }
    return isDescribedAPI(path, in: document)
  }

  /// Whether the path lies in an action of a component that calls a described API.
  func isDescribedAPI(_ path: MutationPath, in document: MutationTree) -> Bool {
    for length in path.indices {
      guard case .text(let url)? = document[Array(path[..<length])]?["base_url"] else { continue }
      return url == "https://api.openai.com/v1" || url == "https://api.anthropic.com"
    }
    return false
  }
}

extension String {
  /// The name with two neighbouring letters exchanged, the nearest to the middle that differ; or with one more letter.
  var misspelt: String {
    let letters = Array(self)
    for offset in 0..<letters.count {
      let middle = letters.count / 2 + (offset % 2 == 0 ? offset / 2 : -(offset + 1) / 2)
      guard middle > 0, middle < letters.count, letters[middle - 1] != letters[middle],
        letters[middle].isLetter, letters[middle - 1].isLetter
      else { continue }
      var changed = letters
      changed.swapAt(middle - 1, middle)
      return String(changed)
    }
    return self + "x"
  }

  /// The name without its last letter; of a short name with one more.
  var shortened: String { count > 3 ? String(dropLast()) : self + "s" }
}
