import ComposeBasic
import ComposeSema

/// Puts the address of a request together: a whole URL, or a path behind the component's address.
struct RequestAddressBuilder {
  let site: InvocationSite
  let fields: [ShapeFact.RequestRole: String]
  let place: PlacedShape

  private var invocation: Invocation { site.invocation }

  var pieces: [RequestPiece] {
    let whole = fields[.url].flatMap { invocation.written($0, at: place) }
    let path = fields[.path].flatMap { invocation.written($0, at: place) }.map(pieces) ?? []
    return (whole.map(pieces) ?? joined(base, path)).map { piece in
      if case .text(let text) = piece { .text(URLEncoding.encode(text, keeping: URLEncoding.address)) } else { piece }
    }
  }

  /// Where the end of the address is written.
  var range: SourceRange { templates.last?.range ?? invocation.range }

  /// Whether the caller's input was put in for a part of it.
  var isFromInput: Bool { templates.contains(where: site.scope.isFromInput) }

  /// What the address is made of.
  private var templates: [PlanTemplate] {
    if let whole = fields[.url].flatMap({ invocation.written($0, at: place) }) { return [whole] }
    return [
      fields[.base].flatMap { invocation.componentField($0) },
      fields[.path].flatMap { invocation.written($0, at: place) },
    ].compactMap { $0 }
  }

  private var base: [RequestPiece] {
    if let field = fields[.base] { return invocation.componentField(field).map(pieces) ?? [] }
    guard let field = fields[.port], let component = invocation.componentShape else { return [] }
    // The program is started on this machine.
    let port = invocation.value(of: field, at: component).map(pieces) ?? []
    let prefix = fields[.prefix].flatMap { invocation.written($0, at: component) }.map(pieces) ?? []
    return [.text("http://127.0.0.1:")] + port + (prefix.isEmpty ? [] : joined([.text("")], prefix))
  }

  private func pieces(_ template: PlanTemplate) -> [RequestPiece] {
    let value = site.scope.value(of: template)
    return value.pieces ?? value.holes.map { .hole($0) }
  }

  /// With one slash between both.
  private func joined(_ base: [RequestPiece], _ path: [RequestPiece]) -> [RequestPiece] {
    guard let first = path.first else { return base }
    var rest = path
    if let text = first.knownText, text.hasPrefix("/") { rest[0] = .text(String(text.dropFirst())) }
    let isClosed = base.last?.knownText?.hasSuffix("/") ?? false
    return base + (isClosed ? [] : [.text("/")]) + rest
  }
}
