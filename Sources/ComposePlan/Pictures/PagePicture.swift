import ComposeBasic

/// The jobs of one workflow as a picture that a page can put among its own elements and light as events come.
///
/// Each job's group has `data-job` with the id that events give it, each arrow `data-from` and `data-to` with those of
/// its ends. There is no style sheet, style attribute or script in it: classes say what everything is.
package func workflowGraph(of workflow: WorkflowPlan, in plan: Plan) -> String {
  // Places in files are nobody's business but the author's.
  let context = PrintContext(plan: plan, options: PrintOptions(locations: false))
  let graph = DrawPlan(context: context).graph(of: [workflow])
  return context.redactor.redact(SVGPrinter(graph, for: .page).print())
}
