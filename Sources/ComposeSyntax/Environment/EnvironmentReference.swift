package import ComposeBasic

/// One `${env.NAME}` of a file and what it stands for.
package struct EnvironmentReference: Hashable, Sendable {
  package let name: String
  /// The text that was put in its place: the variable's value or the default, after the cast. `nil` when the variable
  /// is unset and has no default.
  package let value: String?
  /// Where the value came from: `.env:3`, `process environment`, `-e`, `default`; `nil` when there is none.
  package let origin: String?
  /// The whole reference, from `$` to behind `}`.
  package let range: SourceRange
  /// Whether the value must never be printed: the variable's name says that it is a credential.
  package let isSecret: Bool
  /// What stands behind `as`.
  package let cast: String?
  /// What stands behind `|`, whether it is used or not.
  package let fallback: String?

  package init(
    name: String, value: String?, origin: String?, range: SourceRange, isSecret: Bool, cast: String? = nil,
    fallback: String? = nil
  ) {
    self.name = name
    self.value = value
    self.origin = origin
    self.range = range
    self.isSecret = isSecret
    self.cast = cast
    self.fallback = fallback
  }

  /// Whether a variable of this name may hold a credential: one of its words is, or ends in, key, token, secret,
  /// password and the like. Numbers behind a word do not matter.
  package static func isSecretName(_ name: String) -> Bool {
    words(of: name).contains { word in
      secretWords.contains(word) || secretEndings.contains { word.hasSuffix($0) }
    }
  }

  /// Whether one of the name's words says so by itself.
  package static func isPlainlySecretName(_ name: String) -> Bool {
    words(of: name).contains(where: secretWords.contains)
  }

  private static let secretWords: Set<String> = [
    "KEY", "APIKEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASS", "PWD", "CREDENTIAL", "CREDENTIALS", "AUTH",
    "AUTHORIZATION", "BEARER", "PAT",
  ]
  private static let secretEndings = ["KEY", "TOKEN", "SECRET", "PASSWORD"]

  private static func words(of name: String) -> [String] {
    name.uppercased().split { !$0.isLetter && !$0.isNumber }.map { word in
      String(word.reversed().drop(while: \.isNumber).reversed())
    }
  }
}

/// A piece of a scalar's decoded text that an environment reference stands for.
package struct EnvironmentSpan: Hashable, Sendable {
  package let reference: EnvironmentReference
  /// UTF-8 offsets in the scalar's text.
  package let range: Range<Int>

  package init(_ reference: EnvironmentReference, range: Range<Int>) {
    self.reference = reference
    self.range = range
  }
}
