package import ComposeBasic
package import ComposeSyntax

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
    _ file: ComposeFile, exists: (_ path: String, _ source: SourceFile.ID) -> Bool,
    into diagnostics: inout Diagnostics
  ) {
    var findings = ValueFindings(besides: diagnostics)
    FieldWalk(file).forEach { visit in
      guard isPath(visit) else { return }
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
  private static func isPath(_ visit: FieldVisit) -> Bool {
    switch visit.name {
    case "static_dir", "server_dir": visit.path.last == "webui"
    case "base_dir": visit.path.last == "static" || visit.owner == .component && isLocalShell(visit.mapping)
    case "working_dir":
      visit.path.last == "manage" ? !isPrepared(visit.mapping) : visit.owner == .action && isLocalAction(visit)
    case "keyfile": visit.path.last == "auth"
    case "credentials_file": visit.owner == .section(.gateway)
    case "credentials_path": visit.owner == .component && visit.type == "file-store"
    case "file", "files", "env_file": visit.owner == .section(.system) && visit.type == "docker-compose"
    default: false
    }
  }

  private static func isLocalShell(_ component: YAMLNode) -> Bool {
    let type = component.entry("type")?.value.scalar?.text
    return type == "shell" && (component.entry("driver")?.value.scalar?.text ?? "local") == "local"
  }

  /// The directory of an action counts from the component's, if that has one.
  private static func isLocalAction(_ visit: FieldVisit) -> Bool {
    guard visit.path.isEmpty, let component = visit.component else { return false }
    return isLocalShell(component) && component.entry("base_dir") == nil
  }

  /// Whether scripts that run before may make the directory.
  private static func isPrepared(_ manage: YAMLNode) -> Bool {
    let scripts = manage.entry("scripts")?.value
    return ["install", "build"].contains { scripts?.entry($0) != nil || manage.entry($0) != nil }
  }
}
