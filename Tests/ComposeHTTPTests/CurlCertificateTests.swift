import ComposeHTTP
import ComposeTestSupport
import Glibc
import Testing

/// Whose certificates are accepted. There is no way to switch the check off.
@Suite(.timeLimit(.minutes(15))) struct CurlCertificateTests {
  enum Case: String, CaseIterable {
    case good, expired, otherHost, selfSigned, unknownAuthority

    var complaint: String? {
      switch self {
      case .good: nil
      case .expired: "certificate has expired"
      case .otherHost: "no alternative certificate subject name matches target host name '127.0.0.1'"
      case .selfSigned: "self-signed certificate"
      case .unknownAuthority: "unable to get local issuer certificate"
      }
    }
  }

  @Test(arguments: Case.allCases)
  func `a certificate is checked`(_ example: Case) async throws {
    try await withTemporaryFolder { folder in
      let certificates = try await TestCertificates(folder)
      let names = example == .otherHost ? ["DNS:localhost"] : ["DNS:localhost", "IP:127.0.0.1"]
      let leaf = try await certificates.leaf(
        names, isExpired: example == .expired, isSelfSigned: example == .selfSigned)
      let site = NginxSite(folder, certificate: leaf, configuration: "location / { return 200 hello; }")
      try await withNginx(site) { peer in
        let transport = CurlTransport(caFile: example == .unknownAuthority ? nil : certificates.authority)
        let request = get(peer.secureURL(host: "127.0.0.1"))
        guard let complaint = example.complaint else {
          let text = try await transport.text(request)
          #expect(text == "hello")
          return
        }
        let error = await transport.failure(request)
        #expect(error?.kind == .tls)
        let message = error?.message.replacing("self signed", with: "self-signed") ?? ""
        #expect(message.hasPrefix("no secure connection to 127.0.0.1:\(peer.port): "))
        #expect(message.contains(complaint))
      }
    }
  }

  @Test(arguments: [nil, "", "no certificate in here\n"])
  func `an authority's file that cannot be used is named`(_ contents: String?) async throws {
    try await withTemporaryFolder { folder in
      let certificates = try await TestCertificates(folder)
      let site = NginxSite(folder, certificate: try await certificates.leaf(), configuration: "")
      if let contents { try folder.write(contents, to: "broken.pem") }
      try await withNginx(site) { peer in
        let path = folder.path + "/broken.pem"
        let error = await CurlTransport(caFile: path).failure(get(peer.secureURL()))
        let reason = contents == nil ? "no such file or directory" : "it holds no certificate in PEM form"
        #expect(error == HTTPError(.tls, "the CA file '\(path)' cannot be used: \(reason)"))
      }
    }
  }

  @Test(arguments: ["SSL_CERT_FILE", "CURL_CA_BUNDLE"])
  func `the environment names an authority's file`(_ variable: String) async throws {
    try await withTemporaryFolder { folder in
      let certificates = try await TestCertificates(folder)
      let site = NginxSite(
        folder, certificate: try await certificates.leaf(), configuration: "location / { return 200 hello; }")
      try await withNginx(site) { peer in
        let (url, authority) = (peer.secureURL(), certificates.authority)
        await #expect(processExitsWith: .success) {
          [variable = variable as String, url = url as String, authority = authority as String] in
          for name in ["SSL_CERT_FILE", "CURL_CA_BUNDLE"] { unsetenv(name) }
          setVariable(variable, authority)
          try expectEqual(try await CurlTransport().text(get(url)), "hello")
          setVariable(variable, "/no/such/file")
          let error = await CurlTransport().failure(get(url))
          try expectEqual(error?.message, "\(variable) '/no/such/file' cannot be used: no such file or directory")
        }
      }
    }
  }
}
