/// 200 jobs that wait for each other and share ten components: about 60 KB.
let composeFile: String = {
  var text = "controller:\n  adapter: {type: http-server, port: 8080, base_path: /api}\n\nworkflow:\n  jobs:\n"
  for number in 0..<200 {
    text += """
          - id: job-\(number)
            component: model-\(number % 10)
            input:
              prompt: \(number == 0 ? "${input.prompt as text}" : "${jobs.job-\(number - 1).output.text}")
              n: ${input.n as integer | \(number)}
            output: {text: "${output.text}", turn: \(number)}

      """
    if number > 0 { text += "      depends_on: [job-\(number - 1)]\n" }
  }
  text += "\ncomponents:\n"
  for number in 0..<10 {
    text += """
        - id: model-\(number)
          type: http-client
          base_url: https://api.example.com/v1
          action:
            path: /chat/completions
            method: POST
            headers: {Content-Type: application/json, X-Turn: "${input.n}"}
            body:
              model: gpt-4o
              messages:
                - {role: system, content: "Answer in ${input.language | English}, in ${input.n as integer | 3} sentences."}
                - {role: user, content: "${input.prompt as text}"}
              temperature: ${input.temperature as number | 0.7}
            output:
              text: ${response.choices[0].message.content}

      """
  }
  return text
}()

/// 1,000 chunks of a streamed chat completion.
let eventStream: [UInt8] = {
  let words = [" the", " learning", ",", "\\n\\n", " \\\"quoted\\\"", " données", " 学習", " 🙂", " model"]
  var text = ""
  for number in 0..<1000 {
    text += """
      data: {"id":"chatcmpl-\(number + 1_000_000)","object":"chat.completion.chunk","created":1760000000,\
      "model":"gpt-4o-2024-08-06","system_fingerprint":"fp_07871e2ad8","choices":[{"index":0,\
      "delta":{"content":"\(words[number % words.count])"},"logprobs":null,"finish_reason":null}]}\n\n
      """
  }
  return Array(text.utf8)
}()
