import TandemJSON
import Testing

@testable import TandemSources

@Suite struct JSONReadersTests {
  private func read(_ name: String, _ text: String, _ options: SourceOptions = .init()) throws
    -> [JSONValue]
  {
    let folder = try TemporaryFolder()
    return try rows(folder.write(name, text), options).map { .object($0.value) }
  }

  private func complain(
    _ name: String, _ text: some Sequence<UInt8>, _ options: SourceOptions = .init()
  ) throws -> String? {
    let folder = try TemporaryFolder()
    return complaint(try folder.write(name, text), options)
  }

  @Test(
    arguments: [
      ("a.jsonl", "{\"a\":1}\n{\"a\":2}\n"), ("a.jsonl", "{\"a\":1}\r\n\r\n{\"a\":2}"),
      ("a.jsonl", "\u{FEFF}{\"a\":1}\n \n{\"a\":2}\n\n"), ("a.ndjson", "{\"a\":1}\n{\"a\":2}"),
      ("a.json", "[{\"a\":1},{\"a\":2}]"), ("a.json", " [\n{\"a\":1} ,\n {\"a\":2}\n]\n  "),
      ("a.json", "{\"a\":\n1}\n{\n\"a\":2}"), ("a.json", "{\"a\":1}{\"a\":2}"),
      ("a.jsonl", "[{\"a\":1},{\"a\":2}]"), ("a", "[{\"a\":1},{\"a\":2}]"),
      ("a.json", "\u{FEFF}[{\"a\":1},{\"a\":2}]"),
    ])
  func readsBothRows(_ name: String, _ text: String) throws {
    #expect(try read(name, text) == [["a": 1], ["a": 2]])
  }

  @Test func bracketsInStringsDoNotCount() throws {
    let text = #"[{"a": "}]\"[{", "b": [["x"], {"y": "\\"}]}, {"a": "]"}]"#
    #expect(
      try read("a.json", text)
        == [["a": "}]\"[{", "b": [["x"], ["y": "\\"]]], ["a": "]"]])
  }

  @Test func emptyFilesHaveNoRows() throws {
    #expect(try read("a.jsonl", "") == [])
    #expect(try read("a.jsonl", "\n \n") == [])
    #expect(try read("a.json", "[]") == [])
    #expect(try read("a.json", " ") == [])
  }

  @Test func rowIsTheLine() throws {
    let folder = try TemporaryFolder()
    let found = try rows(folder.write("a.jsonl", "{}\n\n{}\n"))
    #expect(found.map(\.row) == [1, 3])
    #expect(found.map(\.file) == ["a.jsonl", "a.jsonl"])
  }

  @Test(
    arguments: [
      (
        "a.json", "[{\"a\":1}",
        "a.json: row 1: is followed by no closing bracket: is the file complete?"
      ),
      ("a.json", "[{\"a\":1},{\"a\"", "a.json: row 2: is cut off: is the file complete?"),
      ("a.json", "[{\"a\":1},]", "a.json: row 2: is not an object with fields"),
      ("a.json", "[{\"a\":1} {}]", "a.json: row 1: is followed by neither a comma nor a bracket"),
      ("a.json", "[{\"a\":1}] x", "a.json: goes on behind the bracket that closes its array"),
      ("a.json", "[1]", "a.json: row 1: is not an object with fields"),
      ("a.jsonl", "{}\n[1]\n", "a.jsonl: row 2: is array, not an object with fields"),
      (
        "a.txt", "hello",
        "a.txt: has no known format: name it with --format (jsonl, json, csv, tsv, parquet)"
      ),
      ("a.parquet", "hello", "a.parquet: is not Parquet: it does not start with PAR1"),
    ])
  func complains(_ name: String, _ text: String, _ expected: String) throws {
    #expect(try complain(name, text.utf8) == expected)
  }

  @Test(arguments: ["a.json", "a.jsonl"])
  func otherEncodingsAreNamed(_ name: String) throws {
    let latin1 = Array("{\"a\": \"caf".utf8) + [0xE9] + Array("\"}\n".utf8)
    #expect(
      try complain(name, latin1)
        == "\(name): row 1: is not valid UTF-8: the file is damaged, or needs `iconv -f WINDOWS-1252 -t UTF-8`"
    )
    let utf16: [UInt8] = [0xFE, 0xFF] + "{\"a\":1}".utf8.flatMap { [0, $0] as [UInt8] }
    #expect(try complain(name, utf16)?.contains("is UTF-16") == true)
  }

  @Test func cutLineIsNamed() throws {
    let message = try complain("a.jsonl", "{\"a\":1}\n{\"a\": \"x".utf8)
    #expect(message?.hasPrefix("a.jsonl: row 2: is not valid JSON (") == true)
  }

  @Test(arguments: ["a.json", "a.jsonl"])
  func longRowsAreRefused(_ name: String) throws {
    var options = SourceOptions()
    options.maxRowBytes = 1_000
    let long = "{\"a\": \"" + String(repeating: "x", count: 5_000) + "\"}"
    #expect(
      try complain(name, "{}\n\(long)\n".utf8, options)
        == "\(name): row 2: is longer than 1000 bytes, the limit for one row")
  }

  @Test func rowsWiderThanTheWindowAreWhole() throws {
    let text = String(repeating: "x", count: 300_000)
    let lines = (0..<5).map { "{\"n\": \($0), \"t\": \"\(text)\"}" }
    for (name, all) in [
      ("a.jsonl", lines.joined(separator: "\n")), ("a.json", "[\(lines.joined(separator: ","))]"),
    ] {
      let found = try read(name, all)
      #expect(found.count == 5)
      #expect(found.allSatisfy { $0.object?["t"]?.string?.utf8.count == 300_000 })
    }
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(try complain("a.json", "{\"a\": \(deep)}".utf8) != nil)
  }
}
