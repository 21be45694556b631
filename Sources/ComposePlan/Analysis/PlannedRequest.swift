package import ComposeBasic
package import ComposeSema

/// An HTTP request that a run sends, as far as it is known before.
package struct PlannedRequest: Sendable {
  /// The id of the workflow.
  package let workflow: String
  /// The name of the job that sends it; for a job inside another one, with its place there.
  package let job: String
  package let component: String
  /// The component that sends it for the job as often as it likes; `nil` when the job itself sends it.
  package let caller: String?
  /// The described API that is asked.
  package let api: String?
  /// Whether it only asks how far the work of the request before is.
  package let isPolling: Bool
  package let method: RequestValue
  /// The address without `query`; known text in it is percent-encoded.
  package let url: [RequestPiece]
  /// Where the address is written, or its end, if it is written in two parts.
  package let urlRange: SourceRange
  /// Whether the caller's input was put in for a part of the address.
  package let isURLFromInput: Bool
  /// What is added to the address. Null is left out, a list repeats its name.
  package let query: [RequestMember]
  /// In the order in which they are sent; of one name only the one that counts.
  package let headers: [RequestHeader]
  package let body: RequestBody?
  package let timeouts: RequestTimeouts
  /// Whether the answer is read as it comes.
  package let isStreamed: Bool
  /// Why the request may be sent several times, outermost first: `for each element of ${input.items}`.
  package let repeats: [String]
  /// Where the action is written.
  package let range: SourceRange
  /// Where the job is written.
  package let jobRange: SourceRange
  /// The fields that are part of the request, by the names that lead to them.
  package let fields: Set<Field>

  /// A field of the file, or one of a mapping inside another field.
  package struct Field: Hashable, Sendable {
    package let owner: PlacedShape.Owner
    package let path: [String]
  }
}

/// A header of a request.
package struct RequestHeader: Sendable {
  package let name: String
  package let value: RequestValue
  /// Where it is written; `nil` for one that the program adds.
  package let range: SourceRange?
  /// Whether the caller's input was put in for a part of it.
  package var isFromInput = false
}

/// What a request carries.
package struct RequestBody: Sendable {
  /// How the value is written.
  package enum Form: String, Hashable, Sendable {
    case json
    case form
    /// A part for each member.
    case multipart
    /// As it is.
    case text
    /// Only the value tells: text as it is, anything else as JSON.
    case open

    /// What the program says when the file says nothing.
    var contentType: String? {
      switch self {
      case .json: "application/json"
      case .text: "text/plain; charset=utf-8"
      case .form, .multipart, .open: nil
      }
    }
  }

  package let form: Form
  package let value: RequestValue
  package let range: SourceRange
}

/// The limits of a request, in seconds.
package struct RequestTimeouts: Hashable, Sendable {
  /// How long something may take.
  package enum Limit: Hashable, Sendable {
    /// - Parameter isDefault: whether the file does not say it.
    case seconds(Double, isDefault: Bool)
    /// The file says none.
    case none
    /// An expression decides.
    case atRunTime(String)
  }

  package var connect: Limit
  package var firstByte: Limit
  package var idle: Limit
  package var total: Limit
}

/// The requests of a workflow, in the order of the plan; those of workflows that it runs are not among them.
package func plannedRequests(of workflow: WorkflowPlan) -> [PlannedRequest] {
  workflow.sites.flatMap { site in RequestPlanner(workflow: workflow.id, site: site).requests }
}
