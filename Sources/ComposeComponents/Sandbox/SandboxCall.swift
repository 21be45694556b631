import ComposeBasic
import ComposeHTTP
import ComposeRuntime
import ComposeSema

/// A request to a described API, read as the API reads it.
struct SandboxCall: Sendable {
  let url: String
  /// The members of the body, or the parts of a form that are no files.
  let fields: OrderedObject
  /// The files of a form by the names of their parts.
  let files: [String: SandboxForm.File]
  /// A name for this call and all that are equal to it.
  let fingerprint: String
  let background: SandboxBackground

  /// - Throws: when the body cannot be read, or lacks what the description asks for.
  init(
    _ request: HTTPRequest, body: [UInt8], api: APIDescription, background: SandboxBackground
  ) throws(SandboxRefusal) {
    url = request.url
    self.background = background
    fingerprint = String(SHA256.digest(of: body.span).hexadecimal.prefix(24))
    let contentType = request.headers.last { $0.name.lowercased() == "content-type" }?.value ?? ""
    if contentType.lowercased().hasPrefix("multipart/form-data"), api.bodies.contains("multipart") {
      let form = try SandboxForm(body, contentType: contentType)
      fields = form.fields
      files = form.files
    } else {
      guard let value = try? parseJSON(body), case .object(let object) = value else { throw .unreadable }
      fields = object
      files = [:]
    }
    try checkFields(of: api)
  }

  subscript(name: String) -> Value { fields[name] ?? .null }

  func text(_ name: String) -> String? { self[name].sandboxText }

  func isTrue(_ name: String) -> Bool {
    switch self[name] {
    case .boolean(let value): value
    // A part of a form.
    case .text(let text): text == "true"
    default: false
    }
  }

  /// A number, or the text of one in a form.
  func integer(_ name: String) -> Int? {
    switch self[name] {
    case .integer(let number): number
    case .text(let text): Int(text)
    default: nil
    }
  }

  var model: String { text("model") ?? "sandbox" }

  private func checkFields(of api: APIDescription) throws(SandboxRefusal) {
    for field in api.request.fields {
      guard let value = fields[field.name], !value.isNull || field.type.allowsNull else {
        if field.isRequired, files[field.name] == nil { throw .missing(field.name) }
        continue
      }
      // All parts of a form are texts.
      if files.isEmpty { try SandboxValidation(api: api).check(value, field.type, at: field.name) }
    }
  }
}
