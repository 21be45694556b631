import ComposeBasic
import ComposeSyntax

extension EnvironmentReference {
  /// Words that say of a variable with KEY, TOKEN or AUTH in its name that it holds something else.
  private static let harmlessWords: Set<String> = [
    "ALGORITHM", "CACHE", "COUNT", "DIR", "DOMAIN", "ENABLED", "ENDPOINT", "EXPIRES", "EXPIRY", "FILE", "FOREIGN",
    "GROUP", "HEADER", "HOST", "ID", "LENGTH", "LIMIT", "MAX", "METHOD", "MIN", "MODE", "NAME", "OBJECT", "PARTITION",
    "PATH", "PORT", "PREFIX", "PRIMARY", "PROVIDER", "PUBLIC", "PUBLISHABLE", "REALM", "ROUTING", "SCHEME", "SCOPE",
    "SCOPES", "SORT", "TTL", "TYPE", "URI", "URL", "USER", "USERNAME",
  ]

  /// Whether the variable surely holds a credential. Hiding a value may be generous; blaming its use must not be.
  var isCredential: Bool {
    guard Self.isPlainlySecretName(name) else { return false }
    let words = name.uppercased().split { !$0.isLetter && !$0.isNumber }
    return !words.contains { Self.harmlessWords.contains(String($0)) }
  }
}

extension TemplateText {
  /// The credentials of the environment that are put into the text, those in defaults of expressions included.
  var credentials: [EnvironmentReference] {
    parts.flatMap { part -> [EnvironmentReference] in
      switch part {
      case .text: []
      case .environment(let reference): reference.isCredential ? [reference] : []
      case .expression(let expression): expression.fallback?.credentials ?? []
      }
    }
  }
}

extension Template {
  /// The credentials of the environment that are put into the value.
  var credentials: [EnvironmentReference] { texts.flatMap(\.credentials) }
}
