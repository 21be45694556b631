import ComposeBasic
import ComposeSema

/// Says what request an action will send, by the rules of the component that sends it.
struct RequestPlanner {
  let workflow: String
  let site: InvocationSite

  private var invocation: Invocation { site.invocation }

  var requests: [PlannedRequest] {
    invocation.facts.compactMap { place, fact in
      if case .request(let fields) = fact { request(fields, at: place) } else { nil }
    }
  }

  private func request(_ fields: [ShapeFact.RequestRole: String], at place: PlacedShape) -> PlannedRequest {
    func template(_ role: ShapeFact.RequestRole) -> PlanTemplate? {
      fields[role].flatMap { invocation.value(of: $0, at: place) }
    }
    var headers = self.headers(template(.headers))
    let body = template(.body).flatMap { self.body($0, &headers) }
    headers += added(besides: headers)
    let polling = place.shape.facts.contains { fact in
      if case .polls = fact { true } else { false }
    }
    let address = RequestAddressBuilder(site: site, fields: fields, place: place)
    return PlannedRequest(
      workflow: workflow, job: site.job.name, component: invocation.component, caller: site.caller,
      api: polling ? nil : invocation.api,
      isPolling: polling, method: template(.method).map(site.scope.value) ?? .known(.text("POST")),
      url: address.pieces, urlRange: address.range, isURLFromInput: address.isFromInput, query: query(at: place),
      headers: headers, body: body, timeouts: TimeoutReader(site: site, fields: fields, place: place).timeouts,
      isStreamed: !polling && (invocation.readsChunks || invocation.resultType.isStream),
      repeats: site.repeats.map(\.text) + (polling ? ["until the work is done"] : []), range: invocation.range,
      jobRange: site.job.range, fields: used(fields, at: place))
  }

  /// The fields of the file that become a part of the request.
  private func used(
    _ fields: [ShapeFact.RequestRole: String], at place: PlacedShape
  ) -> Set<PlannedRequest.Field> {
    var used: Set<PlannedRequest.Field> = [PlannedRequest.Field(owner: .component, path: ["headers"])]
    for (role, name) in fields {
      switch role {
      // The port is also that on which the program listens.
      case .port: continue
      case .base, .prefix: used.insert(PlannedRequest.Field(owner: .component, path: [name]))
      case .limits:
        used.insert(PlannedRequest.Field(owner: .component, path: [name]))
        used.insert(PlannedRequest.Field(owner: place.owner, path: place.path + [name]))
      case .url, .path, .method, .headers, .body:
        used.insert(PlannedRequest.Field(owner: place.owner, path: place.path + [name]))
      }
    }
    for case .query(let name) in place.shape.facts {
      used.insert(PlannedRequest.Field(owner: place.owner, path: place.path + [name]))
    }
    return used
  }

  private func query(at place: PlacedShape) -> [RequestMember] {
    place.shape.facts.flatMap { fact -> [RequestMember] in
      guard case .query(let field) = fact, let template = invocation.written(field, at: place) else { return [] }
      let value = site.scope.value(of: template)
      guard case .object(let members) = value else {
        return [RequestMember(name: "", value: value, range: template.range)]
      }
      return members.flatMap { member -> [RequestMember] in
        guard case .list(let items) = member.value else { return member.value.isNull ? [] : [member] }
        return items.filter { !$0.isNull }.map {
          RequestMember(name: member.name, value: $0, range: member.range, isFromInput: member.isFromInput)
        }
      }
    }
  }

  // MARK: Headers and body

  /// The component's headers, replaced by the action's of the same name in any case.
  private func headers(_ action: PlanTemplate?) -> [RequestHeader] {
    var headers: [RequestHeader] = []
    for template in [invocation.componentField("headers"), action] {
      guard let template else { continue }
      let value = site.scope.value(of: template)
      guard case .object(let members) = value else {
        if !value.isNull { headers.append(RequestHeader(name: "", value: value, range: template.range)) }
        continue
      }
      for member in members {
        headers.removeAll { $0.name.lowercased() == member.name.lowercased() }
        guard !member.value.isNull else { continue }
        headers.append(
          RequestHeader(
            name: member.name, value: member.value, range: member.range, isFromInput: member.isFromInput))
      }
    }
    return headers
  }

  /// The body, and the `Content-Type` that the program adds to one of JSON.
  private func body(_ template: PlanTemplate, _ headers: inout [RequestHeader]) -> RequestBody? {
    let value = site.scope.value(of: template)
    if value.isNull { return nil }
    let declared = headers.last { $0.name.lowercased() == "content-type" }?.value
    let type = declared?.knownText?.prefix { $0 != ";" }.lowercased()
    let form: RequestBody.Form
    switch value {
    case .object where type == "multipart/form-data": form = .multipart
    case .text where type == "application/json", .known(.text) where type == "application/json": form = .json
    case .text, .known(.text): form = .text
    case .object where type == "application/x-www-form-urlencoded": form = .form
    case .hole(let hole): form = hole.type == "text" ? .text : .open
    case .known, .list, .object: form = .json
    }
    if declared == nil, let added = form.contentType {
      headers.append(RequestHeader(name: "Content-Type", value: .known(.text(added)), range: nil))
    }
    return RequestBody(form: form, value: value, range: template.range)
  }

  /// What every request of the program has unless the file says otherwise.
  private func added(besides headers: [RequestHeader]) -> [RequestHeader] {
    [("User-Agent", "model-compose"), ("Accept", "*/*")].compactMap { name, value in
      guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
      return RequestHeader(name: name, value: .known(.text(value)), range: nil)
    }
  }
}
