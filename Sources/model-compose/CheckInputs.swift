import ComposeBasic

/// What `check` was asked to look at.
struct CheckInputs {
  private(set) var sources = SourceSet()
  /// Files that are compiled together: each path by itself, or all of `-f` laid over each other.
  private(set) var groups: [[SourceFile.ID]] = []
  /// Which file was read from standard input.
  private(set) var standardInput: SourceFile.ID?
  /// What could not be read. Everything else is checked all the same.
  private(set) var problems: [FileProblem] = []
  /// The files that were read, without symbolic links: one that is named twice is checked once.
  private var known: Set<String> = []

  /// The files of `-f`, or the one of the working directory.
  init(_ project: ProjectOptions) throws(FileProblem) {
    var group: [SourceFile.ID] = []
    for path in try ProjectLoader.paths(project) {
      do throws(FileProblem) {
        group.append(sources.add(path: path, bytes: try Files.read(path)).id)
      } catch {
        problems.append(error)
      }
    }
    // Parts of a whole say little without the others.
    if problems.isEmpty { groups = [group] }
  }

  /// - Parameter standardInputPath: what `-` is called.
  init(paths: [String], standardInputPath: String) {
    for path in paths {
      if path == "-" {
        readStandardInput(as: standardInputPath)
      } else if Files.isDirectory(path) {
        search(path)
      } else {
        read(path)
      }
    }
  }

  private mutating func readStandardInput(as name: String) {
    guard standardInput == nil else { return }
    do throws(FileProblem) {
      let file = sources.add(path: name, bytes: try Files.readStandardInput()).id
      standardInput = file
      groups.append([file])
    } catch {
      problems.append(error)
    }
  }

  private mutating func search(_ directory: String) {
    let found = Files.composeFiles(in: directory)
    problems += found.problems
    if found.files.isEmpty, found.problems.isEmpty {
      problems.append(FileProblem("there is no model-compose.yml in '\(directory)' or below"))
    }
    for file in found.files { read(file) }
  }

  private mutating func read(_ path: String) {
    if let real = Files.realPath(path), !known.insert(real).inserted { return }
    do throws(FileProblem) {
      groups.append([sources.add(path: path, bytes: try Files.read(path)).id])
    } catch {
      problems.append(error)
    }
  }
}
