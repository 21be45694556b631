extension JobDecl {
  /// The job and every job written inside it, outermost first.
  package var family: [JobDecl] { [JobDecl](familiesOf: [self]) }

  /// The component that is written inside the job.
  package var inlineComponent: ComponentDecl? {
    if case .inline(let component) = component { return component }
    return nil
  }
}

extension WorkflowDecl {
  /// Every job, those inside other jobs included.
  package var allJobs: [JobDecl] { [JobDecl](familiesOf: jobs) }
}

extension [JobDecl] {
  /// The jobs, each followed by those written inside it.
  fileprivate init(familiesOf jobs: [JobDecl]) {
    self = []
    reserveCapacity(jobs.count)
    func append(_ job: JobDecl) {
      self.append(job)
      for body in job.bodies { append(body) }
    }
    for job in jobs { append(job) }
  }
}
