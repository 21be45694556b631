/// Makes what the file alone decides: texts that stand beside each other, spread lists and objects that are written out,
/// conditions between constants.
///
/// Values of the environment stay pieces of their own, because the plan shows where each of them comes from. A value
/// that needs a conversion stays too: only a run knows the rules of those.
enum FoldConstants: PlanPass {
  static let name = "fold-constants"

  static func run(on plan: Plan) -> Plan {
    let knowledge = StructuralKnowledge()
    let folder = JobFolder { _ in knowledge }
    var copy = plan
    for index in copy.workflows.indices {
      copy.workflows[index].output = copy.workflows[index].output.map(TemplateFolder(knowledge).fold)
      for node in copy.workflows[index].nodes.indices {
        copy.workflows[index].nodes[node].job = copy.workflows[index].nodes[node].job.mappingFamily { folder.fold($0) }
      }
    }
    return copy
  }
}
