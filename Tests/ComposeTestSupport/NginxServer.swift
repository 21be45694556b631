import Glibc

/// How nginx is set up by a test.
package struct NginxSite: Sendable {
  package var certificate: TestCertificates.Leaf?
  /// Only with a certificate; clients choose it in the TLS handshake.
  package var offersHTTP2 = true
  /// What stands in the `server` block, in nginx's language. Relative paths are below ``folder``.
  package var configuration: String
  /// For the configuration, and for nginx's own files.
  package var folder: TemporaryFolder

  package init(_ folder: TemporaryFolder, certificate: TestCertificates.Leaf? = nil, configuration: String) {
    self.folder = folder
    self.certificate = certificate
    self.configuration = configuration
  }
}

/// Starts nginx on a port of the system's choice, runs the body, and ends nginx with its worker.
@discardableResult
package func withNginx<Result>(_ site: NginxSite, body: (Peer) async throws -> Result) async throws -> Result {
  try await withPeer { port in
    let paths = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]
    guard let executable = paths.first(where: { access($0, X_OK) == 0 }) else {
      throw TestSupportError("no nginx in \(paths): scripts/test installs it")
    }
    try site.folder.write(site.file(port: port), to: "nginx.conf")
    // It takes the descriptors that stand in this variable for the sockets of its `listen` lines.
    return ProgramLaunch(
      executable, ["-p", site.folder.path, "-c", "nginx.conf", "-e", "stderr"], environment: ["NGINX": "100;"])
  } body: {
    try await body($0)
  }
}

extension NginxSite {
  fileprivate func file(port: Int) -> String {
    let secure = certificate == nil ? "" : offersHTTP2 ? " ssl http2" : " ssl"
    let files = certificate.map { "ssl_certificate \($0.file); ssl_certificate_key \($0.key);" } ?? ""
    // Started by root, its worker would give up its rights, and could not read the test's folder.
    let user = geteuid() == 0 ? "user root;" : ""
    return """
      daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn; \(user)
      events { worker_connections 1024; }
      http {
        access_log off; default_type text/plain; server_tokens off; lingering_close off;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
        scgi_temp_path scgi; client_max_body_size 0; root .;
        server {
          listen 127.0.0.1:\(port)\(secure); \(files)
          \(configuration)
        }
      }

      """
  }
}
