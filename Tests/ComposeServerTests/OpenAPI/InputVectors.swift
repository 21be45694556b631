/// Inputs of the workflow `every` of `Fixtures/openapi/every-input.yml`, and requests of that file.
enum InputVectors {
  /// What has to be given.
  private static let required = [
    ("plain", #""hello""#), ("whole", "1"), ("level", "3"), ("tags", #"["a"]"#), ("counts", "[1]"),
    ("sizes", #"["a"]"#),
    ("user", #"{"name":"Ada"}"#), ("items", #"[{"id":"x"}]"#), ("rows", #"[{"id":1}]"#),
  ]

  private static func input(_ name: String? = nil, _ value: String? = nil) -> String {
    var members = required.filter { $0.0 != name }
    if let name, let value { members.append((name, value)) }
    return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  static let every: [String] =
    ["{}", "null", "[]", #""text""#, "5", input(), input("unknown", "1")]
    // Without one of them, and with null in its place.
    + required.flatMap { [input($0.0), input($0.0, "null")] }
    + [
      ("plain", "5"), ("plain", "{}"), ("plain", "true"), ("text", "null"), ("text", "1"), ("whole", "2.5"),
      ("whole", #""5""#), ("whole", #"" +1_000 ""#), ("whole", #""5x""#), ("whole", #""""#), ("whole", #""1__0""#),
      ("whole", "true"), ("whole", "[]"), ("whole", "{}"), ("half", #""1e5""#), ("half", #""1.""#), ("half", #"".5""#),
      ("half", #"".""#), ("half", #""a""#), ("half", "false"), ("half", "null"), ("half", "[1]"), ("sure", #""maybe""#),
      ("sure", "{}"), ("size", #""small""#), ("size", #""huge""#), ("size", "5"), ("heat", "2"), ("heat", "2.01"),
      ("heat", "-1"), ("heat", "true"), ("heat", "[]"), ("heat", "null"), ("level", "0"), ("level", "5"),
      ("level", "false"), ("level", "true"), ("level", "{}"), ("tags", #""a""#), ("tags", "[]"), ("tags", "[1, null]"),
      ("tags", "{}"), ("counts", #"["1", 2, null, true]"#), ("counts", #"["a"]"#), ("counts", "5"),
      ("sizes", #"["z"]"#),
      ("sizes", #""a""#), ("list", "{}"), ("list", "[]"), ("list", "5"), ("list", #""[1]""#), ("object", "{}"),
      ("object", "[]"), ("object", "true"), ("object", #""{}""#), ("json", "5"), ("json", "null"), ("json", #""[]""#),
      ("encoded", "5"), ("encoded", #""a""#), ("encoded", "[]"), ("anything", "[[]]"), ("user", "[]"),
      ("user", #""a""#),
      ("user", #"{"name":null}"#), ("user", #"{"name":1,"mail":null}"#), ("user", #"{"name":"a","address":5}"#),
      ("user", #"{"name":"a","address":{"city":[]}}"#), ("items", "[]"), ("items", "[{}]"),
      ("items", #"[{"id":null}]"#),
      ("items", #"[{"id":1},5]"#), ("items", #"[{"id":1},{"id":null}]"#), ("items", "5"), ("rows", "[]"), ("rows", "5"),
      ("computed", "{}"),
    ].map { input($0.0, $0.1) }

  /// Whole requests, and whether they are taken.
  static let requests: [(String, Bool)] = [
    (#"{"input":\#(input())}"#, true),
    (#"{"workflow_id":null,"input":\#(input())}"#, true),
    (#"{"workflow_id":"every","input":\#(input()),"more":1}"#, true),
    (#"{"workflow_id":"every"}"#, false),
    (#"{"workflow_id":"nope","input":{}}"#, false),
    (#"{"workflow_id":"hidden","input":{}}"#, false),
    (#"{"workflow_id":5,"input":\#(input())}"#, false),
    (#"{"workflow_id":"events","input":{"question":"a"}}"#, true),
    (#"{"workflow_id":"a-b"}"#, true),
    (#"{"workflow_id":"a-b","input":"iVBORw0KGgo="}"#, true),
    (#"{"workflow_id":"a b","input":{}}"#, false),
    (#"{"input":\#(input()),"output_only":true}"#, true),
    (#"{"input":\#(input()),"output_only":true,"wait_for_completion":false}"#, false),
    (#"{"input":\#(input()),"output_only":null,"wait_for_completion":false}"#, true),
    (#"{"input":\#(input()),"output_only":1}"#, false),
    (#"{"input":\#(input()),"metadata":[]}"#, false),
    (#"{"input":\#(input()),"metadata":{"a":[1]},"session_id":"s"}"#, true),
    (#"{"input":\#(input()),"callback_url":"http://example.com/a"}"#, false),
    (#"{"input":\#(input()),"callback_url":"http://example.com/a","wait_for_completion":false}"#, true),
    (#"{"input":\#(input()),"callback_url":"ftp://example.com/a","wait_for_completion":false}"#, false),
    (#"{"input":\#(input()),"callback_headers":{"X-A":"b"}}"#, true),
    (#"{"input":\#(input()),"callback_headers":{"X A":"b"}}"#, false),
    (#"{"input":\#(input()),"callback_headers":{"X-A":1}}"#, false),
    ("[]", false), ("null", false), ("{}", false),
  ]
}
