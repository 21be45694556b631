import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeRuntime

/// How a run that stops for answers gets them.
struct AnswerOptions: ParsableArguments {
  @Option(
    name: .customLong("answer"),
    help: ArgumentHelp(
      "The answer where a job interrupts the run, as JSON or text; JOB:before and JOB:after name a side.",
      valueName: "job=json"))
  var texts: [String] = []

  @Flag(name: .customLong("auto-resume"), help: "Go on at interrupts without an answer.")
  var isAutomatic = false

  /// The answers, when each is for a place where the workflow stops.
  ///
  /// - Throws: ``FileProblem`` for the first one that is not.
  func answers(for places: [InterruptPlace]) throws(FileProblem) -> [PreparedAnswer] {
    var answers: [PreparedAnswer] = []
    for text in texts {
      guard let answer = PreparedAnswer(text) else {
        throw FileProblem("'--answer \(text)' names no job", help: "write --answer JOB=JSON")
      }
      guard places.contains(where: { answer.isFor(job: $0.job, $0.phase) }) else {
        throw Self.problem(with: answer, places)
      }
      answers.append(answer)
    }
    return answers
  }

  private static func problem(with answer: PreparedAnswer, _ places: [InterruptPlace]) -> FileProblem {
    guard !places.isEmpty else {
      return FileProblem("'--answer \(answer.job)=…' answers nothing: the workflow has no interrupt")
    }
    if let phase = answer.phase, let place = places.first(where: { $0.job == answer.job }) {
      return FileProblem(
        "job '\(answer.job)' has no interrupt \(phase == .before ? "before it runs" : "after it has run")",
        help: "write --answer \(answer.job):\(place.phase.rawValue)=JSON")
    }
    let names = places.map(\.job)
    let listed = names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
    return FileProblem(
      "no job '\(answer.job)' has an interrupt",
      help: suggestion(for: answer.job, among: names).map { "did you mean '\($0)'?" }
        ?? "the run can stop at \(listed)")
  }

  /// Refuses a run that would stop where nobody answers, before anything is sent or paid.
  ///
  /// - Throws: ``ExitStatus`` after everything has been said.
  func refuseToStop(at places: [InterruptPlace], _ answers: [PreparedAnswer], _ plan: Plan) throws {
    guard !isAutomatic, !AnswerPrompt.isPossible else { return }
    let open = places.filter { place in place.isCertain && !answers.contains { $0.isFor(job: place.job, place.phase) } }
    guard let first = open.first else { return }
    let lines = open.map { place in
      "  \(plan.sources.location(of: place.range)): job '\(place.job)', "
        + (place.phase == .before ? "before it runs" : "after it has run")
    }
    Terminal.complain(
      "the run would stop for an answer, and there is nobody to ask\n" + lines.joined(separator: "\n"),
      help: "answer with --answer '\(first.job)=JSON', go on without with --auto-resume, or run it on a terminal")
    throw ExitStatus.usage
  }
}
