package import ComposeSema

/// What a comparison needs to know of a plan: made from files, or read from a saved plan without them.
///
/// Values of the environment are not in it, except in the names of hosts, commands and files that a run touches.
package struct PlanSnapshot: Hashable, Sendable {
  /// Where something is written.
  package struct Place: Hashable, Sendable {
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1, in bytes.
    package var column: Int
  }

  /// A value as it is shown.
  package struct Value: Hashable, Sendable {
    /// A part of a value.
    package enum Piece: Hashable, Sendable {
      case text(String)
      /// The name of a job of the same workflow.
      case job(String)
    }

    package var pieces: [Piece]
    /// Whether it is a text that people write, not a number, a name or the like.
    package var isText: Bool

    /// As it is shown.
    package var text: String {
      pieces.map { piece in
        switch piece {
        case .text(let text), .job(let text): text
        }
      }.joined()
    }
  }

  /// A part of a job or workflow that has a value.
  package struct Field: Hashable, Sendable {
    /// `action.body.messages[0].content`.
    package var path: String
    package var value: Value
    package var place: Place?
  }

  /// A job with everything that it says.
  package struct Job: Hashable, Sendable {
    package var id: String
    package var kind: String
    package var hash: SemanticHash
    package var ownHash: SemanticHash
    package var fields: [Field]
    /// The points where a run stops and asks: `before`, `after`.
    package var interrupts: [String]
    package var place: Place?
  }

  /// What a caller can give.
  package struct Input: Hashable, Sendable {
    /// `nil` for the whole input.
    package var name: String?
    package var type: String
    package var isList: Bool
    package var subtype: String?
    package var format: String?
    package var options: [String]
    package var fallback: String?
    package var isRequired: Bool
    package var place: Place?
  }

  /// A workflow as callers and readers see it.
  package struct Workflow: Hashable, Sendable {
    package var id: String
    package var hash: SemanticHash
    package var isPrivate: Bool
    package var inputs: [Input]
    package var resultType: Type
    /// What the workflow says of itself: `output`, `timeout`, `title`, `description`.
    package var fields: [Field]
    /// In the order of the file.
    package var jobs: [Job]
    package var place: Place?
  }

  /// A variable that the files name.
  package struct Variable: Hashable, Sendable {
    package var name: String
    package var isSecret: Bool
    /// Whether a run needs it to be set.
    package var isRequired: Bool
    package var place: Place?
  }

  /// Something outside of the process that a run touches.
  package struct Effect: Hashable, Sendable {
    /// `asks https://api.openai.com`.
    package var text: String
    package var place: Place?
  }

  package var workflows: [Workflow]
  package var defaultWorkflow: String?
  /// `api.host`, `api.port`, `base_path`, `origins`, `web_ui.host`, `web_ui.port`.
  package var serving: [Field]
  package var environment: [Variable]
  package var effects: [Effect]
  package var configuration: SemanticHash
}
