import TandemJSON
import Testing

@testable import TandemRecords

@Suite struct SchemaValidatorTests {
  private func violations(_ schema: String, _ value: String) throws -> [String] {
    try SchemaValidator(schema: JSONValue(parsing: schema)).validate(JSONValue(parsing: value))
      .map(\.description)
  }

  @Test func saysWhereAndWhat() throws {
    let schema = """
      {"type":"object","required":["a","b"],"properties":{
        "a":{"type":"array","items":{"type":["integer","null"],"minimum":0,"maximum":9}},
        "b":{"type":"string","minLength":2},"c":{"enum":["x","y"]},"d/~":{"const":1}}}
      """
    #expect(try violations(schema, #"{"a":[1,null,2.0],"b":"\u00e9\u00e9","c":"x"}"#) == [])
    #expect(
      try violations(schema, #"{"a":[1,-1,10,1.5,"s"],"c":"z","d/~":2}"#) == [
        "/b is missing", "/a/1 is below 0", "/a/2 is above 9",
        "/a/3 is not a whole number or null", "/a/4 is not a whole number or null",
        "/c is none of x, y", "/d~1~0 is not 1",
      ])
    #expect(try violations(schema, #"{"a":[],"b":"z"}"#) == ["/b is shorter than 2 characters"])
    #expect(try violations(schema, "[]") == ["the value is not an object"])
  }

  @Test func comparesNumbersByValue() throws {
    #expect(try violations(#"{"enum":[1,[2.0],{"a":1,"b":2}]}"#, "1.0") == [])
    #expect(try violations(#"{"enum":[1,[2.0],{"a":1,"b":2}]}"#, "[2]") == [])
    #expect(try violations(#"{"enum":[1,[2.0],{"a":1,"b":2}]}"#, #"{"b":2,"a":1}"#) == [])
    #expect(try violations(#"{"const":9007199254740993}"#, "9007199254740992").count == 1)
    #expect(try violations(#"{"type":"integer"}"#, "1e3") == [])
    #expect(try violations(#"{"type":"integer"}"#, "1e999").count == 1)
  }

  @Test func followsReferencesAlternativesAndOtherMembers() throws {
    let list = """
      {"$ref":"#/$defs/list","$defs":{"list":{"anyOf":[{"type":"null"},{"type":"object",
        "required":["next"],"properties":{"next":{"$ref":"#/$defs/list"}},
        "additionalProperties":false}]}}}
      """
    #expect(try violations(list, #"{"next":{"next":null}}"#) == [])
    #expect(
      try violations(list, #"{"next":{"last":null}}"#)
        == ["the value follows none of the 2 forms allowed"])
    let closed = #"{"properties":{"a":true},"additionalProperties":{"type":"number"}}"#
    #expect(try violations(closed, #"{"a":"x","b":1}"#) == [])
    #expect(try violations(closed, #"{"b":"x"}"#) == ["/b is not a number"])
    #expect(try violations("false", "1") == ["the value is not allowed"])
  }

  @Test func stopsAtTheLimit() throws {
    let validator = try SchemaValidator(schema: ["items": ["type": "string"]])
    let value = JSONValue.array(Array(repeating: 1, count: 1_000))
    #expect(validator.validate(value).count == 20)
    #expect(validator.validate(value, limit: 3).count == 3)
  }

  @Test(arguments: [
    (#"{"pattern":"a"}"#, "the keyword `pattern` is not supported"),
    (#"{"type":"float"}"#, "`type` names `float`, which is no type"),
    (#"{"type":1}"#, "`type` is not an array"),
    (#"{"required":["a"]}"#, "`required` names `a`, which is no property"),
    (#"{"minLength":-1}"#, "`minLength` is not a whole number"),
    (#"{"items":[]}"#, "a schema is neither an object nor true or false"),
    (#"{"$ref":"other.json"}"#, "`$ref` does not name a schema of `$defs`"),
    (
      ##"{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"}]}}}"##,
      "`$ref` goes in a circle"
    ),
    (#"{"items":{"$id":"x"}}"#, "`$id` stands within another schema"),
    (#"{"enum":[]}"#, "`enum` or `type` is empty"),
  ])
  func refusesWhatItCannotJudge(_ schema: String, _ message: String) throws {
    let value = try JSONValue(parsing: schema)
    #expect(throws: SchemaError(description: message)) { try SchemaValidator(schema: value) }
  }
}
