import Glibc

/// A file of certificate authorities that takes the place of the system's.
struct TrustedCertificates: Hashable, Sendable {
  let path: String
  /// What named the file, for messages.
  let origin: String

  /// The file that was asked for, or else the one that the environment names as other programs understand it, or else
  /// `nil`: the system's.
  static func chosen(_ path: String?) -> TrustedCertificates? {
    if let path { return TrustedCertificates(path: path, origin: "the CA file") }
    for name in ["CURL_CA_BUNDLE", "SSL_CERT_FILE"] {
      guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { continue }
      return TrustedCertificates(path: value, origin: name)
    }
    return nil
  }

  /// The error when libcurl can do nothing with the file.
  var failure: HTTPError {
    let reason =
      access(path, R_OK) == 0
      ? "it holds no certificate in PEM form" : String(cString: strerror(errno)).lowercased()
    return HTTPError(.tls, "\(origin) '\(path)' cannot be used: \(reason)")
  }
}
