import ComposeBasic
import ComposePlan

extension CompileOptions {
  /// The options with a look at the disk for the relative paths that the files name.
  ///
  /// They count from the working directory of a run. A check is often started elsewhere, so what lies beside the file
  /// counts as there, too.
  func lookingUpFiles(of sources: SourceSet) -> CompileOptions {
    var options = self
    options.exists = { path, source in
      let folders = sources[source].path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      return Files.exists(path) || Files.exists((folders + [Substring(path)]).joined(separator: "/"))
    }
    return options
  }
}
