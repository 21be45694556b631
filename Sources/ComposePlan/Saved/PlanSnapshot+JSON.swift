import ComposeSema

/// What a comparison needs, as JSON in a saved plan.
extension PlanSnapshot {
  var document: JSONDocument {
    .object([
      "workflows": .list(workflows.map(\.document)), "default": defaultWorkflow.map(JSONDocument.text),
      "serving": .list(serving.map(\.document)), "environment": .list(environment.map(\.document)),
      "effects": .list(effects.map(\.document)),
      "configuration": .text(configuration.description),
    ])
  }

  init?(_ document: JSONDocument) {
    guard let workflows = document["workflows"]?.all({ Workflow($0) }),
      let serving = document["serving"]?.all({ Field($0) }),
      let environment = document["environment"]?.all({ Variable($0) }),
      let effects = document["effects"]?.all({ Effect($0) }),
      let configuration = document.hash("configuration")
    else { return nil }
    self.init(
      workflows: workflows, defaultWorkflow: document["default"]?.text, serving: serving, environment: environment,
      effects: effects,
      configuration: configuration)
  }
}

extension JSONDocument {
  /// Every element; `nil` when one of them is something else.
  fileprivate func all<Element>(_ read: (JSONDocument) -> Element?) -> [Element]? {
    guard let list else { return nil }
    let elements = list.compactMap(read)
    return elements.count == list.count ? elements : nil
  }

  fileprivate func hash(_ name: String) -> SemanticHash? { self[name]?.text.flatMap { SemanticHash($0) } }
}

extension PlanSnapshot.Place {
  fileprivate var document: JSONDocument {
    .object(["file": .text(file), "line": .integer(line), "column": .integer(column)])
  }

  fileprivate init?(_ document: JSONDocument?) {
    guard let document, let file = document["file"]?.text, let line = document["line"]?.integer,
      let column = document["column"]?.integer
    else { return nil }
    self.init(file: file, line: line, column: column)
  }
}

extension PlanSnapshot.Field {
  fileprivate var document: JSONDocument {
    let pieces = value.pieces.map { piece -> JSONDocument in
      switch piece {
      case .text(let text): .text(text)
      case .job(let name): .object(["job": .text(name)])
      }
    }
    return .object([
      "path": .text(path), "value": .list(pieces), "text": value.isText ? .boolean(true) : nil,
      "place": place?.document,
    ])
  }

  fileprivate init?(_ document: JSONDocument) {
    let pieces = document["value"]?.all { piece -> PlanSnapshot.Value.Piece? in
      piece.text.map { .text($0) } ?? piece["job"]?.text.map { .job($0) }
    }
    guard let path = document["path"]?.text, let pieces else { return nil }
    self.init(
      path: path, value: PlanSnapshot.Value(pieces: pieces, isText: document["text"]?.boolean ?? false),
      place: PlanSnapshot.Place(document["place"]))
  }
}

extension PlanSnapshot.Job {
  fileprivate var document: JSONDocument {
    .object([
      "id": .text(id), "kind": .text(kind), "hash": .text(hash.description), "own_hash": .text(ownHash.description),
      "fields": .list(fields.map(\.document)), "interrupts": .list(interrupts.map(JSONDocument.text)),
      "place": place?.document,
    ])
  }

  fileprivate init?(_ document: JSONDocument) {
    guard let id = document["id"]?.text, let kind = document["kind"]?.text, let hash = document.hash("hash"),
      let ownHash = document.hash("own_hash"), let fields = document["fields"]?.all({ PlanSnapshot.Field($0) }),
      let interrupts = document["interrupts"]?.all(\.text)
    else { return nil }
    self.init(
      id: id, kind: kind, hash: hash, ownHash: ownHash, fields: fields, interrupts: interrupts,
      place: PlanSnapshot.Place(document["place"]))
  }
}

extension PlanSnapshot.Input {
  fileprivate var document: JSONDocument {
    .object([
      "name": name.map(JSONDocument.text), "type": .text(type), "list": .boolean(isList),
      "subtype": subtype.map(JSONDocument.text), "format": format.map(JSONDocument.text),
      "options": .list(options.map(JSONDocument.text)), "default": fallback.map(JSONDocument.text),
      "required": .boolean(isRequired), "place": place?.document,
    ])
  }

  fileprivate init?(_ document: JSONDocument) {
    guard let type = document["type"]?.text, let isList = document["list"]?.boolean,
      let isRequired = document["required"]?.boolean, let options = document["options"]?.all(\.text)
    else { return nil }
    self.init(
      name: document["name"]?.text, type: type, isList: isList, subtype: document["subtype"]?.text,
      format: document["format"]?.text, options: options, fallback: document["default"]?.text, isRequired: isRequired,
      place: PlanSnapshot.Place(document["place"]))
  }
}

extension PlanSnapshot.Workflow {
  fileprivate var document: JSONDocument {
    .object([
      "id": .text(id), "hash": .text(hash.description), "private": .boolean(isPrivate),
      "inputs": .list(inputs.map(\.document)), "result": resultType.document,
      "fields": .list(fields.map(\.document)), "jobs": .list(jobs.map(\.document)), "place": place?.document,
    ])
  }

  fileprivate init?(_ document: JSONDocument) {
    guard let id = document["id"]?.text, let hash = document.hash("hash"),
      let isPrivate = document["private"]?.boolean, let inputs = document["inputs"]?.all({ PlanSnapshot.Input($0) }),
      let result = document["result"].flatMap({ Type($0) }),
      let fields = document["fields"]?.all({ PlanSnapshot.Field($0) }),
      let jobs = document["jobs"]?.all({ PlanSnapshot.Job($0) })
    else { return nil }
    self.init(
      id: id, hash: hash, isPrivate: isPrivate, inputs: inputs, resultType: result, fields: fields, jobs: jobs,
      place: PlanSnapshot.Place(document["place"]))
  }
}

extension PlanSnapshot.Variable {
  fileprivate var document: JSONDocument {
    .object([
      "name": .text(name), "secret": .boolean(isSecret), "required": .boolean(isRequired), "place": place?.document,
    ])
  }

  fileprivate init?(_ document: JSONDocument) {
    guard let name = document["name"]?.text, let isSecret = document["secret"]?.boolean,
      let isRequired = document["required"]?.boolean
    else { return nil }
    self.init(name: name, isSecret: isSecret, isRequired: isRequired, place: PlanSnapshot.Place(document["place"]))
  }
}

extension PlanSnapshot.Effect {
  fileprivate var document: JSONDocument { .object(["text": .text(text), "place": place?.document]) }

  fileprivate init?(_ document: JSONDocument) {
    guard let text = document["text"]?.text else { return nil }
    self.init(text: text, place: PlanSnapshot.Place(document["place"]))
  }
}
