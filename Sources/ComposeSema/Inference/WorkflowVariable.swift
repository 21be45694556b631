/// One value that goes into a workflow or comes out of it, as an expression of the file describes it.
package struct WorkflowVariable: Hashable, Sendable {
  /// A name with a text.
  package struct Note: Hashable, Sendable {
    package let name: String
    package let text: String

    package init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// For an input the path behind `input.` as it is written, for an output its place in the result; `nil` for the
  /// whole value.
  package var name: String?
  /// The conversion's type; `string` when nothing converts the value.
  package var type: String
  package var isList: Bool
  package var subtype: String?
  package var format: String?
  /// What stands between brackets after the subtype, unevaluated.
  package var attributes: [Note]
  /// The choices of a `select`, or the least, greatest and step of a `slider`.
  package var options: [SchemaValue]
  /// The default, when it is known and holds no secret.
  package var fallback: VariableDefault?
  package var annotations: [Note]

  package init(
    name: String?, type: String, isList: Bool = false, subtype: String? = nil, format: String? = nil,
    attributes: [Note] = [], fallback: VariableDefault? = nil, annotations: [Note] = []
  ) {
    self.name = name
    self.type = type
    self.isList = isList
    self.subtype = subtype
    self.format = format
    self.attributes = attributes
    self.options = Self.options(of: type, subtype)
    self.fallback = fallback
    self.annotations = annotations
  }

  /// The text of the first `@(description …)`.
  package var description: String? { annotations.first { $0.name == "description" }?.text }

  private static func options(of type: String, _ subtype: String?) -> [SchemaValue] {
    guard let subtype else { return [] }
    let texts = CastTable.options(in: subtype)
    switch type {
    case "select": return texts.map(SchemaValue.text)
    case "slider": return texts.map { SchemaValue(integer: $0) ?? SchemaValue(number: $0) ?? .text($0) }
    default: return []
    }
  }
}

/// What a run of a workflow gives: one value, or the values of a job that runs several times.
package indirect enum WorkflowOutput: Hashable, Sendable {
  case variable(WorkflowVariable)
  case group(Group)

  /// The values of one of several runs.
  package struct Group: Hashable, Sendable {
    /// The job's name, else its id; `nil` for a job inside a job that has neither.
    package let name: String?
    /// How many runs there are; 0 when that depends on the data.
    package let repeatCount: Int
    package let variables: [WorkflowOutput]

    package init(name: String?, repeatCount: Int, variables: [WorkflowOutput]) {
      self.name = name
      self.repeatCount = repeatCount
      self.variables = variables
    }
  }

  /// A value of which nothing is known.
  package static let any = WorkflowOutput.variable(WorkflowVariable(name: nil, type: "any"))
}
