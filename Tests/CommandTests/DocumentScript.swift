import ComposeTestSupport

/// Runs the `bash` fences of a document one after the other in one shell, in a copy of what they speak of.
///
/// `model-compose` on the path is the built program. `up` goes into the background once it is ready, on ports that the
/// system chooses, and `curl` finds it there. The sandbox makes no pauses. An `env` fence stands for the file `.env` that the reader edits.
struct DocumentScript {
  /// What a fence printed to both streams.
  private(set) var outputs: [Int: String] = [:]

  /// - Parameter more: variables of the commands beside the provider's address.
  /// - Throws: when a command fails.
  init(
    _ document: MarkdownDocument, provider: StubProvider, environment more: [String: String] = [:],
    skipping isSkipped: (String) -> Bool = { _ in false }
  ) async throws {
    outputs = try await withTemporaryFolder { folder in
      try Self.copy(Files.repository + "/examples", to: folder.path + "/root/examples")
      for (name, script) in ["model-compose": Self.wrapper, "curl": Self.curl] {
        // Where the documents expect the program after a build, too.
        for place in ["bin", "root/.build/release"] {
          try folder.write(script, to: "\(place)/\(name)")
        }
      }
      var script = "set -e -o pipefail\nchmod +x \"$BASE\"/bin/* \"$BASE\"/root/.build/release/*\n"
      script += "PATH=\"$BASE/bin:$PATH\"\ncd \"$BASE/root\"\n"
      for fence in document.fences {
        switch fence.language {
        case "bash" where !isSkipped(fence.text):
          script += "exec >\"$BASE/output-\(fence.line)\" 2>&1\n\(fence.text)"
        case "env": script += "cat >.env <<'END-OF-FILE'\n\(fence.text)END-OF-FILE\n"
        default: break
        }
      }
      var environment = [
        "BASE": folder.path, "PROGRAM": try modelComposePath(), "OPENAI_BASE_URL": provider.baseURL, "COLUMNS": "80",
      ]
      environment.merge(more) { $1 }
      let outcome = try await run(ProgramLaunch("/bin/bash", ["-c", script + "exit 0"], environment: environment))
      var outputs: [Int: String] = [:]
      for fence in document.fences {
        outputs[fence.line] = try? folder.read("output-\(fence.line)")
      }
      guard outcome.status == 0 else {
        let last = outputs.max { $0.key < $1.key }
        throw TestSupportError(
          "\(document.path):\(last?.key ?? 0): a command fails: \(last?.value ?? outcome.standardError)")
      }
      return outputs
    }
  }

  private static func copy(_ source: String, to target: String) throws {
    for name in Files.names(in: source) ?? [] where name != ".env" {
      let (from, to) = (source + "/" + name, target + "/" + name)
      if Files.isFolder(from) { try copy(from, to: to) } else { try Files.write(Files.read(from), to: to) }
    }
  }

  private static let wrapper = #"""
    #!/bin/bash
    for argument in "$@"; do
      if [ "$argument" = up ]; then is_service=yes; fi
      if [ "$argument" = --sandbox ]; then pace="--sandbox-rate 0"; fi
    done
    if [ -z "$is_service" ]; then exec "$PROGRAM" "$@" $pace; fi
    rm -f "$BASE/greeting"
    mkfifo "$BASE/greeting"
    "$PROGRAM" "$@" $pace --port 0 --web-port 0 >"$BASE/greeting" &
    echo $! >"$BASE/service"
    while read -r line; do
      echo "$line"
      case "$line" in
        "API "*) port=${line##*:}; echo "${port%%/*}" >"$BASE/port" ;;
        "Web UI "*) exit 0 ;;
      esac
    done <"$BASE/greeting"
    exit 1

    """#

  private static let curl = #"""
    #!/bin/bash
    exec /usr/bin/curl -sS "${@//localhost:8080/localhost:$(cat "$BASE/port")}"

    """#
}
