package import ComposeBasic
package import ComposeSema

/// Everything that happens to a chunk between the bytes of a reply and the reader of the stream, as one step.
///
/// Without it, each conversion that a job or a workflow adds is a stream of its own around the one before.
package struct StreamPipeline: Sendable {
  /// How the data of an event become a chunk.
  package enum Format: String, Sendable {
    case bytes
    case text
    case json
  }

  /// What becomes of a chunk.
  package enum Projection: Sendable {
    /// The value at a path, then a conversion.
    case path([PlanReference.Step], PlanCast?)
    /// A template that sees the chunk.
    case template
  }

  package var format: Format
  package var projection: Projection
  /// How the chunks leave; `nil` when they stay values.
  package var encoding: Type.Encoding?
  /// Where the encoding is written.
  package var encodingRange: SourceRange?

  package init(
    format: Format, projection: Projection, encoding: Type.Encoding? = nil, encodingRange: SourceRange? = nil
  ) {
    self.format = format
    self.projection = projection
    self.encoding = encoding
    self.encodingRange = encodingRange
  }
}

extension StreamPipeline {
  /// How the events of a reply are read by an action whose output sees chunks.
  ///
  /// - Parameters:
  ///   - output: the output of the action.
  ///   - resultName: the root under which the output sees the chunks; that of the invocation without it.
  package init(_ invocation: Invocation, output: PlanTemplate, resultName: String? = nil) {
    switch invocation.actionField("stream_format")?.literal {
    case .text("json")?: format = .json
    case .text?: format = .text
    default: format = .bytes
    }
    if case .reference(let reference) = output.content, reference.isChunk,
      reference.root == resultName ?? invocation.resultName,
      !reference.hasRootIndex, reference.fallback == nil, reference.steps.allSatisfy(\.isPlain),
      reference.cast?.isPlain ?? true
    {
      projection = .path(reference.steps, reference.cast)
    } else {
      projection = .template
    }
  }

  /// Whether ``display`` says all that the output of the action does.
  package var showsOutput: Bool {
    if case .path = projection { true } else { false }
  }

  /// One line for people: `events → JSON → choices[0].delta.content → text, in one step`.
  package var display: String {
    var stages = ["events", format == .json ? "JSON" : format.rawValue]
    switch projection {
    case .path(let steps, let cast):
      if !steps.isEmpty { stages.append(steps.display) }
      if let cast { stages.append("as \(cast.type)\(cast.isList ? "[]" : "")") }
    case .template: stages.append("each chunk")
    }
    if let encoding { stages.append("stream/\(encoding.rawValue)") }
    return stages.joined(separator: " → ") + ", in one step"
  }
}

extension PlanReference.Step {
  fileprivate var isPlain: Bool {
    switch self {
    case .key, .index: true
    case .slice, .wildcard: false
    }
  }
}

extension PlanCast {
  /// Whether the conversion needs nothing but the value: no reading, no attributes.
  package var isPlain: Bool { attributes.isEmpty && format == nil && Self.plainTypes.contains(type) }

  private static let plainTypes: Set<String> = [
    "string", "text", "markdown", "integer", "number", "boolean", "list", "object", "json",
  ]
}

extension [PlanReference.Step] {
  /// As it is written in a file.
  fileprivate var display: String {
    enumerated().map { index, step in
      switch step {
      case .key(let name): index == 0 ? name : ".\(name)"
      case .index(let position): "[\(position)]"
      case .slice(let from, let to): "[\(from.map(String.init) ?? ""):\(to.map(String.init) ?? "")]"
      case .wildcard: "[*]"
      }
    }.joined()
  }
}
