extension Value {
  /// The same value for several readers: bytes that come only once are kept in a temporary file from which each of them
  /// reads, when the first one asks for them (``SpooledSource``). The rest of the value costs nothing.
  package func keepingBytes() throws(RuntimeError) -> Value {
    switch self {
    case .resource(let resource):
      guard !resource.source.isRepeatable, let kept = try resource.branches(1, bufferSize: 1, spool: true).first else {
        return self
      }
      return .resource(kept)
    case .list(let list):
      guard holdsSource else { return self }
      var kept: [Value] = []
      kept.reserveCapacity(list.count)
      for element in list { kept.append(try element.keepingBytes()) }
      return .list(kept)
    case .object(let object):
      guard holdsSource else { return self }
      var kept = OrderedObject()
      for (key, value) in object { kept[key] = try value.keepingBytes() }
      return .object(kept)
    default: return self
    }
  }
}
