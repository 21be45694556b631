import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposeConformance
import ComposeHTTP
import ComposeRuntime

/// `eval`: renders one template, or answers vectors.
struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Render one template, and show the value and its type.",
    discussion: """
      Exit status: 0, 1 the template has errors or fails, or a line is no vector, 2 bad usage or unreadable sources.
      """)

  /// How the value is printed.
  enum Format: String, WordArgument {
    case human
    case json
  }

  @Argument(
    help: ArgumentHelp(
      "A text with expressions; YAML when it begins with { or [.", discussion: "Left out with --batch.",
      valueName: "template"))
  var template: String?

  @Option(
    help: ArgumentHelp(
      "What the roots stand for: a JSON object, @FILE with one, or - for standard input.", valueName: "json"))
  var sources: String?

  @Option(help: "How the value is printed: human (the default) or json.")
  var format: Format?

  @Flag(help: "Answer vectors from standard input, one JSON object a line.")
  var batch = false

  @Option(help: "What the vectors are about: language (the default), env, sse or schema.")
  var kind: VectorKind?

  @Option(
    help: ArgumentHelp(
      "The directory that relative paths of ';path' start from; without it, the working directory.",
      valueName: "directory"))
  var base = "."

  @Option(help: "When output is coloured: auto, always or never. NO_COLOR means never.")
  var color: ColorMode = .auto

  func validate() throws {
    if batch {
      guard template == nil, sources == nil else {
        throw ValidationError("--batch reads templates and sources from standard input.")
      }
      guard format == nil else { throw ValidationError("--format is for one template, not for --batch.") }
    } else if template == nil {
      throw ValidationError("Missing expected argument '<template>'.")
    } else if kind != nil {
      throw ValidationError("--kind is for --batch.")
    }
  }

  func run() async throws {
    if !Files.isDirectory(base) {
      Terminal.complain("'\(base)' is not a directory")
      throw ExitStatus.usage
    }
    if let template { try await evaluate(template) } else { try await answer() }
  }

  // MARK: One template

  private func evaluate(_ template: String) async throws {
    let roots = try said { () throws(FileProblem) in try readSources() }
    let result: TemplateEvaluation
    do throws(InvalidVector) {
      let host = ComponentRegistry(services: Services(transport: CurlTransport()))
      result = try await TemplateEvaluation(template, sources: roots, base: base, opener: host.conversion.opener)
    } catch {
      Terminal.complain(error.message)
      throw ExitStatus.usage
    }
    switch format ?? .human {
    case .human:
      showFindings(result)
      if let failure = result.failure { Terminal.complain(failure.message + place(of: failure, in: result)) }
      if let value = result.value, let type = result.type {
        try write("value: \(value.jsonText)\ntype: \(type)\n")
      }
    case .json: try write(json(result) + "\n")
    }
    if result.value == nil { throw ExitStatus.failure }
  }

  /// Writes to standard output; when nobody can take it, there is nothing more to do.
  private func write(_ text: String) throws {
    guard Terminal.write(text, to: .standardOutput) else { throw ExitStatus.failure }
  }

  private func readSources() throws(FileProblem) -> OrderedObject {
    guard let sources else { return OrderedObject() }
    let value = try parsedJSON(sources, option: "--sources", example: "{\"input\": {\"prompt\": \"Hello\"}}")
    guard case .object(let roots) = value else {
      throw FileProblem("--sources needs an object with a member for each root, and this is \(value.kindName)")
    }
    return roots
  }

  /// ` (<template>:1:5)`, when it is known.
  private func place(of failure: RuntimeError, in result: TemplateEvaluation) -> String {
    guard let range = failure.range else { return "" }
    let file = result.sources[range.file]
    let position = file.lines.position(at: Int(range.start))
    return " (\(file.path):\(position.line):\(position.column))"
  }

  private func showFindings(_ result: TemplateEvaluation) {
    guard !result.diagnostics.all.isEmpty else { return }
    let report = DiagnosticReport(result.diagnostics, sources: result.sources, checkedFiles: 1)
    let options = RenderOptions(
      color: color.isOn(.standardError), width: Terminal.width(.standardError), summary: false)
    Terminal.write(render(report, as: .human, options: options), to: .standardError)
  }

  /// `{"format_version", "value", "type", "diagnostics"}`; `error` with `code` and `message` in place of the middle two when rendering fails.
  private func json(_ result: TemplateEvaluation) -> String {
    var document: OrderedObject = ["format_version": .text("1.0")]
    document["value"] = result.value
    document["type"] = result.type.map { .text($0) }
    document["error"] = result.failure.map { .object(["code": .text($0.code.rawValue), "message": .text($0.message)]) }
    let report = DiagnosticReport(result.diagnostics, sources: result.sources, checkedFiles: 1)
    let findings = try? parseJSON(render(report, as: .json, options: RenderOptions()))
    document["diagnostics"] = findings?.member("diagnostics") ?? .list([])
    return Value.object(document).indentedJSON
  }

  // MARK: Vectors

  private func answer() async throws {
    let batch = Batch(kind ?? .language, base: base)
    var lines = StandardInputLines()
    var number = 0
    var isValid = true
    while let line = try said({ () throws(FileProblem) in try lines.next() }) {
      number += 1
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
      let answer = await batch.answer(to: line)
      if let problem = answer.problem {
        isValid = false
        Terminal.complain("line \(number) of standard input is no vector: \(problem)")
      }
      try write(answer.line + "\n")
    }
    if !isValid { throw ExitStatus.failure }
  }
}

extension VectorKind: WordArgument {}
