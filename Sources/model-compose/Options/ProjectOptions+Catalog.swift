import ComposePlan
import ComposeSema

extension ProjectOptions {
  /// The program's catalogue with the API descriptions of `--api`.
  ///
  /// - Throws: ``FileProblem`` with every place that cannot be read, as `path:line:column: message`.
  func catalog() throws(FileProblem) -> Catalog {
    var added: [APIDescription] = []
    var problems: [String] = []
    for path in api {
      let file = APIFile(String(decoding: try Files.read(path), as: UTF8.self))
      problems += file.problems.map { "  \(path):\($0.line):\($0.column): \($0.message)" }
      added.append(APIDescription(id: Self.id(ofFileAt: path), file))
    }
    guard problems.isEmpty else {
      throw FileProblem("an API description cannot be used\n" + problems.joined(separator: "\n"))
    }
    return added.isEmpty ? .builtIn : Catalog.builtIn.adding(added)
  }

  /// The file's name without its ending.
  private static func id(ofFileAt path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".api") ? String(name.dropLast(4)) : name
  }
}
