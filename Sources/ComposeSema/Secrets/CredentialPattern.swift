/// The form of a service's credentials: how they begin, and how they go on.
struct CredentialPattern: Sendable {
  /// Which bytes belong to a credential.
  enum Alphabet: Sendable {
    /// Letters, digits, `-` and `_`.
    case wide
    case alphanumeric
    /// Capitals and digits.
    case capitals
    case hexadecimal
    /// As ``wide``, and dots between the parts.
    case dotted
  }

  let prefix: String
  /// How many bytes follow the prefix at least.
  let least: Int
  let alphabet: Alphabet
  /// With its article, for messages.
  let noun: String
  /// The environment variable that usually holds it.
  let variable: String

  private init(_ prefix: String, _ least: Int, _ alphabet: Alphabet, _ noun: String, _ variable: String) {
    self.prefix = prefix
    self.least = least
    self.alphabet = alphabet
    self.noun = noun
    self.variable = variable
  }

  /// The forms that the services publish so that scanners can find them. The first that fits counts.
  static let all: [CredentialPattern] = [
    .init("sk-ant-", 16, .wide, "an Anthropic API key", "ANTHROPIC_API_KEY"),
    .init("sk-or-", 20, .wide, "an OpenRouter API key", "OPENROUTER_API_KEY"),
    .init("sk-lf-", 20, .wide, "a Langfuse secret key", "LANGFUSE_SECRET_KEY"),
    .init("sk-", 20, .wide, "an OpenAI API key", "OPENAI_API_KEY"),
    .init("sk_live_", 16, .alphanumeric, "a Stripe key", "STRIPE_API_KEY"),
    .init("sk_test_", 16, .alphanumeric, "a Stripe key", "STRIPE_API_KEY"),
    .init("rk_live_", 16, .alphanumeric, "a Stripe key", "STRIPE_API_KEY"),
    .init("whsec_", 20, .alphanumeric, "a webhook secret", "WEBHOOK_SECRET"),
    .init("sk_", 40, .hexadecimal, "an ElevenLabs API key", "ELEVENLABS_API_KEY"),
    .init("github_pat_", 22, .wide, "a GitHub token", "GITHUB_TOKEN"),
    .init("ghp_", 30, .alphanumeric, "a GitHub token", "GITHUB_TOKEN"),
    .init("gho_", 30, .alphanumeric, "a GitHub token", "GITHUB_TOKEN"),
    .init("ghu_", 30, .alphanumeric, "a GitHub token", "GITHUB_TOKEN"),
    .init("ghs_", 30, .alphanumeric, "a GitHub token", "GITHUB_TOKEN"),
    .init("ghr_", 30, .alphanumeric, "a GitHub token", "GITHUB_TOKEN"),
    .init("glpat-", 20, .wide, "a GitLab token", "GITLAB_TOKEN"),
    .init("AKIA", 16, .capitals, "an AWS access key", "AWS_ACCESS_KEY_ID"),
    .init("ASIA", 16, .capitals, "an AWS access key", "AWS_ACCESS_KEY_ID"),
    .init("AIza", 30, .wide, "a Google API key", "GOOGLE_API_KEY"),
    .init("ya29.", 20, .wide, "a Google access token", "GOOGLE_ACCESS_TOKEN"),
    .init("xoxb-", 16, .wide, "a Slack token", "SLACK_BOT_TOKEN"),
    .init("xoxp-", 16, .wide, "a Slack token", "SLACK_USER_TOKEN"),
    .init("xoxa-", 16, .wide, "a Slack token", "SLACK_TOKEN"),
    .init("xoxe-", 16, .wide, "a Slack token", "SLACK_TOKEN"),
    .init("xapp-", 16, .wide, "a Slack app token", "SLACK_APP_TOKEN"),
    .init("hf_", 30, .alphanumeric, "a Hugging Face token", "HF_TOKEN"),
    .init("tvly-", 16, .wide, "a Tavily API key", "TAVILY_API_KEY"),
    .init("gsk_", 30, .alphanumeric, "a Groq API key", "GROQ_API_KEY"),
    .init("xai-", 30, .wide, "an xAI API key", "XAI_API_KEY"),
    .init("pplx-", 30, .wide, "a Perplexity API key", "PERPLEXITY_API_KEY"),
    .init("r8_", 30, .alphanumeric, "a Replicate token", "REPLICATE_API_TOKEN"),
    .init("pcsk_", 30, .wide, "a Pinecone API key", "PINECONE_API_KEY"),
    .init("npm_", 30, .alphanumeric, "an npm token", "NPM_TOKEN"),
    .init("SG.", 40, .dotted, "a SendGrid API key", "SENDGRID_API_KEY"),
    .init("eyJ", 40, .dotted, "a JSON Web Token", "ACCESS_TOKEN"),
  ]

  /// The first bytes of all prefixes: most bytes of most texts need no closer look.
  private static let isFirstByte: [Bool] = {
    let bytes = Set(all.compactMap(\.prefix.utf8.first))
    return (0...255).map { bytes.contains(UInt8($0)) }
  }()

  /// A credential in a text.
  struct Match {
    let pattern: CredentialPattern
    /// UTF-8 offsets.
    let range: Range<Int>
  }

  /// Every credential in a text, from left to right.
  static func matches(in bytes: [UInt8]) -> [Match] {
    guard bytes.count >= 16 else { return [] }
    var matches: [Match] = []
    var index = 0
    while index < bytes.count {
      let isStart = index == 0 || !bytes[index - 1].isTokenByte
      guard isStart, isFirstByte[Int(bytes[index])], let match = match(in: bytes, at: index) else {
        index += 1
        continue
      }
      matches.append(match)
      index = match.range.upperBound
    }
    return matches
  }

  private static func match(in bytes: [UInt8], at start: Int) -> Match? {
    for pattern in all where bytes[start...].starts(with: pattern.prefix.utf8) {
      let bodyStart = start + pattern.prefix.utf8.count
      var end = bodyStart
      while end < bytes.count, pattern.alphabet.contains(bytes[end]) { end += 1 }
      while end > bodyStart, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
      let body = bytes[bodyStart..<end]
      guard body.count >= pattern.least, pattern.accepts(body), !isPlaceholder(body) else { continue }
      return Match(pattern: pattern, range: start..<end)
    }
    return nil
  }

  private func accepts(_ body: ArraySlice<UInt8>) -> Bool {
    // A token of this form has three parts, of which the first two are JSON.
    if prefix == "eyJ" {
      return body.split(separator: UInt8(ascii: ".")).count >= 2 && body.contains(UInt8(ascii: "."))
    }
    // Words joined by dashes are a name.
    return body.contains { $0.isDigit || $0.isCapital }
  }
}

extension CredentialPattern.Alphabet {
  func contains(_ byte: UInt8) -> Bool {
    switch self {
    case .wide: byte.isTokenByte
    case .alphanumeric: byte.isTokenByte && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_")
    case .capitals: byte.isCapital || byte.isDigit
    case .hexadecimal: byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    case .dotted: byte.isTokenByte || byte == UInt8(ascii: ".")
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isCapital: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
  var isSmallLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }

  /// A letter, a digit, `-` or `_`.
  var isTokenByte: Bool {
    isDigit || isCapital || isSmallLetter || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
