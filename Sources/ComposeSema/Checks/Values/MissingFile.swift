package import ComposeBasic
import ComposeSyntax

/// Files and directories that a compose file names, and that must be there when it runs.
///
/// It asks the caller whether they exist: a check by itself reads nothing.
package enum MissingFile {
  package static let code = DiagnosticCode(
    "missing-file", .warning, "A file or directory that does not exist",
    explanation: """
      Relative paths count from the directory in which the program is started. There is nothing at this one. The
      reference fails when it needs the file.

      ```yaml bad
      controller: {webui: {driver: static, static_dir: missing/pages}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {webui: {driver: static, static_dir: pages}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  /// Reports every relative path that leads to nothing.
  ///
  /// - Parameter exists: told the path, and the file in which it is written.
  package static func check(
    _ program: TypedProgram, exists: (_ path: String, _ source: SourceFile.ID) -> Bool,
    into diagnostics: inout Diagnostics
  ) {
    var findings = ValueFindings(besides: diagnostics)
    for visit in program.visited.paths {
      for node in visit.value.sequence ?? [visit.value] {
        guard let scalar = node.scalar, !scalar.isUnknown, case .text(let path) = scalar.value, isRelative(path),
          !exists(path, node.range.file)
        else { continue }
        findings.emit(
          Diagnostic(code, "'\(path)' does not exist", at: node.range)
            .help("relative paths count from the directory in which the program is started")
            .upstream("fails when it needs it"))
      }
    }
    diagnostics.append(contentsOf: findings.diagnostics)
  }

  private static func isRelative(_ path: String) -> Bool {
    guard let first = path.first, first != "/", first != "~", !path.contains("${"), !path.contains("$<") else {
      return false
    }
    return !path.contains("://") && path != "." && path != ".."
  }

  /// Whether the field names something that must be there before anything runs.
  static func isPath(_ visit: FieldVisit) -> Bool {
    let shape = visit.shape
    guard shape.facts.contains(.mustExist(field: shape.shorthands[visit.name] ?? visit.name)) else { return false }
    if visit.path.last == "manage" { return !isPrepared(visit.mapping) }
    // The directory of an action counts from the component's, if that has one.
    return visit.owner != .action || visit.component?.entry("base_dir") == nil
  }

  /// Whether scripts that run before may make the directory.
  private static func isPrepared(_ manage: YAMLNode) -> Bool {
    let scripts = manage.entry("scripts")?.value
    return ["install", "build"].contains { scripts?.entry($0) != nil || manage.entry($0) != nil }
  }
}
