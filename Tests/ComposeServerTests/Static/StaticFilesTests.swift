import ComposePlan
import ComposeTestSupport
import Glibc
import Hummingbird
import NIOCore
import Testing

@testable import ComposeServer

/// What is served of a folder, and what is not.
@Suite struct StaticFilesTests {
  private struct Shown {
    let status: Int
    let headers: HTTPFields
    let body: String
  }

  /// A folder with a page, a style sheet, a folder of pages, and things that are nobody's business.
  private func withSite(_ body: (TemporaryFolder) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try folder.write("secret", to: "outside.txt")
      try folder.write("start", to: "site/index.html")
      try folder.write("0123456789", to: "site/app.css")
      try folder.write("é", to: "site/naïve name.txt")
      try folder.write("docs", to: "site/docs/index.html")
      try folder.write("hidden", to: "site/.env")
      try folder.write("hidden", to: "site/.git/config")
      try folder.write("raw", to: "site/data.unknown")
      try folder.write("{}", to: "site/data.json")
      let site = folder.path + "/site"
      #expect(symlink("../outside.txt", site + "/out.txt") == 0)
      #expect(symlink("/etc", site + "/etc") == 0)
      #expect(symlink("app.css", site + "/inside.css") == 0)
      #expect(mkfifo(site + "/pipe", 0o600) == 0)
      try await body(folder)
    }
  }

  private func files(
    _ folder: TemporaryFolder, at path: String = "/static", index: StaticMount.Index = .none
  ) throws -> StaticFiles {
    try StaticFiles([StaticMount(path: path, folder: folder.path + "/site", index: index)], besides: "/api")
  }

  private func get(
    _ files: StaticFiles, _ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get
  ) async throws -> Shown? {
    guard let response = files.response(method, path, headers) else { return nil }
    let collected = Collected()
    try await response.body.write(Writer(collected: collected))
    return Shown(
      status: response.status.code, headers: response.headers,
      body: String(decoding: collected.bytes.value, as: UTF8.self))
  }

  @Test func files() async throws {
    try await withSite { folder in
      let files = try files(folder)
      let style = try #require(try await get(files, "/static/app.css"))
      #expect(style.status == 200 && style.body == "0123456789")
      #expect(style.headers[.contentType] == "text/css; charset=utf-8")
      #expect(style.headers[.contentLength] == "10")
      #expect(style.headers[.acceptRanges] == "bytes" && style.headers[.cacheControl] == "no-cache")
      #expect(style.headers[.xContentTypeOptions] == "nosniff")
      #expect(try await get(files, "/static/na%C3%AFve%20name.txt")?.body == "é")
      #expect(try await get(files, "/static/inside.css")?.body == "0123456789")
      #expect(try await get(files, "/static/data.json")?.headers[.contentType] == "application/json")
      #expect(try await get(files, "/static/data.unknown")?.headers[.contentType] == "text/plain; charset=utf-8")
      #expect(try await get(files, "/static/docs/index.html")?.body == "docs")
    }
  }

  @Test(arguments: [
    "/static/", "/static/docs", "/static/docs/", "/static/none", "/static/app.css/more", "/static/.env",
    "/static/.git/config", "/static/../outside.txt", "/static/%2e%2e/outside.txt", "/static/docs/..%2f..%2foutside.txt",
    "/static/out.txt", "/static/etc/passwd", "/static/pipe", "/static/app.css%00.txt",
    "/static/" + String(repeating: "a", count: 300),
  ])
  func nothing(_ path: String) async throws {
    try await withSite { folder in
      let answer = try #require(try await get(try files(folder), path))
      #expect(answer.status == 404)
      #expect(answer.body == #"{"detail":"There is nothing at this path.","code":"not-found"}"#)
    }
  }

  @Test func otherPathsAreNotOurs() async throws {
    try await withSite { folder in
      let files = try files(folder)
      for path in ["/", "/statics/app.css", "/stati", "/api/health", "/static%zz"] {
        #expect(try await get(files, path) == nil, "\(path)")
      }
      #expect(try await get(files, "/static")?.status == 307)
      #expect(try await get(files, "/static")?.headers[.location] == "/static/")
      let answer = try #require(try await get(files, "/static/app.css", method: .post))
      #expect(answer.status == 405 && answer.headers[.allow] == "GET, HEAD")
    }
  }

  /// The page of a program that reads the path itself.
  @Test func anIndexStandsForWhatIsNotThere() async throws {
    try await withSite { folder in
      let files = try files(folder, at: "", index: .everywhere("index.html"))
      for path in ["/", "/docs", "/deep/route", "/.env", "/../outside.txt"] {
        let answer = try #require(try await get(files, path))
        #expect(answer.status == 200 && answer.body == "start", "\(path)")
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
      }
      #expect(try await get(files, "/app.css")?.body == "0123456789")
    }
  }

  @Test func pages() async throws {
    try await withSite { folder in
      let files = try files(folder, at: "", index: .pages)
      #expect(try await get(files, "/")?.body == "start")
      #expect(try await get(files, "/docs/")?.body == "docs")
      for path in ["/docs", "//docs"] {
        let answer = try #require(try await get(files, path))
        #expect(answer.status == 307 && answer.headers[.location] == "/docs/", "\(path)")
      }
      #expect(try await get(files, "/none")?.body.hasPrefix("{") == true)
      try folder.write("lost", to: "site/404.html")
      let lost = try #require(try await get(files, "/none", [.range: "bytes=0-1"]))
      #expect(lost.status == 404 && lost.body == "lost" && lost.headers[.eTag] == nil)
    }
  }

  @Test func theFirstMountThatHoldsAPathAnswers() async throws {
    try await withSite { folder in
      let site = folder.path + "/site"
      let files = try StaticFiles([
        StaticMount(path: "/a", folder: site + "/docs"), StaticMount(path: "", folder: site),
      ])
      #expect(try await get(files, "/a/index.html")?.body == "docs")
      #expect(try await get(files, "/a/app.css")?.status == 404)
      #expect(try await get(files, "/app.css")?.body == "0123456789")
    }
  }

  // MARK: Conditions and ranges

  @Test func whatAClientHasIsNotSentAgain() async throws {
    try await withSite { folder in
      let files = try files(folder)
      let first = try #require(try await get(files, "/static/app.css"))
      let tag = try #require(first.headers[.eTag])
      let date = try #require(first.headers[.lastModified])
      for headers: HTTPFields in [
        [.ifNoneMatch: tag], [.ifNoneMatch: "\"a\", W/\(tag)"], [.ifNoneMatch: "*"], [.ifModifiedSince: date],
      ] {
        let answer = try #require(try await get(files, "/static/app.css", headers))
        #expect(answer.status == 304 && answer.body == "" && answer.headers[.eTag] == tag, "\(headers)")
      }
      // A tag says more than a date.
      let other: HTTPFields = [.ifNoneMatch: "\"other\"", .ifModifiedSince: date]
      #expect(try await get(files, "/static/app.css", other)?.status == 200)
      try folder.write("01234567890", to: "site/app.css")
      #expect(try await get(files, "/static/app.css", [.ifNoneMatch: tag])?.body == "01234567890")
    }
  }

  @Test func parts() async throws {
    try await withSite { folder in
      let files = try files(folder)
      let part = try #require(try await get(files, "/static/app.css", [.range: "bytes=2-4"]))
      #expect(part.status == 206 && part.body == "234")
      #expect(part.headers[.contentRange] == "bytes 2-4/10" && part.headers[.contentLength] == "3")
      let beyond = try #require(try await get(files, "/static/app.css", [.range: "bytes=10-"]))
      #expect(beyond.status == 416 && beyond.headers[.contentRange] == "bytes */10")
      let tag = try #require(part.headers[.eTag])
      let resumed: HTTPFields = [.range: "bytes=8-", .ifRange: tag]
      #expect(try await get(files, "/static/app.css", resumed)?.body == "89")
      let changed: HTTPFields = [.range: "bytes=8-", .ifRange: "\"other\""]
      #expect(try await get(files, "/static/app.css", changed)?.body == "0123456789")
    }
  }

  /// A large file is read as it is written.
  @Test func largeFilesGoOutInPieces() async throws {
    try await withSite { folder in
      try folder.write(String(repeating: "a", count: 1_000_000), to: "site/large.txt")
      let response = try #require(try files(folder).response(.get, "/static/large.txt", [:]))
      let collected = Collected()
      try await response.body.write(Writer(collected: collected))
      #expect(collected.bytes.value.count == 1_000_000)
      #expect(collected.largest.value == 64 * 1024)
    }
  }

  /// What was promised and cannot be sent ends the connection.
  @Test func aFileThatShrinksIsCutOff() async throws {
    try await withSite { folder in
      let response = try #require(try files(folder).response(.get, "/static/app.css", [:]))
      try folder.write("0", to: "site/app.css")
      await #expect(throws: (any Error).self) { try await response.body.write(Writer(collected: Collected())) }
    }
  }

  // MARK: Starting

  @Test func whatCannotBeServed() async throws {
    try await withSite { folder in
      func message(_ path: String, _ part: String, _ index: StaticMount.Index = .none) -> String? {
        do throws(ServerError) {
          _ = try StaticFiles([StaticMount(path: path, folder: folder.path + part, index: index)], besides: "/api")
          return nil
        } catch {
          return error.message.replacing(folder.path, with: "~")
        }
      }
      #expect(message("/a", "/none") == "cannot serve the folder '~/none' at /a: there is no such file")
      #expect(message("/a", "/outside.txt")?.hasSuffix("at /a: a part of the path is no folder") == true)
      #expect(message("/api/x", "/site") == "cannot serve the folder '~/site' at /api/x: the API is at /api")
      #expect(message("/apis", "/site") == nil)
      let missing = message("", "/site", .everywhere("none.html"))
      #expect(missing == "cannot serve the folder '~/site' at /: 'none.html': there is no such file")
    }
  }
}

/// Keeps what is written.
private final class Collected: Sendable {
  let bytes = Watched<[UInt8]>([])
  let largest = Watched(0)
}

private struct Writer: ResponseBodyWriter {
  let collected: Collected

  mutating func write(_ buffer: ByteBuffer) async throws {
    collected.bytes.update { $0 += buffer.readableBytesView }
    collected.largest.update { $0 = max($0, buffer.readableBytes) }
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
