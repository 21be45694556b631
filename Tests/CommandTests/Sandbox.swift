/// What the sandbox answers to a prompt.
func sandboxAnswer(to prompt: String) -> String {
  "You asked: “\(prompt)” This answer comes from the sandbox. No provider was called, no key was used and nothing was "
    + "paid. It arrives in small pieces, as a model would send it, so that you can see streaming at work."
}

/// The faults of the sandbox, how the run fails, and the text that came before; `stall` is not among them.
let sandboxFaults: [(name: String, code: String, message: String, output: String)] = [
  ("429", "provider", "the provider answered 429: Rate limit reached in the sandbox.", ""),
  ("500", "provider", "the provider answered 500: The sandbox fails on purpose.", ""),
  ("drop", "connection", "the sandbox closed the connection in mid-answer", "You asked: “Hi”"),
  ("malformed", "protocol", "an event of the provider's stream is not valid JSON", "You asked: “Hi”"),
]
