import TandemRecords
import Testing

@testable import TandemDedup

@Suite struct ProtectedIndexTests {
  private func index(_ texts: [String]) -> ProtectedIndex {
    var index = ProtectedIndex()
    for (number, text) in texts.enumerated() { index.add(id: "p\(number)", text: text) }
    return index
  }

  private func scalars(_ text: String, _ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(Array(text.unicodeScalars)[range]))
  }

  @Test(arguments: 0..<10) func findsAPlantedProblemExactly(seed: Int) throws {
    var texts = RandomTexts(seed: seed)
    let protected = (0..<20).map { _ in texts.words(20).joined(separator: " ") }
    let planted = Int.random(in: 0..<20, using: &texts.random)
    // Code points beyond the basic plane stand before it; case and spacing change.
    let before = "\u{1F600}é " + texts.words(7).joined(separator: " ") + ": "
    let copy = protected[planted].uppercased().replacing(" ", with: "  ")
    let text = before + copy + ". " + texts.words(9).joined(separator: " ")
    let found = index(protected).check(text)
    #expect(found.label == .contaminated && found.protectedID == "p\(planted)", "seed \(seed)")
    #expect(scalars(text, try #require(found.span)) == copy, "seed \(seed)")
    #expect(found.coverage == 1)
    // é, 7, 20 and 9 words: 37 make 25 runs, and 20 words make 8.
    #expect(found.share == 8.0 / 25, "seed \(seed)")
  }

  /// The counts of a slow search with sets of strings.
  @Test(arguments: 0..<10) func agreesWithComparingAllRuns(seed: Int) {
    var texts = RandomTexts(seed: seed + 100)
    let protected = (0..<6).map { _ in texts.words(30) }
    var words = texts.words(15)
    let source = Int.random(in: 0..<6, using: &texts.random)
    let length = Int.random(in: 10...25, using: &texts.random)
    words += protected[source].prefix(length)
    words += texts.words(15)
    func runs(_ words: [String]) -> [[String]] {
      (0...words.count - 13).map { Array(words[$0..<$0 + 13]) }
    }
    let found = index(protected.map { $0.joined(separator: " ") }).check(
      words.joined(separator: " "))
    let own = Set(runs(protected[source]))
    let hits = runs(words).count { own.contains($0) }
    #expect(found.share == Double(hits) / Double(runs(words).count), "seed \(seed)")
    #expect(found.coverage == Double(hits) / Double(own.count), "seed \(seed)")
    #expect((found.protectedID == nil) == (length < 13), "seed \(seed)")
    #expect(found.label == (max(found.share, found.coverage) >= 0.35 ? .contaminated : .clean))
  }

  @Test func coversEachRunOfAProblemOnce() {
    var texts = RandomTexts(seed: 3)
    let words = texts.words(14).joined(separator: " ")
    let found = index([words]).check(words + " and " + words)
    // 29 words make 17 runs, 4 of them the problem's 2.
    #expect(found.share == 4.0 / 17 && found.coverage == 1 && found.span == 0..<words.count)
  }

  @Test func comparesShortTextsAsAWhole() {
    let index = index(["What is $3 + 4$?", "Name a prime."])
    let found = index.check("  what is 3+4 ?")
    #expect(found.label == .contaminated && found.protectedID == "p0" && found.share == 1)
    #expect(found.span == 2..<13)
    #expect(index.check("What is 3 - 4?").label == .clean)
    #expect(index.check("What is 3 + 4 + 5?").label == .clean)
    #expect(index.check("").label == .clean)
  }

  @Test func namesTheProblemWithTheLargestOverlapAndOfEqualOnesTheFirst() {
    var texts = RandomTexts(seed: 5)
    let words = texts.words(40)
    let part =
      words.prefix(20).joined(separator: " ") + " " + texts.words(20).joined(separator: " ")
    let whole = words.joined(separator: " ")
    let index = index([part, whole + " one", whole + " two"])
    let found = index.check(whole + " three")
    #expect(found.protectedID == "p1" && found.span?.count == whole.count)
  }

  @Test func findsNothingInUnrelatedTexts() {
    var texts = RandomTexts(seed: 6)
    let index = index((0..<500).map { _ in texts.words(40, vocabulary: 60).joined(separator: " ") })
    for _ in 0..<500 {
      let found = index.check(texts.words(40, vocabulary: 60).joined(separator: " "))
      #expect(
        found == Contamination(label: .clean, protectedID: nil, share: 0, coverage: 0, span: nil))
    }
  }
}
