import Testing

@testable import TandemJSON

@Suite struct JSONParserTests {
  @Test func keepsOrderNumbersAndText() throws {
    let text =
      #"{"b":[1,-0.50,1e+5,true,null],"a":{"x":"é\n\u0041\"","y":{}},"n":123456789012345678901234567890}"#
    let value = try JSONValue(parsing: text)
    #expect(
      value.json
        == #"{"b":[1,-0.50,1e+5,true,null],"a":{"x":"é\nA\"","y":{}},"n":123456789012345678901234567890}"#
    )
  }

  @Test(arguments: [" 1 ", "-0.5e3\n", "true", "null ", #""a""#, "[]"])
  func readsValuesOfEveryKind(_ text: String) throws {
    let trimmed = text.filter { !$0.isWhitespace }
    #expect(try JSONValue(parsing: text).json == trimmed)
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":}", "01", "1.", "-", "tru", "nul", "\"\\x\"", "\"\\ud800\"",
    "[1] x", "{\"a\":1}}", "\"a", "NaN", "[1 2]", "[nul1]", "{\"a\": nx}", "{\"a\": n",
    "1 2", "1 ]", "null 1",
  ])
  func refusesMalformedText(_ text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xff, 0x22]) }
  }

  @Test func boundsDepth() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
    let fair = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(try JSONValue(parsing: fair).kind == "array")
  }
}
