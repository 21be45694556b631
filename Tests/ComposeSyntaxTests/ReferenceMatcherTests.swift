import ComposeSyntax
import Testing

/// The reference's reading of texts on which it is surprising.
@Suite struct ReferenceMatcherTests {
  /// A text in which `‹` and `›` enclose each match, and the parts of the first match as `name=text`.
  static let readings: [(String, [String])] = [
    ("‹${input.x}›", ["root=input", "path=x"]),
    ("‹${nope|q}›", ["root=nope|q"]),
    ("‹${nope |q}›", ["root=nope", "default=q"]),
    ("‹${input.x|q}›", ["root=input", "path=x", "default=q"]),
    ("‹${input.n as integer|5}›", ["root=input", "path=n", "type=integer|5"]),
    ("‹${input.n as integer| 5}›", ["root=input", "path=n", "type=integer", "default=5"]),
    ("‹${x as select/a,b|a}›", ["root=x", "type=select", "subtype=a,b|a"]),
    ("Hi ‹${input.s | World}! {ok}›", ["root=input", "path=s", "default=World}! {ok"]),
    ("{\"a\": ‹${input.x | 1}}›", ["root=input", "path=x", "default=1}"]),
    ("‹${n | a}-${x}}›", ["root=n", "default=a}-${x}"]),
    ("‹${n | a}› ‹${n | b}›", ["root=n", "default=a"]),
    ("‹${n | a\n}›", ["root=n", "default=a"]),
    ("‹${n | a}\n}›", ["root=n", "default=a}"]),
    ("‹${n |   }›", ["root=n", "default= "]),
    ("${n |}", []),
    ("${n | pre ‹${s}›}", ["root=s"]),
    ("‹${n | pre-${s}}›", ["root=n", "default=pre-${s}"]),
    ("‹${n | \\${s}}›", ["root=n", "default=\\${s}"]),
    ("${x @(d y) | 5}", []),
    ("${x @(flag)}", []),
    ("‹${x @(d a)} and (b)}›", ["root=x", "annotations=@(d a)} and (b)"]),
    ("‹${x | d @(d a) @(e b) }›", ["root=x", "default=d", "annotations=@(d a) @(e b)"]),
    ("${x @(d costs ‹${y}›)}", ["root=y"]),
    ("${list[0][1]}", []),
    ("‹${list[-1].[0]}›", ["root=list", "index=[-1]", "path=[0]"]),
    ("‹${list[:-]}›", ["root=list", "index=[:-]"]),
    ("‹${list[٣]}›", ["root=list", "index=[٣]"]),
    ("‹${x[][0:1]}›", ["root=x", "chunk", "index=[0:1]"]),
    ("‹${input.alias name}›", ["root=input", "path=ali", "type=name"]),
    ("‹${inputas integer}›", ["root=input", "type=integer"]),
    ("‹${a${r.b}›}", ["root=a${r", "path=b"]),
    ("‹${word@(d y)}›", ["root=word", "annotations=@(d y)"]),
    ("‹${x as a[]/b[r=${c}, s];f}›", ["root=x", "type=a", "list", "subtype=b", "attributes=r=${c}, s", "format=f"]),
    ("${x as a[r=1]}", []),
    ("‹${\u{2003}é.x}›".replacing("é", with: "e"), ["root=e", "path=x"]),
    ("${é}", []),
    ("\\‹${x}›", ["root=x"]),
  ]

  @Test(arguments: readings)
  func finds(marked: String, parts: [String]) throws {
    let text = String(marked.filter { $0 != "‹" && $0 != "›" })
    let bytes = Array(text.utf8)
    let matches = ReferenceMatcher(text).matches()
    var shown = ""
    var end = 0
    for match in matches {
      shown += String(decoding: bytes[end..<match.span.lowerBound], as: UTF8.self)
      shown += "‹" + String(decoding: bytes[match.span], as: UTF8.self) + "›"
      end = match.span.upperBound
    }
    #expect(shown + String(decoding: bytes[end...], as: UTF8.self) == marked)
    guard let match = matches.first else { return }
    let named: [(String, Range<Int>?)] = [
      ("root=", match.root), ("chunk", match.isChunk ? 0..<0 : nil), ("index=", match.index), ("path=", match.path),
      ("type=", match.cast?.type), ("list", match.cast?.isList == true ? 0..<0 : nil),
      ("subtype=", match.cast?.subtype), ("attributes=", match.cast?.attributes), ("format=", match.cast?.format),
      ("default=", match.fallback), ("annotations=", match.annotations),
    ]
    let found = named.compactMap { name, range in range.map { name + String(decoding: bytes[$0], as: UTF8.self) } }
    #expect(found == parts)
  }
}
