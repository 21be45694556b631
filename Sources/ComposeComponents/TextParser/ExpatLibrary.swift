import ComposeRuntime
import Glibc

/// The functions of libexpat that read XML, found when the first text is read as XML.
///
/// The reference reads XML with the same library, so what is well-formed is the same to the letter, and so are the
/// limits for entities that expand to more and more. It is not linked: most files read no XML.
struct ExpatLibrary: Sendable {
  typealias Parser = OpaquePointer
  typealias Name = UnsafePointer<CChar>
  typealias StartHandler = @convention(c) (UnsafeMutableRawPointer?, Name?, UnsafePointer<Name?>?) -> Void
  typealias EndHandler = @convention(c) (UnsafeMutableRawPointer?, Name?) -> Void
  typealias TextHandler = @convention(c) (UnsafeMutableRawPointer?, Name?, Int32) -> Void

  let create: @Sendable @convention(c) (Name?, CChar) -> Parser?
  let free: @Sendable @convention(c) (Parser) -> Void
  let setUserData: @Sendable @convention(c) (Parser, UnsafeMutableRawPointer?) -> Void
  let setElementHandler: @Sendable @convention(c) (Parser, StartHandler?, EndHandler?) -> Void
  let setTextHandler: @Sendable @convention(c) (Parser, TextHandler?) -> Void
  let setDefaultHandler: @Sendable @convention(c) (Parser, TextHandler?) -> Void
  /// Reads bytes; the last argument says whether they are the last ones. 1 is success.
  let parse: @Sendable @convention(c) (Parser, Name?, Int32, Int32) -> Int32

  /// The library of this machine, opened on the first call and never closed.
  ///
  /// - Throws: what to install.
  static func load() throws(TextParserFault) -> ExpatLibrary { try shared.get() }

  private static let shared = Result { () throws(TextParserFault) in try ExpatLibrary(named: "libexpat.so.1") }

  init(named name: String) throws(TextParserFault) {
    guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw TextParserFault(
        "format", "is 'xml', for which \(name) is needed: install libexpat1 (Debian, Ubuntu) or expat (Fedora, Alpine)",
        code: .internal)
    }
    func find<Function>(_ function: String) throws(TextParserFault) -> Function {
      guard let address = dlsym(library, function) else {
        throw TextParserFault("format", "is 'xml', and \(name) has no function '\(function)'", code: .internal)
      }
      return unsafeBitCast(address, to: Function.self)
    }
    create = try find("XML_ParserCreateNS")
    free = try find("XML_ParserFree")
    setUserData = try find("XML_SetUserData")
    setElementHandler = try find("XML_SetElementHandler")
    setTextHandler = try find("XML_SetCharacterDataHandler")
    setDefaultHandler = try find("XML_SetDefaultHandlerExpand")
    parse = try find("XML_Parse")
  }
}
