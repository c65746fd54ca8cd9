import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemSources

@Suite struct CSVReaderTests {
  private func read(_ text: some Sequence<UInt8>, _ options: SourceOptions = .init()) throws
    -> [JSONValue]
  {
    let folder = try TemporaryFolder()
    return try rows(folder.write("t.csv", text), options).map { .object($0.value) }
  }

  private func complain(_ text: some Sequence<UInt8>, _ options: SourceOptions = .init()) throws
    -> String?
  {
    let folder = try TemporaryFolder()
    return complaint(try folder.write("t.csv", text), options)
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", [["a": "1", "b": "2"]]),
      ("a,b\r\n1,2\r\n3,4", [["a": "1", "b": "2"], ["a": "3", "b": "4"]]),
      ("a,b\r\n\"1\nx\r\ny\",2\n", [["a": "1\nx\r\ny", "b": "2"]]),
      ("a,b\n\"say \"\"hi\"\"\",\"\"\n", [["a": "say \"hi\"", "b": ""]]),
      ("a,b\n\"\"\"\",\"\"\"\"\"\"\n", [["a": "\"", "b": "\"\""]]),
      ("a,b\r1,2\r", [["a": "1", "b": "2"]]),
      ("\u{FEFF}a,b\n1,2\n", [["a": "1", "b": "2"]]),
      ("a,b\n\n1,2\n\n", [["a": "1", "b": "2"]]),
      ("a,b\n1,\n", [["a": "1", "b": ""]]),
      ("a\nx\n", [["a": "x"]]),
      ("Title\na,b\n1,2\n", [["a": "1", "b": "2"]]),
      ("Title,,\na,b,\n1,2,\n", [["a": "1", "b": "2"]]),
      ("a,b\nx\"y,2\n", [["a": "x\"y", "b": "2"]]),
      ("a,b\n", []), ("", []),
      ("a,b,\n1,2,3\n", [["a": "1", "b": "2", "column 3": "3"]]),
    ] as [(String, [JSONValue])])
  func splits(_ text: String, _ expected: [JSONValue]) throws {
    #expect(try read(text.utf8) == expected)
  }

  @Test func headerRowIsAnOption() throws {
    #expect(
      try read("x,y\nz,w\na,b\n1,2\n".utf8, SourceOptions(headerRow: 3)) == [["a": "1", "b": "2"]])
    #expect(
      try complain("x,y\n".utf8, SourceOptions(headerRow: 3))
        == "t.csv: has no record 3, which should be the header")
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n3\n", "t.csv: row 2: has 1 fields, the header 2: is a quote or comma missing?"),
      ("a,b\n1,2,3\n", "t.csv: row 1: has 3 fields, the header 2: is a quote or comma missing?"),
      (
        "a,b\n1,2\n3,\"4\n5,6\n",
        "t.csv: row 2: opens a quote in field 2 that is never closed: is the file complete?"
      ),
      ("a,b\n1,\"2\"x\n", "t.csv: row 1: has text behind a closing quote in field 2"),
      ("a,a\n1,2\n", "t.csv: has two columns named `a`: rename one"),
      ("a,b\n1,\0\n", "t.csv: row 1: has a zero byte: UTF-16 needs `iconv -f UTF-16 -t UTF-8`"),
    ])
  func complains(_ text: String, _ expected: String) throws {
    #expect(try complain(text.utf8) == expected)
  }

  @Test func otherEncodingsAreNamed() throws {
    let latin1: [UInt8] = Array("q,a\nca".utf8) + [0xE9] + Array(",1\n".utf8)
    #expect(
      try complain(latin1)
        == "t.csv: row 1: is not valid UTF-8: the file is damaged, or needs `iconv -f WINDOWS-1252 -t UTF-8`"
    )
    let utf16: [UInt8] = [0xFF, 0xFE] + "q,a\nx,1\n".utf8.flatMap { [$0, 0] as [UInt8] }
    #expect(
      try complain(utf16)
        == "t.csv: is UTF-16, not UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`")
  }

  @Test func longRowIsRefused() throws {
    var options = SourceOptions()
    options.maxRowBytes = 1_000
    let text = "a,b\n1,\"" + String(repeating: "x", count: 5_000) + "\"\n"
    #expect(
      try complain(text.utf8, options)
        == "t.csv: row 1: is longer than 1000 bytes: is a quote never closed?")
  }

  @Test func anyRecordsSurviveWritingAndReading() throws {
    for seed in UInt64(1)...40 {
      var random = SplitMix(seed: seed)
      let alphabet = Array("ab,\"\n\r é ").map(String.init) + ["\r\n"]
      let width = Int.random(in: 2...5, using: &random)
      let records = (0..<30).map { _ in
        (0..<width).map { _ in
          (0..<Int.random(in: 0...6, using: &random)).map { _ in
            alphabet[Int.random(in: alphabet.indices, using: &random)]
          }.joined()
        }
      }
      let header = (0..<width).map { "c\($0)" }
      let text = ([header] + records).map { record in
        record.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }.joined(separator: "\r\n")
      let found = try read(text.utf8).map { value in
        value.object?.members.compactMap(\.value.string) ?? []
      }
      #expect(found == records, "seed \(seed)")
    }
  }
}
