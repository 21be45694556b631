/// Finds the elements that a text has as XML: its code blocks, and what stands between two tags of one name.
struct XMLExtraction {
  private(set) var blocks: [String] = []
  private let root: String?
  private var seen: Set<[UInt8]> = []

  /// - Parameter root: the tag of the elements that are wanted.
  init(_ text: String, root: String?) throws(TextParserFault) {
    self.root = root
    for block in CodeBlocks(text).contents { try add(block) }
    for element in Self.elements(in: text) { try add(element) }
  }

  private mutating func add(_ text: String) throws(TextParserFault) {
    guard let element = try XMLReading.element(of: text, keepsContent: false) else { return }
    if let root, !element.tag.utf8.elementsEqual(root.utf8) { return }
    if seen.insert(Array(text.utf8)).inserted { blocks.append(text) }
  }

  /// The parts of a text from a tag to the first closing tag of the same name. They do not overlap.
  static func elements(in text: String) -> [String] {
    var text = text
    return text.withUTF8 { text in
      let closing = closingTags(in: text)
      /// How many of the closing tags of a name are behind us.
      var passed: [String: Int] = [:]
      var elements: [String] = []
      var position = 0
      /// The first `>` that is not before the present tag's name.
      var bracket = 0
      while position < text.count {
        guard text[position] == UInt8(ascii: "<"), let name = name(in: text, at: position + 1),
          let tagEnd = tagEnd(in: text, from: name.upperBound, &bracket)
        else {
          position += 1
          continue
        }
        let ends = closing[text.text(name)] ?? []
        var next = passed[text.text(name)] ?? 0
        while next < ends.count, ends[next].lowerBound < tagEnd { next += 1 }
        passed[text.text(name)] = next
        guard next < ends.count else {
          position += 1
          continue
        }
        elements.append(text.text(position..<ends[next].upperBound))
        position = ends[next].upperBound
      }
      return elements
    }
  }

  /// Where each closing tag is, by its name.
  private static func closingTags(in text: UnsafeBufferPointer<UInt8>) -> [String: [Range<Int>]] {
    var tags: [String: [Range<Int>]] = [:]
    var position = 0
    while let start = text.firstIndex(of: Array("</".utf8), from: position) {
      position = start + 2
      guard let name = name(in: text, at: position) else { continue }
      position = name.upperBound
      guard position < text.count, text[position] == UInt8(ascii: ">") else { continue }
      tags[text.text(name), default: []].append(start..<position + 1)
    }
    return tags
  }

  /// Behind the `>` of a tag whose name ends here.
  private static func tagEnd(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, _ bracket: inout Int
  ) -> Int? {
    guard start < text.count else { return nil }
    if text[start] == UInt8(ascii: ">") { return start + 1 }
    guard text.blankWidth(at: start) > 0 else { return nil }
    bracket = max(bracket, start)
    while bracket < text.count, text[bracket] != UInt8(ascii: ">") { bracket += 1 }
    return bracket < text.count ? bracket + 1 : nil
  }

  private static func name(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
    var end = start
    while end < text.count {
      switch text[end] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): end += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"):
        guard end > start else { return nil }
        end += 1
      default: return end > start ? start..<end : nil
      }
    }
    return end > start ? start..<end : nil
  }
}

extension String {
  /// Without what Python takes for blank at both ends.
  var withoutBlanks: String {
    var copy = self
    return copy.withUTF8 { $0.text($0.withoutBlanks(0..<$0.count)) }
  }
}
