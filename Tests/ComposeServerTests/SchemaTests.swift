import ComposePlan
import ComposeSema
import Testing

@Suite struct SchemaTests {
  private let plan = smallPlan(
    workflow(
      "chat", title: "Chat", description: "plain", isDefault: true,
      inputs: [
        input("prompt", isRequired: true, description: "What to ask"),
        input("temperature", type: "number", fallback: "0.7"),
        input("size", type: "select", subtype: "small,large", fallback: "small"),
        input("tags", isList: true, fallback: "[\"a\"]"),
        input("note", type: "text", fallback: "0.7"),
      ], gives: .encoded(.json)),
    workflow(
      "a b", gives: .object(ObjectType([.init("text", .text), .init("scores", .list(.number))], rest: nil))),
    workflow(
      "several", inputs: [input(nil), input("k")],
      outputs: [
        .variable(WorkflowVariable(name: "a.b", type: "select", subtype: "x,y")),
        .group(.init(name: "runs", repeatCount: 3, variables: [.any])),
      ]),
    workflow("hidden", isPrivate: true))

  private let chat =
    #"{"workflow_id":"chat","title":"Chat","description":"plain","input":["#
    + #"{"name":"prompt","type":"string","is_list":false,"required":true,"description":"What to ask"},"#
    + #"{"name":"temperature","type":"number","is_list":false,"default":0.7,"required":false},"#
    + #"{"name":"size","type":"select","subtype":"small,large","is_list":false,"options":["small","large"],"#
    + #""default":"small","required":false},"#
    + #"{"name":"tags","type":"string","is_list":true,"default":["a"],"required":false},"#
    + #"{"name":"note","type":"text","is_list":false,"default":"0.7","required":false}],"#
    + #""output":[{"type":"stream","subtype":"json","is_list":false}],"default":true,"streaming":true}"#

  private let other =
    #"{"workflow_id":"a b","input":[],"output":[{"name":"text","type":"string","is_list":false},"#
    + #"{"name":"scores","type":"number","is_list":true}],"streaming":false}"#

  private let several =
    #"{"workflow_id":"several","input":[{"name":"k","type":"string","is_list":false,"required":false}],"#
    + #""output":[{"name":"a.b","type":"select","subtype":"x,y","is_list":false,"#
    + #""options":["x","y"]},{"group":"runs","repeat_count":3,"variables":[{"type":"any","is_list":false}]}],"#
    + #""streaming":false}"#

  @Test func theList() async throws {
    try await withService(plan) { service in
      let list = try await service.exchange("GET", "/api/workflows")
      #expect(list.headers["content-type"] == "application/json")
      #expect(
        list.body == #"[{"workflow_id":"chat","title":"Chat","description":"plain","default":true},"#
          + #"{"workflow_id":"a b"},{"workflow_id":"several"}]"#)
      #expect(
        try await service.exchange("GET", "/api/workflows?include_schema=true").body == "[\(chat),\(other),\(several)]")
      #expect(try await service.exchange("GET", "/api/workflows?include_schema=false").body == list.body)
    }
  }

  @Test func oneWorkflow() async throws {
    try await withService(plan) { service in
      #expect(try await service.exchange("GET", "/api/workflows/chat/schema").body == chat)
      #expect(try await service.exchange("GET", "/api/workflows/a%20b/schema").body == other)
      #expect(try await service.exchange("GET", "/api/workflows/several/schema").body == several)
      for id in ["hidden", "nope"] {
        let answer = try await service.exchange("GET", "/api/workflows/\(id)/schema")
        #expect(answer.status == 404)
        #expect(answer.body == #"{"detail":"Workflow not found.","code":"unknown-workflow"}"#)
      }
    }
  }
}
