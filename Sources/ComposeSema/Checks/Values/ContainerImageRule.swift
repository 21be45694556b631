import ComposeBasic
import ComposeSyntax

/// Containers that nobody said what to run in.
enum ContainerImageRule: FieldRule {
  private static func example(_ runtime: String) -> String {
    """
    component:
      type: http-client
      runtime: \(runtime)
      action: {endpoint: https://api.example.com}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let code = DiagnosticCode(
    "missing-image", .warning, "A container without an image",
    explanation: """
      A container runs an image: one that exists, or one that is built first. `runtime: docker` alone names neither. The
      reference then takes its own standard image, which holds that program and what `requirements.txt` asks for.

      ```yaml bad
      \(example("docker"))
      ```

      ```yaml good
      \(example("{type: docker, image: \"python:3.12\"}"))
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    // Who writes the mapping, with volumes or limits, means the standard image.
    guard visit.owner == .component, visit.name == "runtime", visit.path.isEmpty, visit.literal?.text == "docker" else {
      return
    }
    findings.emit(
      Diagnostic(code, "the docker runtime has neither 'image' nor 'build'", at: visit.value.range)
        .help("write 'runtime: {type: docker, image: …}'")
        .upstream("runs the component in its own standard image"))
  }
}
