/// A folder of this machine that is served as it is.
package struct StaticMount: Hashable, Sendable {
  /// What stands for a folder, and for what is not there.
  package enum Index: Hashable, Sendable {
    /// Nothing.
    case none
    /// This file, by its path in the mounted folder: the page of a program that reads the rest of the path itself.
    case everywhere(String)
    /// The `index.html` of each folder; `404.html` of the mounted one says what is not there.
    case pages

    /// The file that the plan names.
    package var file: String? {
      if case .everywhere(let file) = self { file } else { nil }
    }
  }

  /// Begins with a slash and does not end in one; empty for everything.
  package let path: String
  /// As the file names it; it counts from the working directory.
  package let folder: String
  package let index: Index

  package init(path: String, folder: String, index: Index = .none) {
    self.path = path
    self.folder = folder
    self.index = index
  }
}
