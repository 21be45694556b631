/// Something that the test itself needs is missing or broken; never a finding about the tested code.
package struct TestSupportError: Error, CustomStringConvertible, Sendable {
  /// One line for people.
  package let message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
