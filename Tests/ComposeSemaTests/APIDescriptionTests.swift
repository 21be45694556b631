import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// How API descriptions are read, and how requests are recognised.
@Suite struct APIDescriptionTests {
  @Test(arguments: [
    ("/chat/completions", "openai-chat-completions"),
    ("https://api.openai.com/v1/chat/completions?a=b", "openai-chat-completions"),
    ("/v1/chat/completions#x", "openai-chat-completions"),
    ("/chat/completions/", nil), ("", nil),
    ("https://api.openai.com/v1/embeddings", "openai-embeddings"),
    ("https://eu.api.openai.com/v1/embeddings", "openai-embeddings"),
    ("http://localhost:8080/v1/embeddings", "openai-embeddings"),
    // What another server means by a word of its own is not known.
    ("http://localhost:8080/embeddings", nil),
    ("https://forms.example.com/responses", nil),
    ("https://api.openai.com/v1/responses", "openai-responses"),
    ("https://api.openai.com/v1/responses/resp_1", nil),
    ("https://api.openai.com/v1/images/generations", "openai-images"),
    ("https://api.openai.com/v1/images/edits", "openai-image-edits"),
    ("https://api.openai.com/v1/audio/speech", "openai-speech"),
    ("https://api.openai.com/v1/audio/transcriptions", "openai-transcriptions"),
    ("https://api.anthropic.com/v1/messages", "anthropic-messages"),
    ("https://api.anthropic.com/v1/messages/batches", nil),
    ("https://chat.example.com/v1/messages", nil),
    ("https://notapi.openai.com.example.com/embeddings", nil),
  ])
  func apiOfAnAddress(_ url: String, _ id: String?) {
    #expect(Catalog.builtIn.api(forPath: url)?.id == id)
  }

  @Test func headerTellsTheAPI() {
    let address = RequestAddress(url: "https://gateway.example.com/anthropic/v1/messages")
    #expect(Catalog.builtIn.api(for: address, headers: [])?.id == nil)
    #expect(Catalog.builtIn.api(for: address, headers: ["anthropic-version"])?.id == "anthropic-messages")
  }

  @Test func factsOfChatCompletions() throws {
    let api = try #require(Catalog.builtIn.api(forPath: "/chat/completions"))
    #expect(api.name == "OpenAI chat completions")
    #expect(api.provider == "api.openai.com")
    #expect(api.streamSwitch == "stream")
    #expect(api.request.fields.filter(\.isRequired).map(\.name) == ["model", "messages"])
    #expect(api.request.field("temperature")?.type == .union([.number(APIRange(least: 0, most: 2)), .null]))
    #expect(api.extras.isDisjoint(with: api.request.fields.map(\.name)))
  }

  @Test func everyDescriptionIsDatedAndNamesItsProvider() {
    #expect(Catalog.builtIn.apis.count == 8)
    for api in Catalog.builtIn.apis {
      #expect(api.asOf?.wholeMatch(of: /20[0-9]{2}-[01][0-9]/) != nil, "\(api.id)")
      #expect(api.provider != nil && api.method == "POST" && !api.variables.isEmpty, "\(api.id)")
      #expect(!api.request.fields.isEmpty, "\(api.id)")
      #expect((api.mediaKind != nil) == (api.object(named: "response") == nil), "\(api.id)")
      #expect((api.streamSwitch == nil) == (api.object(named: "chunk") == nil), "\(api.id)")
      #expect(api.extras.isDisjoint(with: api.request.fields.map(\.name)), "\(api.id)")
    }
  }

  @Test(arguments: [
    ("https://user:word@API.Example.com:8443/a/b?q=1#f", "https", "api.example.com", "/a/b"),
    ("http://[::1]:8080/x", "http", "::1", "/x"), ("http://localhost", "http", "localhost", nil),
    ("/only/path", nil, nil, "/only/path"), ("", nil, nil, nil),
  ])
  func partsOfAnAddress(_ url: String, _ scheme: String?, _ host: String?, _ path: String?) {
    let address = RequestAddress(url: url)
    #expect(address.scheme == scheme)
    #expect(address.host == host)
    #expect(address.path == path)
  }

  @Test(arguments: [
    "http://localhost:1/", "http://127.0.0.1/", "http://10.1.2.3/", "http://172.20.0.1/", "http://192.168.1.1/",
    "http://[::1]/", "http://redis:6379/", "http://host.docker.internal/", "http://printer.local/",
  ])
  func localHosts(_ url: String) { #expect(RequestAddress(url: url).isLocal) }

  @Test(arguments: ["http://example.com/", "http://172.32.0.1/", "http://8.8.8.8/", "https://api.openai.com/"])
  func otherHosts(_ url: String) { #expect(!RequestAddress(url: url).isLocal) }
}

/// The format of the files.
@Suite struct APIFileTests {
  @Test func everyForm() throws {
    let file = APIFile(
      """
      # A comment.
      @name Some API          -- A remark.
      @match /one /two
      @match /three
      @body multipart json
      @stream-switch b yes

      [request]
      @instead z a
      a!   text | null        -- The first.
      b    list<map<any>>
      c    one-of(x, y z) | Thing
      d    number(0.5..2) | integer(..7) | integer(-3..)

      [Thing]
      @loose
      @extras more
      e    boolean
      """)
    #expect(file.problems == [])
    #expect(file.directives["match"] == [["/one", "/two"], ["/three"]])
    let request = try #require(file.objects["request"])
    #expect(request.fields.map(\.name) == ["a", "b", "c", "d"])
    #expect(request.fields.map(\.isRequired) == [true, false, false, false])
    #expect(request.instead == ["z": "a"])
    #expect(request.field("a")?.type == .union([.text, .null]))
    #expect(request.field("b")?.type == .list(.map(.any)))
    #expect(request.field("c")?.type == .union([.choice(["x", "y z"]), .named("Thing")]))
    #expect(
      request.field("d")?.type
        == .union([
          .number(APIRange(least: 0.5, most: 2)), .integer(APIRange(most: 7)), .integer(APIRange(least: -3)),
        ]))
    #expect(file.objects["Thing"]?.openness == .loose)
    #expect(file.objects["Thing"]?.extras == ["more"])
    #expect(request.openness == .closed)
  }

  @Test(arguments: [
    ("@match /a\nfield text", 2, 1, "stands in no object"),
    ("@match /a\n@nmae X", 2, 1, "did you mean '@name'?"),
    ("@match /a\n@method", 2, 1, "needs a value"),
    ("@match /a\n@answer xml", 2, 1, "not 'xml'"),
    ("@match /a\n[request]\n@opne", 3, 1, "did you mean '@open'?"),
    ("@match /a\n[request]\n@name X", 3, 1, "above the first object"),
    ("@match /a\n[request]\n@instead a", 3, 1, "needs two names"),
    ("@match /a\n[request]\nfield", 3, 1, "has no type"),
    ("@match /a\n[request]\n  field  int", 3, 10, "did you mean 'integer'?"),
    ("@match /a\n[request]\nfield text | string", 3, 14, "did you mean 'text'?"),
    ("@match /a\n[request]\nfield list<text", 3, 16, "'>' is missing"),
    ("@match /a\n[request]\nfield number(1-2)", 3, 14, "no number"),
    ("@match /a\n[request]\nfield one-of(a,)", 3, 16, "a word is missing"),
    ("@match /a\n[request]\nfield text text", 3, 12, "ends before"),
    ("@match /a\n[request]\nfield Thnig\n[Thing]\na any", 3, 7, "did you mean 'Thing'?"),
    ("@match /a\n[request]\na any\na any", 4, 1, "twice"),
    ("@match /a\n[request]\na any\n[request]", 4, 1, "twice"),
    ("@match /a\n[request", 2, 1, "between brackets"),
    ("@match /a\n@stream-switch s\n[request]\na any", 1, 1, "which [request] does not have"),
    ("@name X", 1, 1, "'@match' is missing"),
  ])
  func problemsHaveAPlace(_ text: String, _ line: Int, _ column: Int, _ message: String) throws {
    let problem = try #require(APIFile(text).problems.first)
    #expect(APIFile(text).problems.count == 1)
    #expect((problem.line, problem.column) == (line, column))
    #expect(problem.message.contains(message), "\(problem.message)")
  }
}

/// The document's example is true, and what it says of the format is all there is.
@Suite struct APIDocumentTests {
  private static func blocks(_ language: String) throws -> [String] {
    let text = String(decoding: try Files.read(Files.absolute("docs/api-descriptions.md")), as: UTF8.self)
    return text.split(separator: "```\(language)\n").dropFirst().compactMap { part in
      part.firstRange(of: "```").map { String(part[..<$0.lowerBound]) }
    }
  }

  @Test func exampleIsTrue() throws {
    let texts = try Self.blocks("text")
    let file = APIFile(try #require(texts.first))
    #expect(file.problems == [])
    let catalog = Catalog.builtIn.adding([APIDescription(id: "weather", file)])
    let yaml = try #require(try Self.blocks("yaml").first)
    let compilation = compile(Array(yaml.utf8), path: "weather.yml", catalog: catalog)
    let found = compilation.diagnostics.sorted().map { diagnostic in
      let place = compilation.sources.location(of: diagnostic.range).dropFirst("weather.yml:".count)
      return "\(place): \(diagnostic.severity.rawValue)[\(diagnostic.code.id)]: \(diagnostic.message)"
    }
    let said = try #require(texts.dropFirst().first).split(separator: "\n").map(String.init)
    #expect(found == said)
  }

  @Test func addedDescriptionsAreAskedFirst() throws {
    let own = APIFile("@match /chat/completions\n@name Mine\n[request]\nquestion! text")
    let catalog = Catalog.builtIn.adding([APIDescription(id: "mine", own)])
    #expect(catalog.api(forPath: "/chat/completions")?.id == "mine")
    #expect(catalog.api(forPath: "https://api.openai.com/v1/embeddings")?.id == "openai-embeddings")
    #expect(APIDescription(id: "bare", APIFile("@match /x")).name == "bare")
  }
}
