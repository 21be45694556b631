import ComposePlan
import ComposeRuntime

/// What a call from outside carries, by its content type: JSON, a form, text, or bytes.
struct CallbackBody {
  let value: Value

  /// - Throws: a 400 when the body is not what its content type says, or is a multipart form.
  init(contentType: String?, bytes: [UInt8]) throws(ErrorAnswer) {
    let type = (contentType ?? "").prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
    switch type {
    case "application/x-www-form-urlencoded": value = Self.form(String(decoding: bytes, as: UTF8.self))
    case _ where type.hasSuffix("json"):
      do throws(JSONError) {
        value = try parseJSON(bytes)
      } catch {
        throw .invalidBody(error.description)
      }
    case _ where type.hasPrefix("multipart/"): throw .invalidContentType("Unsupported Content-Type: \(type)")
    case _ where type.hasPrefix("text/"): value = .text(String(decoding: bytes, as: UTF8.self))
    // Some senders say nothing.
    case "": value = bytes.isEmpty ? .null : (try? parseJSON(bytes)) ?? .bytes(bytes)
    default: value = .bytes(bytes)
    }
  }

  /// The members of a form; of several with one name, the last.
  private static func form(_ text: String) -> Value {
    var object = OrderedObject()
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { percentDecoded(Substring($0.replacing("+", with: " "))) ?? String($0) }
      object[parts[0]] = .text(parts.count > 1 ? parts[1] : "")
    }
    return .object(object)
  }
}

extension CallbackPlan {
  /// Whether a request for the path is for this callback. A part in braces stands for any one part.
  ///
  /// - Parameter parts: what stands between the slashes; `nil` for what cannot be read.
  func matches(_ parts: [String?]) -> Bool {
    let own = path.split(separator: "/", omittingEmptySubsequences: false)
    guard own.count == parts.count else { return false }
    return zip(own, parts).allSatisfy { own, part in
      guard let part else { return false }
      return own.hasPrefix("{") && own.hasSuffix("}") ? !part.isEmpty : own == part
    }
  }
}
