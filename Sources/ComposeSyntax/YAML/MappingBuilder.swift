import ComposeBasic

/// Collects a mapping's entries: finds duplicates and takes in what `<<` merges.
struct MappingBuilder {
  private var own: [YAMLEntry] = []
  private var positions: [ScalarValue: Int] = [:]
  private var merged: [YAMLEntry] = []
  /// Whether keys that are no scalars have been reported as what they were meant to be.
  var ignoresComplexKeys = false

  mutating func add(_ entry: YAMLEntry, isTagged: Bool, in text: ExpandedText, _ diagnostics: inout Diagnostics) {
    guard let key = entry.key.scalar else {
      if !ignoresComplexKeys { diagnostics.emit(.complexKey(at: entry.key.range)) }
      return
    }
    if key.style == .plain, !isTagged, key.text == "<<" {
      merge(entry.value, &diagnostics)
      return
    }
    guard !key.isUnknown, let position = positions.updateValue(own.count, forKey: key.value) else {
      own.append(entry)
      return
    }
    // A key from the environment is named as it is written: its value is nobody's business.
    let name = key.environment.isEmpty ? key.text : key.environment.map { "${env.\($0.reference.name)}" }.joined()
    diagnostics.emit(.duplicateKey(name, at: entry.key.range, first: own[position].key.range))
    // The last one wins, at the place of the first, as in the reference.
    own[position] = entry
    positions[key.value] = position
  }

  /// All entries in the order of the reference: merged ones first, each key once.
  var entries: [YAMLEntry] {
    guard !merged.isEmpty else { return own }
    var result: [YAMLEntry] = []
    var places: [ScalarValue: Int] = [:]
    for entry in merged + own {
      guard let key = entry.key.scalar else { continue }
      if let place = places[key.value], !key.isUnknown {
        result[place] = entry
      } else {
        places[key.value] = result.count
        result.append(entry)
      }
    }
    return result
  }

  /// Takes in a mapping, or a list of mappings of which an earlier one has precedence.
  private mutating func merge(_ value: YAMLNode, _ diagnostics: inout Diagnostics) {
    switch value.content {
    case .mapping(let entries): merged.append(contentsOf: entries)
    case .sequence(let items):
      for item in items.reversed() {
        guard let entries = item.mapping else {
          // The items of an alias stand elsewhere; the alias is what is wrong here.
          let isWrittenHere = value.range.contains(item.range)
          diagnostics.emit(.invalidMerge(isWrittenHere ? item : value, at: isWrittenHere ? item.range : value.range))
          return
        }
        merged.append(contentsOf: entries)
      }
    case .scalar(let scalar):
      // An undefined alias has been reported.
      let isMissing = scalar.text.isEmpty && scalar.style == .plain && !value.range.isEmpty
      if !isMissing { diagnostics.emit(.invalidMerge(value, at: value.range)) }
    }
  }
}
