/// One finding a line, each a JSON object of its own with `format_version` first.
///
/// For streams: reports of several runs can stand one behind the other, and each line can be read by itself.
struct JSONLinesRenderer {
  let report: DiagnosticReport

  func render() -> String {
    let renderer = JSONRenderer(report: report)
    var bytes: [UInt8] = []
    for diagnostic in report.diagnostics {
      var writer = JSONWriter(.compact)
      writer.object { writer in
        writer.member("format_version", JSONRenderer.formatVersion)
        renderer.diagnostic(diagnostic, in: &writer)
      }
      bytes += writer.bytes
      bytes.append(UInt8(ascii: "\n"))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
