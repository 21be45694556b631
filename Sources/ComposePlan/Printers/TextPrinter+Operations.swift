import ComposeBasic
import ComposeSema

/// What a job does, for each operation; jobs inside follow.
extension TextPrinter {
  func append(_ operation: Operation, of job: JobPlan, _ scopes: JobScopes, to lines: inout PlanLines) {
    switch operation {
    case .invoke(let invocation): append(invocation, scopes, to: &lines)
    case .wait(let wait): append(wait, scopes.job, to: &lines)
    case .route(let route): append(route, of: job, scopes.job, to: &lines)
    case .draw(let draw): append(draw, scopes.job, to: &lines)
    case .filter(let filter):
      let condition = filter.condition.map { "elements where \(shown($0))" } ?? "all elements"
      lines.append("keeps \(condition)\(streams(filter.isStreaming))")
    case .map(let loop):
      let pace = loop.batchSize > 1 ? "\(loop.batchSize) at a time" : "one after the other"
      lines.append("for each element, \(pace)\(streams(loop.isStreaming))")
    case .fold(let fold):
      lines.append("for each element, with what the one before gave as ${accumulator}")
      var rows: [PlanLines.Row] = []
      append(fold.accumulator, named: "accumulator", in: scopes.job, to: &rows)
      lines.table(rows)
    case .iterate(let loop):
      let word = loop.endsWhenTrue ? "until" : "while"
      lines.append("again and again \(word) \(shown(loop.condition)), up to \(times(loop.limit))")
    case .sequence(let steps):
      lines.append(steps.count == 1 ? "one step" : "\(steps.count) steps, one after the other")
    case .tee(let tee):
      let names = tee.branches.map(safeText).joined(separator: ", ")
      let buffer = tee.isSpooled ? "bytes through a file" : "up to \(tee.bufferSize) chunks ahead of the slowest"
      lines.append("gives the stream to \(tee.branches.count) readers: \(names); \(buffer)")
    case .fail(let message): lines.append("fails: \(safeText(message))")
    }
  }

  private func streams(_ isStreaming: Bool) -> String { isStreaming ? ", as a stream" : "" }

  private func shown(_ condition: PlanCondition) -> String { context.redactor.redact(condition.display) }

  // MARK: Kinds

  private func append(_ invocation: Invocation, _ scopes: JobScopes, to lines: inout PlanLines) {
    var what = invocation.displayName
    if invocation.action != "__action__" { what += ", action '\(invocation.action)'" }
    if invocation.api != nil, !scopes.requests.contains(where: { $0.api != nil }) {
      what += " · \(invocation.api ?? "")"
    }
    lines.section("calls \(safeText(what))\(context.place(invocation.range))") { lines in
      if let workflow = invocation.workflow { lines.append("runs workflow \(safeText(workflow))") }
      for request in scopes.requests { append(request, besides: scopes.sent, to: &lines) }
      var rows: [PlanLines.Row] = []
      append(invocation.repeatCount, named: "times side by side", in: scopes.job, to: &rows)
      if invocation.concurrencyLimit > 0 {
        append(
          "\(invocation.concurrencyLimit)", named: "at most side by side", at: invocation.componentRange, to: &rows)
      }
      appendFields(of: invocation, scopes, to: &rows)
      append(invocation.tools, to: &rows)
      lines.table(rows)
    }
    var rows: [PlanLines.Row] = []
    if let pipeline = invocation.pipeline, let output = invocation.output {
      rows.append(
        PlanLines.Row(cells: [
          "stream", safeText(context.redactor.redact(pipeline.display)), "", ValueMark.atRunTime.words,
          context.location(output.range),
        ]))
    }
    if invocation.pipeline?.showsOutput != true {
      append(
        invocation.output, named: invocation.readsChunks ? "each chunk" : "result", in: scopes.component, to: &rows)
    }
    lines.table(rows)
  }

  private func append(_ wait: Wait, _ scope: MarkScope, to lines: inout PlanLines) {
    var rows: [PlanLines.Row] = []
    switch wait {
    case .interval(let interval): append(interval, named: "waits", in: scope, to: &rows) { humanDuration($0) }
    case .until(let time, let zone):
      append(time, named: "waits until", in: scope, to: &rows)
      append(zone, named: "time zone", in: scope, to: &rows)
    }
    lines.table(rows)
  }

  private func append(_ route: Route, of job: JobPlan, _ scope: MarkScope, to lines: inout PlanLines) {
    let subject = job.input.map { context.redactor.redact($0.display) } ?? "the workflow's input"
    lines.section("goes on by \(subject)") { lines in
      var rows = route.arms.map { arm in
        let value = arm.value.map { context.redactor.redact($0.display) } ?? "null"
        let targets = [arm.ifTrue.map(arrow), arm.ifFalse.map { "otherwise \(arrow($0))" }].compactMap { $0 }
        let target = targets.isEmpty ? "→ the next condition" : targets.joined(separator: ", ")
        let mark = arm.value.map { scope.mark(of: $0) }.flatMap { $0 == .known ? nil : $0.words } ?? ""
        return ["\(arm.method.display) \(value)", target, mark, context.location(arm.range)]
      }
      // A condition that leads somewhere either way is the last one that is looked at.
      if !route.arms.contains(where: { $0.ifTrue != nil && $0.ifFalse != nil }) {
        rows.append(["otherwise", route.otherwise.map(arrow) ?? "nothing runs"])
      }
      lines.table(rows)
    }
  }

  private func append(_ draw: Draw, _ scope: MarkScope, to lines: inout PlanLines) {
    lines.section("goes on by chance\(draw.session == nil ? "" : ", the same for a session each time")") { lines in
      lines.table(
        zip(draw.choices, draw.shares).map { [humanShare($1), arrow($0.target), context.location($0.target.range)] })
      var rows: [PlanLines.Row] = []
      append(draw.session, named: "session", in: scope, to: &rows)
      append(draw.salt, named: "salt", in: scope, to: &rows)
      lines.table(rows)
    }
  }

  private func arrow(_ target: JobTarget) -> String { "→ job \(safeText(target.name))" }
}
