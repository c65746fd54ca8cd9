import Foundation
import TandemJSON
import TandemTestSupport
import Testing

/// The Python package `tokenizers`, where there is one.
///
/// `TANDEM_PYTHON` names the interpreter; without it `python3` is tried.
enum Peer {
  static let python = ProcessInfo.processInfo.environment["TANDEM_PYTHON"] ?? "python3"

  static let isPresent =
    (try? Shell.run([python, "-c", "import tokenizers"]).status) == 0

  static let absence: Comment =
    "needs the Python package tokenizers: set TANDEM_PYTHON to an interpreter that has it"

  private static let script =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    + "/Reference/compare.py"

  /// The ids of every text.
  static func encode(_ texts: [String], tokenizer: String) throws -> [[Int32]] {
    let folder = try WorkFolder()
    let bytes = try run("encode", tokenizer, texts.map { JSONValue.string($0) }, in: folder)
    let values = bytes.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
    var result: [[Int32]] = []
    var next = 0
    while next < values.count {
      let end = next + 1 + Int(values[next])
      result.append(Array(values[next + 1..<end]))
      next = end
    }
    return result
  }

  /// The text of every list of ids.
  static func decode(_ lists: [[Int32]], tokenizer: String) throws -> [String] {
    let folder = try WorkFolder()
    let rows = lists.map { JSONValue.array($0.map { .number(Int($0)) }) }
    let bytes = try run("decode", tokenizer, rows, in: folder)
    return try bytes.split(separator: 0x0A).map { line in
      try #require(JSONValue(parsing: Array(line)).string)
    }
  }

  private static func run(
    _ command: String, _ tokenizer: String, _ rows: [JSONValue], in folder: WorkFolder
  ) throws -> Data {
    var writer = JSONWriter()
    for row in rows {
      writer.value(row)
      writer.newline()
    }
    let input = try folder.write(Data(writer.bytes), to: "input.jsonl")
    let output = folder.path("output")
    _ = try Shell.output(python, script, command, tokenizer, input, output)
    return try Data(contentsOf: URL(fileURLWithPath: output))
  }
}
