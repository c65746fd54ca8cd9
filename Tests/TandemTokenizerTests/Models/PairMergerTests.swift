import TandemTestSupport
import Testing

@testable import TandemTokenizer

@Suite struct PairMergerTests {
  /// The definition: merge the pair of lowest rank, the leftmost of several, until there is none.
  private func reference(_ symbols: [Int32], _ ranks: [[Int32]: (rank: Int, merged: Int32)])
    -> [Int32]
  {
    var symbols = symbols
    while true {
      var best: (rank: Int, place: Int, merged: Int32)?
      for place in symbols.indices.dropLast() {
        guard let merge = ranks[[symbols[place], symbols[place + 1]]] else { continue }
        if best.map({ merge.rank < $0.rank }) ?? true {
          best = (merge.rank, place, merge.merged)
        }
      }
      guard let best else { return symbols }
      symbols.replaceSubrange(best.place...best.place + 1, with: [best.merged])
    }
  }

  @Test(arguments: UInt64(1)...200)
  func scanAndHeapFollowTheDefinition(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let letters = Int32.random(in: 2...5, using: &random)
    var texts: [[Int32]] = (0..<letters).map { [$0] }
    var table = MergeTable(capacity: 60)
    var ranks: [[Int32]: (rank: Int, merged: Int32)] = [:]
    for rank in 0..<60 {
      let left = Int32.random(in: 0..<Int32(texts.count), using: &random)
      let right = Int32.random(in: 0..<Int32(texts.count), using: &random)
      let text = texts[Int(left)] + texts[Int(right)]
      guard ranks[[left, right]] == nil else { continue }
      let merged = Int32(texts.firstIndex(of: text) ?? texts.count)
      if Int(merged) == texts.count { texts.append(text) }
      ranks[[left, right]] = (rank, merged)
      table.insert(left: left, right: right, rank: rank, merged: merged)
    }
    for _ in 0..<20 {
      let symbols = (0..<Int.random(in: 0...70, using: &random)).map { _ in
        Int32.random(in: 0..<letters, using: &random)
      }
      let expected = reference(symbols, ranks)
      var merger = PairMerger()
      merger.symbols = symbols
      merger.runByScanning(table)
      #expect(merger.symbols == expected, "seed \(seed), scanning")
      merger.symbols = symbols
      merger.runWithHeap(table)
      #expect(merger.symbols == expected, "seed \(seed), heap")
    }
  }
}
