import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemDedup

/// Data sets of which it is known what they share.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct PublishedDataTests {
  /// The strings under a key, from lines of JSON or one array.
  private func texts(_ file: String, _ key: String) throws -> [String] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(SharedData.path)/data/\(file)"))
    if data.first == UInt8(ascii: "[") {
      let rows = try #require(try JSONValue(parsing: Array(data)).array)
      return rows.compactMap { $0.object?[key]?.string }
    }
    return try data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try JSONValue(parsing: Array(line)).object?[key]?.string
    }
  }

  private func index(_ texts: [String]) -> ProtectedIndex {
    var index = ProtectedIndex()
    for (number, text) in texts.enumerated() { index.add(id: String(number), text: text) }
    return index
  }

  /// 18 of the 30 problems are equal to the letter, the other 12 in wording or blanks.
  @Test func recognisesEveryProblemOfAIME2024InAnotherWording() throws {
    let index = index(try texts("aime/LeaP/aime.json", "problem"))
    let other = try texts("aime/aime24-harness/test.jsonl", "problem")
    #expect(other.count == 30)
    #expect(other.allSatisfy { index.check($0).label == .contaminated })
  }

  /// MATH-500 is a part of the MATH test split.
  @Test func recognisesEveryProblemOfMATH500() throws {
    let index = index(try texts("math/math-evaluation-harness/test.jsonl", "problem"))
    let part = try texts("math/prm800k/test.jsonl", "problem")
    #expect(part.count == 500)
    #expect(part.allSatisfy { index.check($0).share == 1 })
  }

  /// The two splits were written by the same people, but share no problem.
  @Test func findsLittleInCommonBetweenTheSplitsOfGSM8K() throws {
    let test = try texts("gsm8k/test.jsonl", "question")
    let train = try texts("gsm8k/train.jsonl", "question")
    let index = index(test)
    let found = train.filter { index.check($0).label == .contaminated }
    // Two train questions differ from one test question in their numbers alone.
    #expect(found.count == 2 && found.allSatisfy { $0.hasPrefix("A train travels") })
    var finder = DuplicateFinder(.init(threshold: 2))
    for (number, text) in (train + test).enumerated() {
      let duplicate = finder.add(id: String(number), text: text)
      #expect(duplicate == nil)
    }
  }
}
