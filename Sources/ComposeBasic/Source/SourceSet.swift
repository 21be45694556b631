/// The files of one compilation, by id.
package struct SourceSet: Sendable {
  package private(set) var files: [SourceFile] = []

  package init() {}

  /// Adds a file and gives it the next id.
  @discardableResult
  package mutating func add(path: String, bytes: [UInt8]) -> SourceFile {
    let file = SourceFile(id: SourceFile.ID(index: UInt32(files.count)), path: path, bytes: bytes)
    files.append(file)
    return file
  }

  /// Gives a file other bytes. Its id and its path stay; places in the old bytes mean nothing in the new ones.
  package mutating func replace(_ id: SourceFile.ID, with bytes: [UInt8]) {
    files[Int(id.index)] = SourceFile(id: id, path: files[Int(id.index)].path, bytes: bytes)
  }

  package subscript(id: SourceFile.ID) -> SourceFile { files[Int(id.index)] }

  /// `path:line:column` of the range's start, as messages print it.
  package func location(of range: SourceRange) -> String {
    let file = self[range.file]
    let position = file.lines.position(at: Int(range.start))
    return "\(file.path):\(position.line):\(position.column)"
  }

  /// The files with dots in place of some bytes. Every other byte, and every position, stays what it is.
  package func concealing(_ ranges: [SourceRange]) -> SourceSet {
    var copy = self
    for (index, ranges) in Dictionary(grouping: ranges, by: { Int($0.file.index) }) where files.indices.contains(index)
    {
      copy.files[index] = files[index].concealing(ranges)
    }
    return copy
  }
}
