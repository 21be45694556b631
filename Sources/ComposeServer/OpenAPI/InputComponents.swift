/// The schemas of what the conversions of the language take, by the names of the components.
enum InputComponents {
  static let json = #"""
    {
      "TextInput": {
        "description": "A text. Any other value is taken as it is, or as its text where the file converts it.",
        "type": ["string", "number", "boolean", "object", "array"]
      },
      "IntegerInput": {
        "description": "An integer, as a number or as its digits. A fraction is cut off; false and true are 0 and 1.",
        "type": ["integer", "number", "boolean", "string"],
        "pattern": "^ *[+-]?[0-9]+(_[0-9]+)* *$",
        "maxLength": 4300
      },
      "NumberInput": {
        "description": "A number, or a text that is one. False and true are 0 and 1.",
        "type": ["number", "boolean", "string"],
        "pattern": "^ *[+-]?([0-9]+(_[0-9]+)*\\.?|[0-9]*\\.[0-9]+)([eE][+-]?[0-9]{1,2})? *$",
        "maxLength": 200
      },
      "BooleanInput": {
        "description": "True, 1, and the texts `true` and `1` are true. Anything else is false.",
        "type": ["boolean", "integer", "number", "string", "object", "array"]
      },
      "ListInput": {
        "description": "A list, or a text with the JSON of one.",
        "type": ["array", "string"],
        "contentMediaType": "application/json",
        "contentSchema": { "type": "array" }
      },
      "ObjectInput": {
        "description": "An object, or a text with the JSON of one.",
        "type": ["object", "string"],
        "contentMediaType": "application/json",
        "contentSchema": { "type": "object" }
      },
      "JSONInput": {
        "description": "A text is read as JSON. Any other value is taken as it is.",
        "type": ["string", "number", "boolean", "object", "array"],
        "contentMediaType": "application/json"
      },
      "EncodedInput": { "description": "A text, which is encoded in base64.", "type": "string" },
      "AnyInput": {
        "description": "Any value.",
        "type": ["string", "number", "boolean", "object", "array"]
      },
      "OtherChoice": {
        "description": "A value that is none of the choices is passed on as it is.",
        "type": ["string", "number", "boolean", "object", "array"]
      },
      "Base64Text": { "description": "Bytes in base64.", "type": "string", "contentEncoding": "base64" },
      "DataURI": {
        "description": "Bytes as a data URI (RFC 2397), such as `data:image/png;base64,…`.",
        "type": "string",
        "pattern": "^data:"
      },
      "FileURL": { "description": "The address of a file, which the service fetches.", "type": "string", "format": "uri" },
      "FilePath": { "description": "The path of a file on the machine of the service.", "type": "string" },
      "FileInput": {
        "description": "A file. JSON holds no bytes: send it as a part of `multipart/form-data`.",
        "type": "string",
        "contentMediaType": "application/octet-stream"
      }
    }
    """#
}
