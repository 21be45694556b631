import Glibc

/// Certificates that a test makes for itself with `openssl`: an authority, and what it signs.
package struct TestCertificates: Sendable {
  /// A server's certificate and its key: paths of PEM files.
  package struct Leaf: Sendable {
    package let file: String
    package let key: String
  }

  private let folder: TemporaryFolder
  /// The authority's certificate: the path of a PEM file.
  package let authority: String

  /// Makes an authority.
  package init(_ folder: TemporaryFolder) async throws {
    self.folder = folder
    authority = folder.path + "/authority.pem"
    _ = try await Self.openssl(
      ["req", "-x509", "-subj", "/CN=test authority", "-days", "2", "-keyout", folder.path + "/authority.key"]
        + ["-out", authority] + newKey)
  }

  /// Makes a certificate for names such as `DNS:localhost` or `IP:127.0.0.1`.
  ///
  /// - Parameters:
  ///   - isExpired: it ended yesterday.
  ///   - isSelfSigned: the authority has nothing to do with it.
  package func leaf(
    _ names: [String] = ["DNS:localhost", "IP:127.0.0.1"], isExpired: Bool = false, isSelfSigned: Bool = false
  ) async throws -> Leaf {
    let name = folder.path + "/" + (isExpired ? "expired" : isSelfSigned ? "own" : "leaf")
    let leaf = Leaf(file: name + ".pem", key: name + ".key")
    let subject = ["-subj", "/CN=test server", "-addext", "subjectAltName=" + names.joined(separator: ",")]
    if isSelfSigned {
      _ = try await Self.openssl(
        ["req", "-x509", "-days", "2", "-keyout", leaf.key, "-out", leaf.file] + subject + newKey)
      return leaf
    }
    let request = name + ".csr"
    _ = try await Self.openssl(["req", "-keyout", leaf.key, "-out", request] + subject + newKey)
    let signing = ["-CA", authority, "-CAkey", folder.path + "/authority.key", "-copy_extensions", "copy"]
    _ = try await Self.openssl(
      ["x509", "-req", "-in", request, "-out", leaf.file, "-days", isExpired ? "-1" : "2"] + signing)
    return leaf
  }

  private static func openssl(_ arguments: [String]) async throws -> String {
    let outcome = try await run(ProgramLaunch("/usr/bin/openssl", arguments))
    guard outcome.status == 0 else { throw TestSupportError("openssl \(arguments): \(outcome.standardError)") }
    return outcome.standardOutput
  }
}

/// Elliptic curves are quicker to make than RSA keys.
private let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
