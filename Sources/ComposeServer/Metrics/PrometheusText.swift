/// Writes metrics in the text format of Prometheus (version 0.0.4).
struct PrometheusText {
  private(set) var content = ""

  mutating func counter(_ name: String, _ help: String) { head(name, help, "counter") }

  mutating func gauge(_ name: String, _ help: String) { head(name, help, "gauge") }

  mutating func sample(_ name: String, _ labels: [(String, String)], _ value: some LosslessStringConvertible) {
    content += name
    if !labels.isEmpty {
      content += "{" + labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
    }
    content += " \(value)\n"
  }

  /// One histogram for each value of the label.
  mutating func histograms(_ name: String, _ help: String, label: String, _ all: [String: Histogram]) {
    head(name, help, "histogram")
    for (value, histogram) in all.sorted(by: { $0.key < $1.key }) {
      var sum = 0
      for (bound, count) in zip(Histogram.bounds, histogram.counts) {
        sum += count
        sample(name + "_bucket", [(label, value), ("le", "\(bound)")], sum)
      }
      sample(name + "_bucket", [(label, value), ("le", "+Inf")], histogram.count)
      sample(name + "_sum", [(label, value)], histogram.sum)
      sample(name + "_count", [(label, value)], histogram.count)
    }
  }

  private mutating func head(_ name: String, _ help: String, _ type: String) {
    content += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}

/// How often values fell between bounds.
struct Histogram {
  /// In seconds: what answers of providers take.
  static let bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

  private(set) var counts = [Int](repeating: 0, count: bounds.count)
  private(set) var count = 0
  private(set) var sum = 0.0

  mutating func add(_ value: Double) {
    count += 1
    sum += value
    if let index = Self.bounds.firstIndex(where: { value <= $0 }) { counts[index] += 1 }
  }
}
