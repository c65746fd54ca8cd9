import TandemRecords
import Testing

@testable import TandemDedup

@Suite struct HashIndexTests {
  /// Against a dictionary of lists, with few different keys and with many.
  @Test(arguments: [5, 50_000]) func agreesWithADictionary(keys: Int) {
    var random = PhiloxSequence(seed: keys)
    var index = HashIndex()
    var dictionary: [UInt64: [Int32]] = [:]
    for value in 0..<Int32(3_000) {
      let key = StableHash.mix(UInt64(Int.random(in: 0..<keys, using: &random)))
      index.insert(value, under: key)
      dictionary[key, default: []].append(value)
    }
    #expect(index.count == 3_000)
    for (key, values) in dictionary {
      var found: [Int32] = []
      index.forEach(under: key) { found.append($0) }
      #expect(found.sorted() == values)
    }
    index.forEach(under: 1) { _ in Issue.record("nothing was stored under 1") }
  }
}
