import ComposeRuntime
import Testing

/// An input with bounds is a number inside of them before anything runs.
@Suite struct SliderInputTests {
  private static let file = """
    component:
      type: http-client
      action:
        endpoint: https://api.example.com
        body:
          t: ${input.t as slider/0,2,0.1}
          n: ${input.deep.n as slider/1,10,1 | 5}
    workflow: {job: {input: "${input}"}}
    """

  @Test(arguments: [
    (#"{"t": 1.5}"#, #"{"t": 1.5}"#), (#"{"t": "1.5"}"#, #"{"t": 1.5}"#), (#"{"t": "2"}"#, #"{"t": 2}"#),
    (#"{"t": 0, "deep": {"n": "7", "m": "7"}}"#, #"{"t": 0, "deep": {"n": 7, "m": "7"}}"#),
  ])
  func becomesANumber(input: String, expected: String) throws {
    #expect(try checkedInput(input, forFile: Self.file).isIdentical(to: parseJSON(expected)))
  }

  @Test(arguments: [
    (#"{"t": 2.5}"#, "the input 't' must be a number from 0.0 to 2.0"),
    (#"{"t": "warm"}"#, "the input 't' must be a number from 0.0 to 2.0"),
    (#"{"t": 1, "deep": {"n": 0}}"#, "the input 'deep.n' must be a number from 1.0 to 10.0"),
    (#"{"t": "nan"}"#, "the input 't' must be a number from 0.0 to 2.0"),
    ("{}", "the input 't' is required"),
  ])
  func isRefused(input: String, message: String) {
    #expect { try checkedInput(input, forFile: Self.file) } throws: { ($0 as? RuntimeError)?.message == message }
  }
}
