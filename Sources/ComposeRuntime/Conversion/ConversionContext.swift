import Glibc

/// What conversions may reach, and whether they decode at this place.
package struct ConversionContext: Sendable {
  /// Fetches what `;url` names.
  package var opener: any ResourceOpener
  /// Whether `;url` may name a file of this machine. Not where the URL may come from somebody else's request.
  package var allowsFileURLs: Bool
  /// Where relative paths begin; `nil` is the folder of the process.
  package var folder: String?
  /// What `~` stands for; without it, `~` is a name like any other.
  package var home: String?
  /// Whether texts of `;base64`, `;data-uri` and `;url` stay texts: in the output of a job that ends the workflow
  /// (language specification, section 10.4).
  package var keepsEncoded: Bool

  package init(
    opener: any ResourceOpener = NoResourceOpener(), allowsFileURLs: Bool = true, folder: String? = nil,
    home: String? = Self.processHome, keepsEncoded: Bool = false
  ) {
    self.opener = opener
    self.allowsFileURLs = allowsFileURLs
    self.folder = folder
    self.home = home
    self.keepsEncoded = keepsEncoded
  }

  /// `HOME` of the process.
  package static let processHome: String? = getenv("HOME").map { String(cString: $0) }

  /// A path as the file system takes it: `~` replaced, and behind the folder when it is relative.
  func path(_ text: String) -> String {
    if text.hasPrefix("/") { return text }
    if let home, text == "~" || text.hasPrefix("~/") { return home + text.dropFirst() }
    guard let folder else { return text }
    return folder.hasSuffix("/") ? folder + text : folder + "/" + text
  }
}
