package import ComposeBasic
import ComposeSyntax

extension WorkflowVariable {
  /// What an expression says about the value that it reads. Older spellings of conversions are replaced.
  init(_ expression: Expression, name: String?) {
    let fallback = expression.fallback.flatMap { VariableDefault($0, of: expression) }
    let annotations = expression.annotations.map { Note($0.name.value, $0.text.value) }
    guard let cast = expression.cast else {
      self.init(name: name, type: "string", fallback: fallback, annotations: annotations)
      return
    }
    let legacy =
      CastTable.legacyEncoding(cast.type.value) ?? cast.format.flatMap { CastTable.legacyEncoding($0.value) }
    if let legacy {
      self.init(name: name, type: "stream", subtype: legacy.rawValue, fallback: fallback, annotations: annotations)
      return
    }
    self.init(
      name: name, type: cast.type.value, isList: cast.isList, subtype: cast.subtype?.value, format: cast.format?.value,
      attributes: cast.attributes.map { Note($0.name.value, $0.value.shownText) }, fallback: fallback,
      annotations: annotations)
  }

  /// The variable without secrets, which a file can put into any of its texts.
  package func redacted(by redactor: Redactor) -> WorkflowVariable {
    WorkflowVariable(
      name: name, type: type, isList: isList, subtype: subtype.map(redactor.redact), format: format,
      attributes: attributes.map { Note($0.name, redactor.redact($0.text)) },
      fallback: fallback.flatMap { redactor.isSecret($0.text) ? nil : $0 },
      annotations: annotations.map { Note($0.name, redactor.redact($0.text)) })
  }
}

extension WorkflowOutput {
  /// The output without secrets.
  package func redacted(by redactor: Redactor) -> WorkflowOutput {
    switch self {
    case .variable(let variable): .variable(variable.redacted(by: redactor))
    case .group(let group):
      .group(
        Group(
          name: group.name.map(redactor.redact), repeatCount: group.repeatCount,
          variables: group.variables.map { $0.redacted(by: redactor) }))
    }
  }
}

extension TemplateText {
  /// The text with the values of the environment, as far as they may be shown, and expressions in their source form.
  fileprivate var shownText: String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece.value
      case .environment(let reference):
        text += reference.isSecret ? "${env.\(reference.name)}" : reference.value ?? "${env.\(reference.name)}"
      case .expression(let expression): text += expression.description
      }
    }
    return text
  }
}
