/// A place in a picture in pixels; y grows downwards.
struct Point: Hashable {
  var x: Int
  var y: Int

  static let zero = Point(x: 0, y: 0)

  static func + (left: Point, right: Point) -> Point { Point(x: left.x + right.x, y: left.y + right.y) }

  /// With x and y exchanged.
  var transposed: Point { Point(x: y, y: x) }
}

/// Pixels across and down.
struct Size: Hashable {
  var width: Int
  var height: Int

  static let zero = Size(width: 0, height: 0)

  var transposed: Size { Size(width: height, height: width) }
}

/// A rectangle whose sides are parallel to the picture's.
struct Box: Hashable {
  var origin: Point
  var size: Size

  var left: Int { origin.x }
  var right: Int { origin.x + size.width }
  var top: Int { origin.y }
  var bottom: Int { origin.y + size.height }
  var middle: Point { Point(x: origin.x + size.width / 2, y: origin.y + size.height / 2) }

  var transposed: Box { Box(origin: origin.transposed, size: size.transposed) }

  func moved(by offset: Point) -> Box { Box(origin: origin + offset, size: size) }

  /// Whether they share more than an edge.
  func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// Whether the other lies inside, borders included.
  func contains(_ other: Box) -> Bool {
    left <= other.left && top <= other.top && other.right <= right && other.bottom <= bottom
  }
}
