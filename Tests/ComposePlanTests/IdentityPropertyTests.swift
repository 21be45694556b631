import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What changes the hashes of jobs, and what does not, over every file that is planned or run by other tests.
@Suite struct IdentityPropertyTests {
  static let files = ["plan", "run", "mutation", "identity"].flatMap { Fixture.all(in: $0) }

  /// Layout, quotes, comments and the order of keys.
  @Test(arguments: files)
  func formIsNoMeaning(_ fixture: Fixture) throws {
    guard let subject = try Subject(fixture) else { return }
    for seed in 0..<6 {
      var writer = YAMLTreeWriter(generator: SeededDice(UInt64(seed)))
      let text = writer.write(subject.tree)
      let identity = try #require(compiled(text).identity, "\(text)")
      #expect(identity.jobHashes == subject.identity.jobHashes, "\(text)")
      #expect(identity.configuration == subject.identity.configuration, "\(text)")
      #expect(identity.serving == subject.identity.serving)
    }
  }

  @Test(arguments: files)
  func orderOfJobsIsNoMeaning(_ fixture: Fixture) throws {
    guard let subject = try Subject(fixture) else { return }
    for seed in 0..<4 {
      var dice = SeededDice(UInt64(seed))
      let tree = subject.tree.mapped { key, tree in
        guard key == "jobs", case .sequence(let items) = tree else { return tree }
        return .sequence(items.shuffled(using: &dice))
      }
      guard let identity = compiled(tree).identity else { continue }
      #expect(identity.jobHashes == subject.identity.jobHashes)
    }
  }

  @Test(arguments: files)
  func namesOfJobsAreNoMeaning(_ fixture: Fixture) throws {
    guard let subject = try Subject(fixture) else { return }
    for workflow in subject.plan.workflows {
      let written = Set(subject.tree.scalars.filter { $0.key == "id" }.map(\.text))
      for node in workflow.nodes where written.contains(node.name) {
        let tree = subject.tree.renamingJob(node.name, "a-new-name")
        guard let identity = compiled(tree).identity else { continue }
        if !subject.showsNames {
          #expect(identity.renamed("a-new-name", node.name) == subject.identity.jobHashes, "\(node.name)")
          #expect(identity[workflow.id]?.hash == subject.identity[workflow.id]?.hash)
        }
      }
    }
  }

  /// A change of one scalar changes the jobs that say it, and exactly what depends on them.
  @Test(arguments: files)
  func changesReachExactlyTheCone(_ fixture: Fixture) throws {
    guard let subject = try Subject(fixture) else { return }
    var dice = SeededDice(7)
    let scalars = subject.tree.scalars
    guard !scalars.isEmpty else { return }
    for _ in 0..<24 {
      let chosen = dice.below(scalars.count)
      guard let tree = subject.tree.changingScalar(chosen) else { continue }
      let compilation = compiled(tree)
      guard let identity = compilation.identity, let plan = compilation.lowered else { continue }
      // A change of the graph is another test.
      guard JobGraphModel(plan) == subject.graph else { continue }
      var own = subject.identity.differing(from: identity, by: \.ownHash)
      // What a workflow returns is said by none of its jobs.
      for workflow in subject.identity.workflows where identity[workflow.id]?.hash != workflow.hash {
        if workflow.jobs == identity[workflow.id]?.jobs { own.insert(workflow.id + ":") }
      }
      let all = subject.identity.differing(from: identity, by: \.hash)
      #expect(all == subject.graph.cone(of: own).filter { !$0.hasSuffix(":") }, "\(scalars[chosen])")
    }
  }

  /// Where a router leads decides when the jobs there start.
  @Test(arguments: files)
  func changedRoutesReachExactlyTheCone(_ fixture: Fixture) throws {
    guard let subject = try Subject(fixture) else { return }
    var dice = SeededDice(11)
    let names = subject.plan.workflows.flatMap { $0.nodes.map(\.name) }
    let keys: Set = ["to", "then", "otherwise", "if_true", "if_false"]
    let places = subject.tree.scalars.indices.filter {
      let scalar = subject.tree.scalars[$0]
      return keys.contains(scalar.key ?? "") && names.contains(scalar.text)
    }
    for _ in 0..<(places.isEmpty ? 0 : 12) {
      let tree = subject.tree.changingScalar(places[dice.below(places.count)], to: names[dice.below(names.count)])
      let compilation = compiled(tree)
      guard let identity = compilation.identity, let plan = compilation.lowered else { continue }
      let graph = JobGraphModel(plan)
      // Another job at the end of a way changes where the way begins and where it ended and ends, and what follows;
      // whether two ways lead to one job is said by the router itself.
      let own = subject.identity.differing(from: identity, by: \.ownHash)
      let targets = subject.graph.differingTargets(graph)
      let routers = subject.graph.differingRouters(
        subject.identity.hashes(by: \.ownHash), graph, identity.hashes(by: \.ownHash))
      var expected = routers.union(targets)
      for graph in [subject.graph, graph] { expected.formUnion(graph.after(targets).union(graph.cone(of: own))) }
      let all = subject.identity.differing(from: identity, by: \.hash)
      #expect(all == expected.filter { !$0.hasSuffix(":") })
    }
  }

  /// Jobs with one hash print the same.
  @Test func differentJobsDiffer() throws {
    var seen: [SemanticHash: TestJSON] = [:]
    var count = 0
    for fixture in Self.files {
      guard let subject = try Subject(fixture) else { continue }
      let document = try TestJSON(ComposePlan.print(subject.plan, workflows: subject.plan.workflows, as: .json))
      for workflow in document["workflows"]?.array ?? [] {
        for node in workflow["nodes"]?.array ?? [] {
          let id = try #require(workflow["id"]?.string)
          let name = try #require(node["job"]?.string ?? node["job"]?["name"]?.string)
          let hash = try #require(subject.identity.hash(ofJob: name, in: id))
          let content = node.withoutNames
          if let other = seen.updateValue(content, forKey: hash) { #expect(other == content) }
          count += 1
        }
      }
    }
    #expect(seen.count > 40)
    #expect(count > seen.count)
  }
}

/// A file with its plan and its hashes.
private struct Subject {
  let tree: YAMLTree
  let plan: Plan
  let identity: PlanIdentity

  /// `nil` when the file has errors, or cannot be written in other ways.
  init?(_ fixture: Fixture) throws {
    let sources = try fixture.sources
    guard let tree = YAMLTree(sources.files[0]) else { return nil }
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    guard let plan = compilation.lowered, let identity = compilation.identity else {
      #expect(!fixture.path.contains("/identity/"), "\(compilation.diagnostics.all.map(\.message))")
      return nil
    }
    self.tree = tree
    self.plan = plan
    self.identity = identity
  }

  var graph: JobGraphModel { JobGraphModel(plan) }

  /// Whether a run sees names of jobs: all of them under `${jobs}`, or those that a session is drawn by.
  var showsNames: Bool {
    plan.workflows.contains { workflow in
      let templates = workflow.nodes.flatMap(\.job.templates) + [workflow.output].compactMap { $0 }
      let seesAll = templates.flatMap(\.references).contains { reference in
        if reference.root == "jobs", case .key? = reference.steps.first { false } else { reference.root == "jobs" }
      }
      return seesAll
        || workflow.nodes.contains { node in
          if case .draw(let draw) = node.job.operation { draw.session != nil } else { false }
        }
    }
  }
}

func compiled(_ tree: YAMLTree) -> Compilation {
  var writer = YAMLTreeWriter(generator: SeededDice(1), shufflesKeys: false)
  return compiled(writer.write(tree))
}

func compiled(_ text: String, path: String = "file.yml", environment: Environment = Environment()) -> Compilation {
  var sources = SourceSet()
  sources.add(path: path, bytes: Array(text.utf8))
  return compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
}

extension PlanIdentity {
  /// By `workflow:job`.
  fileprivate var jobHashes: [String: SemanticHash] { hashes(by: \.hash) }

  fileprivate func hashes(by path: KeyPath<Job, SemanticHash>) -> [String: SemanticHash] {
    var found: [String: SemanticHash] = [:]
    for workflow in workflows {
      for job in workflow.jobs { found["\(workflow.id):\(job.name)"] = job[keyPath: path] }
    }
    return found
  }

  fileprivate func renamed(_ new: String, _ old: String) -> [String: SemanticHash] {
    Dictionary(
      uniqueKeysWithValues: jobHashes.map { key, hash in
        (key.hasSuffix(":" + new) ? key.dropLast(new.count) + old : key, hash)
      })
  }

  fileprivate func differing(from other: PlanIdentity, by path: KeyPath<Job, SemanticHash>) -> Set<String> {
    let hashes = hashes(by: path)
    let others = other.hashes(by: path)
    return Set(hashes.keys.filter { hashes[$0] != others[$0] })
  }
}

extension YAMLTree {
  fileprivate func renamingJob(_ old: String, _ new: String) -> YAMLTree {
    let keys: Set = ["id", "depends_on", "to", "then", "otherwise", "if_true", "if_false"]
    return mapped { key, tree in
      guard case .scalar(let text, let isText) = tree else { return tree }
      if keys.contains(key ?? ""), text == old { return .scalar(new, isText: isText) }
      return .scalar(text.replacing("jobs.\(old).", with: "jobs.\(new)."), isText: isText)
    }
  }

  /// The tree with another text or number at a place; `nil` where nothing can be changed.
  fileprivate func changingScalar(_ index: Int) -> YAMLTree? {
    let scalar = scalars[index]
    if scalar.isText { return scalar.text.isEmpty ? nil : changingScalar(index, to: scalar.text + " changed") }
    guard let number = Int(scalar.text) else { return nil }
    return changingScalar(index, to: String(number + 1))
  }

  fileprivate func changingScalar(_ index: Int, to text: String) -> YAMLTree {
    var next = 0
    return mapped { _, tree in
      guard case .scalar(_, let isText) = tree else { return tree }
      defer { next += 1 }
      return next == index ? .scalar(text, isText: isText) : tree
    }
  }
}

extension TestJSON {
  /// A node of a printed plan without its names, its place in the file and its place among the others.
  fileprivate var withoutNames: TestJSON {
    let left: Set = [
      "range", "id", "job", "stage", "after", "terminal", "component", "action", "name", "title", "critical",
      "routed_by", "hash", "gives",
    ]
    switch self {
    case .object(let members):
      return .object(
        members.filter { !left.contains($0.key) || $0.key == "job" && $0.value["name"] != nil }
          .mapValues(\.withoutNames))
    case .array(let elements): return .array(elements.map(\.withoutNames))
    case .null, .boolean, .number, .string: return self
    }
  }
}
