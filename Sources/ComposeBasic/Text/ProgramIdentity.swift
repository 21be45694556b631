/// What the program calls itself, in reports and on the command line.
package enum ProgramIdentity {
  package static let name = "model-compose"
  /// By the rules of semantic versioning.
  package static let version = "0.1.0"
}
