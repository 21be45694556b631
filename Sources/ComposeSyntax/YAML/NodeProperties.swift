/// The anchor and tag in front of a node, found in its text because libyaml gives no position for them.
struct NodeProperties {
  var tag: Range<Int>?
  /// Where the node itself starts, behind its properties and what separates them from it.
  var contentStart: Int
  /// Behind the last property.
  var end: Int

  /// Reads at most `count` properties.
  init(_ bytes: [UInt8], from start: Int, count: Int) {
    contentStart = start
    end = start
    var index = start
    for _ in 0..<count where index < bytes.count {
      if bytes[index] == UInt8(ascii: "&") {
        index = Self.endOfWord(bytes, from: index)
        end = index
      } else if bytes[index] == UInt8(ascii: "!") {
        let tagStart = index
        if bytes.has("!<", at: index), let close = bytes[index...].firstIndex(of: UInt8(ascii: ">")) {
          index = close + 1
        } else {
          index = Self.endOfWord(bytes, from: index)
        }
        tag = tagStart..<index
        end = index
      } else {
        break
      }
      index = Self.afterSeparation(bytes, from: index)
    }
    contentStart = index
  }

  private static func endOfWord(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, !bytes[index].isYAMLBlank, !bytes[index].isYAMLBreak, !bytes[index].isFlowIndicator {
      index += 1
    }
    return index
  }

  /// Behind blanks, line breaks and comments.
  private static func afterSeparation(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index].isYAMLBlank || bytes[index].isYAMLBreak {
        index += 1
      } else if bytes[index] == UInt8(ascii: "#"), index > start {
        while index < bytes.count, !bytes[index].isYAMLBreak { index += 1 }
      } else {
        break
      }
    }
    return index
  }
}

extension UInt8 {
  var isYAMLBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  var isYAMLBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

  var isFlowIndicator: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
    }
  }
}
