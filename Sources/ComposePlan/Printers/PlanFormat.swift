import ComposeBasic

/// The forms in which a plan is printed: the registry of printers.
package enum PlanFormat: String, CaseIterable, Sendable {
  case text
  case json
  case mermaid
  case dot
  case svg
}

/// Prints a plan, or some workflows of it. The text is the same for equal plans, and no secret is in it.
package func print(
  _ plan: Plan, workflows: [WorkflowPlan], as format: PlanFormat, options: PrintOptions = PrintOptions()
) -> String {
  let context = PrintContext(plan: plan, options: options)
  let text =
    switch format {
    case .text: TextPrinter(context).print(workflows)
    case .json: JSONPrinter(context).print(workflows)
    case .mermaid: MermaidPrinter(DrawPlan(context: context).graph(of: workflows)).print()
    case .dot: DOTPrinter(DrawPlan(context: context).graph(of: workflows)).print()
    case .svg: SVGPrinter(DrawPlan(context: context).graph(of: workflows)).print()
    }
  // The printers know where secrets stand; keys and names that were made of one are caught here.
  return context.redactor.redact(text)
}
