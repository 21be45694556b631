import ComposeRuntime

/// A chunk of a streamed chat completion, 250 bytes.
let chatChunk = chunk(" learning", number: 0)

/// 1,000 different chunks.
let chatChunks: [[UInt8]] = (0..<1000).map { number in
  let words = [" the", " learning", ",", "\\n\\n", " \\\"quoted\\\"", " données", " 学習", " 🙂", " model"]
  return chunk(words[number % words.count], number: number)
}

private func chunk(_ content: String, number: Int) -> [UInt8] {
  let id = String(String(number + 1_000_000).reversed())
  return Array(
    """
    {"id":"chatcmpl-Bq3xT\(id)kPzQ8wLm","object":"chat.completion.chunk","created":1760000000,\
    "model":"gpt-4o-2024-08-06","system_fingerprint":"fp_07871e2ad8","choices":[{"index":0,\
    "delta":{"content":"\(content)"},"logprobs":null,"finish_reason":null}]}
    """.utf8)
}

/// About 1 MB of what services answer: records, prose with escapes and other scripts, numbers, nesting.
let mixedDocument: [UInt8] = {
  let prose = [
    "The quick brown fox jumps over the lazy dog, and then it sleeps for the rest of a long afternoon.",
    "Line one\\nLine two with a \\\"quotation\\\" and a path C:\\\\Users\\\\someone\\tend",
    "Größenangaben für Übermäßiges: 5 µm bis 7 µm",
    "機械学習は、データから規則を見つける方法です。",
    "Short", "", "A caf\\u00e9 in \\u6771\\u4eac \\ud83d\\ude42",
    "🙂 ok",
  ]
  var text = "{\"data\": ["
  for number in 0..<2600 {
    if number > 0 { text += ", " }
    text += """
      {"id": \(number * 7919), "name": "record-\(number)", "active": \(number % 3 == 0), "parent": null, \
      "score": \(Double(number * 37 % 1000) / 100), "position": [\(number % 180).\(number % 97)25, -\(number % 90).5e-1], \
      "text": "\(prose[number % prose.count])", \
      "note": "\(prose[number * 5 % prose.count])", \
      "tags": ["alpha", "beta-\(number % 10)"], \
      "usage": {"prompt_tokens": \(number), "completion_tokens": \(number % 50), "cost": 0.000\(number % 89 + 10)}}
      """
  }
  return Array((text + "], \"object\": \"list\", \"has_more\": false}").utf8)
}()
