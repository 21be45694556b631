import ComposeBasic

extension SavedPlan {
  /// The file.
  ///
  /// - Parameter printed: the plan as `plan --format json` prints it, to which the rest is added.
  /// - Throws: when `printed` is not JSON.
  package func text(addedTo printed: String) throws(JSONDocumentError) -> String {
    guard case .object(var members) = try JSONDocument(reading: Array(printed.utf8)) else {
      throw JSONDocumentError(message: "no object", offset: 0)
    }
    members.removeAll { $0.name == Self.member }
    members.append(JSONMember(name: Self.member, value: document))
    let digest = Self.digest(of: .object(members))
    members.append(JSONMember(name: Self.digestMember, value: .text(digest)))
    var json = JSONWriter()
    JSONDocument.object(members).append(to: &json)
    return json.text + "\n"
  }

  /// Reads a file.
  package init(reading bytes: [UInt8]) throws(SavedPlanError) {
    let document: JSONDocument
    do { document = try JSONDocument(reading: bytes) } catch { throw .notJSON(error) }
    guard case .object(let members) = document, let saved = document[Self.member],
      let digest = document[Self.digestMember]?.text, let version = saved["format_version"]?.text
    else { throw .noSavedPlan }
    guard version == Self.formatVersion, saved["identity_version"]?.integer == PlanIdentity.version else {
      throw .otherVersion(version)
    }
    guard digest == Self.digest(of: .object(members.filter { $0.name != Self.digestMember })) else { throw .edited }
    guard let plan = SavedPlan(saved) else { throw .noSavedPlan }
    self = plan
  }

  /// Whether a file claims to be a saved plan, and not a compose file; JSON is YAML too.
  package static func isSavedPlan(_ bytes: [UInt8]) -> Bool {
    guard bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{"),
      let document = try? JSONDocument(reading: bytes)
    else { return false }
    return document[member] != nil || document["workflows"] != nil && document["format_version"] != nil
  }

  private static let member = "saved"
  private static let digestMember = "digest"

  /// Of everything else in the file. Layout and the order of members make no difference.
  private static func digest(of document: JSONDocument) -> String { SemanticHash(of: document).description }

  // MARK: Members

  private var document: JSONDocument {
    .object([
      "format_version": .text(Self.formatVersion), "identity_version": .integer(PlanIdentity.version),
      "configuration": .text(snapshot.configuration.description),
      "files": .list(files.map(JSONDocument.text)), "workflow": workflow.map(JSONDocument.text), "input": input,
      "environment": .list(
        needs.map { need in
          .object([
            "name": .text(need.name), "secret": .boolean(need.isSecret), "set": .boolean(need.isSet),
            "value": need.value.map(JSONDocument.text),
          ])
        }),
      "comparison": snapshot.document,
    ])
  }

  private init?(_ document: JSONDocument) {
    guard let snapshot = document["comparison"].flatMap({ PlanSnapshot($0) }), let files = document["files"]?.list,
      let list = document["environment"]?.list
    else { return nil }
    let needs = list.compactMap { need -> Need? in
      guard let name = need["name"]?.text, let isSecret = need["secret"]?.boolean, let isSet = need["set"]?.boolean
      else { return nil }
      return Need(name: name, isSecret: isSecret, isSet: isSet, value: need["value"]?.text)
    }
    guard needs.count == list.count else { return nil }
    self.init(
      files: files.compactMap(\.text), workflow: document["workflow"]?.text, input: document["input"], needs: needs,
      snapshot: snapshot)
  }
}
