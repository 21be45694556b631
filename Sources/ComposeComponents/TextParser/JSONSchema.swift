import ComposeBasic
import ComposeRuntime

/// A schema, or a part of one.
indirect enum JSONSchema: Sendable {
  case always(Bool)
  case rules([JSONSchemaRule])
  /// What stands at another place of the document.
  case reference(String)
}

/// One demand of a schema.
enum JSONSchemaRule: Sendable {
  case types([String])
  case anyOfValues([Value])
  case number(JSONNumberRule, Value)
  case length(ClosedRange<Int>)
  case pattern(RegularExpression)
  case itemCount(ClosedRange<Int>)
  case uniqueItems
  case items(first: [JSONSchema], rest: JSONSchema)
  case contains(JSONSchema, ClosedRange<Int>)
  case memberCount(ClosedRange<Int>)
  case required([String])
  case requiredWith(String, [String])
  case schemaWith(String, JSONSchema)
  case members([[UInt8]: JSONSchema], patterns: [(pattern: RegularExpression, schema: JSONSchema)], rest: JSONSchema)
  case memberNames(JSONSchema)
  case all([JSONSchema])
  case any([JSONSchema])
  case one([JSONSchema])
  case not(JSONSchema)
  case condition(JSONSchema, then: JSONSchema, otherwise: JSONSchema)
}

/// What a number is compared with.
enum JSONNumberRule: Sendable {
  case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
}
