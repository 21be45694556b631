import ComposeRuntime
import Testing

/// The steps of a conversion around the types: lists, formats, encodings.
@Suite struct ConversionTests {
  private func fails(
    _ conversion: Conversion, _ value: Value, containing part: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    do throws(RuntimeError) {
      let result = try await conversion(value)
      Issue.record("should fail, but gives \(result.debugForm)", sourceLocation: sourceLocation)
    } catch {
      #expect(error.message.contains(part), sourceLocation: sourceLocation)
    }
  }

  @Test func nullStaysNull() async throws {
    for name in ["text", "audio", "stream", "numbr", "base64"] {
      for isList in [false, true] {
        let conversion = Conversion(
          name, isList: isList, format: "base64", context: ConversionContext(keepsEncoded: isList))
        #expect(try await conversion(.null).isNull)
      }
    }
  }

  @Test(arguments: ["numbr", "any", "none", "select", "slider", "Text", "int", "model_3d"])
  func unknownTypesPassEveryValue(_ name: String) async throws {
    let stream = Value.stream(ValueStream(.bare, elements: []))
    for value in [.text("1"), .object(["a": .null]), stream] {
      #expect(try await Conversion(name)(value).isIdentical(to: value))
      #expect(try await Conversion(name, format: "base64")(value).isIdentical(to: value))
    }
    let list = Value.list([.integer(1), .null])
    #expect(try await Conversion(name, isList: true)(list).isIdentical(to: list))
    await fails(Conversion(name, isList: true), .text("[]"), containing: "needs a list")
  }

  @Test func encodedTextIsKeptWhereItLeaves() async throws {
    let context = ConversionContext(keepsEncoded: true)
    for (name, format) in [("image", "base64"), ("integer", "data-uri"), ("stream", "url"), ("numbr", "base64")] {
      let conversion = Conversion(name, format: format, context: context)
      #expect(try await conversion(.text("AA==")).isIdentical(to: .text("AA==")))
      await fails(conversion, .bytes([1]), containing: "needs text")
      // A null inside a list is no text, whereas a null by itself is never converted.
      await fails(Conversion(name, isList: true, format: format, context: context), .list([.null]))
    }
    // A path says nothing to who gets the result, and so it is read.
    await fails(Conversion("text", format: "path", context: context), .text("/nowhere/at/all"))
    let decoded = try await Conversion("base64", context: context)(.text("hi"))
    #expect(decoded.isIdentical(to: .text("aGk=")))
  }

  @Test func streamsHaveTwoEncodings() async throws {
    for subtype in ["TEXT", "sse", ""] { await fails(Conversion("stream", subtype: subtype), .text("x")) }
    let each = try await Conversion("stream", isList: true)(.list([.text("x"), .null]))
    #expect(try await each.drained().isIdentical(to: .list([.list([.text("x")]), .null])))
    let resource = Value.resource(Resource(.bytes, source: BytesSource(Array("raw".utf8))))
    for (subtype, chunk) in [(nil, "b'raw'"), ("text", "b'raw'"), ("json", "\"raw\"")] as [(String?, String)] {
      let value = try await Conversion("stream", subtype: subtype, format: "json")(resource)
      let drained = try await value.drained()
      #expect(drained.isIdentical(to: .list([.text(chunk)])))
    }
    for inner in [resource, .list([resource]), .stream(ValueStream(.bare, elements: []))] as [Value] {
      let stream = Value.stream(ValueStream(.bare, elements: [inner]))
      let encoded = try await Conversion("stream")(stream)
      await #expect(throws: RuntimeError.self) { try await encoded.drained() }
    }
  }

  @Test func resourcesAreReadOnlyForTheirBytes() async throws {
    let resource = Value.resource(Resource(.bytes, source: BytesSource([1, 2])))
    #expect(try await Conversion("base64")(resource).isIdentical(to: .text("AQI=")))
    #expect(try await Conversion("boolean")(resource).isIdentical(to: .boolean(false)))
    #expect(try await Conversion("json")(resource).isIdentical(to: resource))
    let invalid = Value.resource(Resource(.file, source: BytesSource([0xFF])))
    for name in ["text", "string", "markdown"] {
      #expect(try await Conversion(name)(resource).isIdentical(to: .text("\u{1}\u{2}")))
      await fails(Conversion(name), invalid, containing: "not UTF-8")
    }
    for name in ["text", "string", "markdown", "integer", "number", "list", "object"] {
      if !["text", "string", "markdown"].contains(name) { await fails(Conversion(name), resource) }
      if name != "list" { await fails(Conversion(name), .list([resource])) }
    }
    await fails(Conversion("text"), .object(["k": .list([resource])]), containing: "inside")
  }

  @Test func otherValuesIgnoreTheFormat() async throws {
    let conversion = Conversion("text", format: "base64")
    #expect(try await conversion(.integer(5)).isIdentical(to: .text("5")))
    #expect(try await conversion(.bytes([0x68, 0x69])).isIdentical(to: .text("hi")))
    #expect(try await Conversion("text", format: "hex")(.text("aGk=")).isIdentical(to: .text("aGk=")))
    let list = try await Conversion("text", isList: true, format: "base64")(.list([.text("aGk="), .null, .integer(1)]))
    #expect(list.isIdentical(to: .list([.text("hi"), .null, .text("1")])))
  }
}
