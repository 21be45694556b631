/// The style sheet of a picture: colours for light and for dark.
///
/// Plain rules without variables, which more viewers understand.
enum SVGStyle {
  static let sheet = """
    text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",sans-serif;font-size:12px}
    .heading{font-size:17px;font-weight:600}.name{font-size:14px;font-weight:600}.label,.badge{font-size:11px}
    .box,.frame{stroke-width:1.2}.edge{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
    .any-of{stroke-dasharray:2 4}.failure{stroke-dasharray:7 4}.stream{stroke-width:5}.core{stroke-width:2}
    .critical>.box{stroke-width:2.6}.critical>.edge{stroke-width:2.6}.critical>.stream{stroke-width:6}
    .critical>.core{stroke-width:2.2}
    \(colours(of: light))
    @media (prefers-color-scheme:dark){
    \(colours(of: dark))
    }
    """

  /// The colours of one appearance.
  private struct Palette {
    var page: String
    var text: String
    var quiet: String
    var line: String
    /// The insides of steps, choices, waits, containers, starts and ends.
    var step, choice, wait, container, start, end: String
    /// The same with their borders.
    var choiceLine, waitLine, startLine, endLine: String
    var critical: String
    var failure: String
    var stream: String
  }

  private static let light = Palette(
    page: "#ffffff", text: "#1f2328", quiet: "#59636e", line: "#818b98",
    step: "#ffffff", choice: "#fbefff", wait: "#fff8c5", container: "#f6f8fa", start: "#ddf4ff", end: "#dafbe1",
    choiceLine: "#8250df", waitLine: "#9a6700", startLine: "#0969da", endLine: "#1a7f37",
    critical: "#d1570a", failure: "#cf222e", stream: "#0b7a8f")

  private static let dark = Palette(
    page: "#0d1117", text: "#e6edf3", quiet: "#9da7b3", line: "#717983",
    step: "#161b22", choice: "#241a38", wait: "#2b2306", container: "#11171f", start: "#0c2743", end: "#0f2a1a",
    choiceLine: "#ab7df8", waitLine: "#d29922", startLine: "#4493f8", endLine: "#3fb950",
    critical: "#f0883e", failure: "#f85149", stream: "#39b7c9")

  private static func colours(of palette: Palette) -> String {
    """
    .page{fill:\(palette.page)}text{fill:\(palette.text)}.line,.legend text{fill:\(palette.quiet)}
    .frame{fill:none;stroke:\(palette.line)}.step>.box{fill:\(palette.step);stroke:\(palette.line)}
    .choice>.box{fill:\(palette.choice);stroke:\(palette.choiceLine)}
    .wait>.box{fill:\(palette.wait);stroke:\(palette.waitLine)}
    .container>.box{fill:\(palette.container);stroke:\(palette.line)}
    .start>.box{fill:\(palette.start);stroke:\(palette.startLine)}
    .end>.box{fill:\(palette.end);stroke:\(palette.endLine)}
    .edge{stroke:\(palette.line)}.head{fill:\(palette.line)}
    .route>.edge{stroke:\(palette.choiceLine)}.route>.head{fill:\(palette.choiceLine)}
    .failure>.edge{stroke:\(palette.failure)}.failure>.head{fill:\(palette.failure)}
    .flow>.edge{stroke:\(palette.stream)}.flow>.head{fill:\(palette.stream)}
    .critical>.box{stroke:\(palette.critical)}
    .critical>.edge{stroke:\(palette.critical)}.critical>.head{fill:\(palette.critical)}
    .arrow>.core{stroke:\(palette.page)}.pill{fill:\(palette.page)}
    .body .core{stroke:\(palette.container)}.body .pill{fill:\(palette.container)}
    .route>.label{fill:\(palette.choiceLine)}.failure>.label{fill:\(palette.failure)}
    .badge-box{fill:none;stroke:\(palette.stream)}.badge{fill:\(palette.stream)}
    """
  }
}
