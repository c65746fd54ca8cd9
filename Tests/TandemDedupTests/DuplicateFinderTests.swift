import TandemRecords
import Testing

@testable import TandemDedup

@Suite struct DuplicateFinderTests {
  private static let question = """
    Josie received 50 dollars as a gift. She plans to buy two cassette tapes that cost 9 dollars \
    each and a headphone set that costs 25 dollars. How much money will she have left?
    """

  /// What a finder says of texts with their answers, one after the other; the ids are 0, 1, ...
  private func found(
    _ texts: [(text: String, answer: String)], _ options: DuplicateFinder.Options = .init()
  ) -> [Duplicate?] {
    var finder = DuplicateFinder(options)
    return texts.enumerated().map { number, row in
      finder.add(id: String(number), text: row.text, answer: row.answer)
    }
  }

  @Test func keepsTheFirstOfExactDuplicates() {
    let found = found([
      (Self.question, "7"), (Self.question.uppercased(), " 7 "), (Self.question, "8"),
    ])
    #expect(
      found == [
        nil, Duplicate(kind: .exact, keptID: "0", similarity: 1, answersDiffer: false),
        Duplicate(kind: .exact, keptID: "0", similarity: 1, answersDiffer: true),
      ])
  }

  @Test func findsNearDuplicatesWithTheSameNumbersAndAnswer() {
    let near = Self.question.replacing("Josie", with: "Amanda")
    let other = Self.question.replacing("25", with: "26")
    let rows = [(Self.question, "7"), (near, "7"), (other, "6"), (Self.question + " Why?", "8")]
    let strict = found(rows)
    #expect(strict[1]?.kind == .near && strict[1]?.keptID == "0")
    #expect((strict[1]?.similarity ?? 0) > 0.8 && strict[1]?.answersDiffer == false)
    #expect(strict[2] == nil && strict[3] == nil)
    let lenient = found(rows, .init(ignoresNumbers: true))
    #expect(lenient[2]?.kind == .near && lenient[2]?.answersDiffer == true)
    #expect(lenient[3]?.keptID == "0")
    #expect(found(rows, .init(threshold: 1.1)) == [nil, nil, nil, nil])
  }

  @Test func looksAtEveryWordOfAShortQuestion() {
    let text = "Determine the number of ways to arrange the letters of the word "
    #expect(found([(text + "ELLIPSE", "2520"), (text + "EMBARKS", "2520")]) == [nil, nil])
  }

  @Test func comparesTheOptionsOfAChoiceQuestion() {
    let choices = [
      ["water is wet", "fire is cold"], ["grass is green", "snow is black"],
      ["Water is wet", "fire is cold"],
    ]
    var finder = DuplicateFinder()
    let found = choices.enumerated().map { number, choices in
      finder.add(
        Problem(
          id: "\(number)", dataset: "d", split: "test", question: "Which is true?",
          choices: choices, gold: "A", goldType: .choice, source: .init(file: "d", row: 1)))
    }
    #expect(found.map { $0?.keptID } == [nil, nil, "0"])
  }

  @Test func takesTextsWithoutWords() {
    let texts = ["", "", "...", "+", "word"]
    #expect(found(texts.map { ($0, "") }).map { $0?.keptID } == [nil, "0", nil, nil, nil])
  }

  /// Every text against every kept one, with sets of strings.
  @Test(arguments: 0..<6) func agreesWithComparingAllPairs(seed: Int) {
    var texts = RandomTexts(seed: seed)
    var collection: [[String]] = []
    for _ in 0..<120 {
      let count = Int.random(in: 1...40, using: &texts.random)
      if collection.isEmpty || Bool.random(using: &texts.random) {
        collection.append(texts.words(count))
      } else {
        var copy = collection[Int.random(in: collection.indices, using: &texts.random)]
        for _ in 0..<Int.random(in: 0...3, using: &texts.random) {
          copy[Int.random(in: copy.indices, using: &texts.random)] = texts.word()
        }
        collection.append(copy)
      }
    }
    func shingles(_ words: [String]) -> Set<[String]> {
      let padded = ["", ""] + words + ["", ""]
      return Set((0..<padded.count - 2).map { Array(padded[$0..<$0 + 3]) })
    }
    var finder = DuplicateFinder()
    var kept: [(id: String, words: [String])] = []
    for (number, words) in collection.enumerated() {
      let found = finder.add(id: "\(number)", text: words.joined(separator: " "))
      let set = shingles(words)
      var best: (id: String, similarity: Double)?
      for other in kept {
        let others = shingles(other.words)
        let similarity = Double(set.intersection(others).count) / Double(set.union(others).count)
        if similarity >= 0.8, similarity > best?.similarity ?? 0 { best = (other.id, similarity) }
      }
      #expect(found?.keptID == best?.id, "seed \(seed), text \(number)")
      #expect(abs((found?.similarity ?? 0) - (best?.similarity ?? 0)) < 1e-12, "seed \(seed)")
      if best == nil { kept.append(("\(number)", words)) }
    }
    #expect(kept.count < collection.count && kept.count > 10)
  }

  @Test func findsNothingAmongUnrelatedTexts() {
    var texts = RandomTexts(seed: 9)
    let rows = (0..<2_000).map { _ in (texts.words(30).joined(separator: " "), "") }
    #expect(found(rows).allSatisfy { $0 == nil })
  }
}
