import Foundation
import TandemTestSupport

/// Sums as problems, and traces of two models, for tests that need no published data.
enum SmallRun {
  static let fields = "question=question,gold=gold,type=number,level=level"

  static func question(_ number: Int) -> String {
    "A box holds \(number) pears and a bag holds \(number + 3). How many pears are there?"
  }

  static func gold(_ number: Int) -> Int { 2 * number + 3 }

  static func line(_ object: [String: Any]) -> String {
    let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
  }

  /// Rows of a source; every third is of level 1, the rest of level 2.
  static func problems(_ count: Int) -> String {
    (0..<count).map { number in
      line([
        "question": question(number), "gold": String(gold(number)),
        "level": number % 3 == 0 ? "1" : "2",
      ])
    }.joined()
  }

  /// Two traces a problem: `right` answers correctly, `even` only where the number is even.
  static func traces(_ count: Int) -> String {
    (0..<count).map { number in
      let other = gold(number) + number % 2
      return line([
        "question": question(number), "model": "right",
        "text": "So it is \\boxed{\(gold(number))}.",
      ]) + line(["question": question(number), "model": "even", "text": "\\boxed{\(other)}"])
    }.joined()
  }

  static func ingest(_ path: String, into run: String, _ arguments: String...) throws {
    _ = try Tool.output(["ingest", path, "--fields", fields, "--out", run] + arguments)
  }

  /// Flips a bit of the byte in the middle of a part's first frame.
  static func flipByte(of path: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 4] ^= 0x01
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}
