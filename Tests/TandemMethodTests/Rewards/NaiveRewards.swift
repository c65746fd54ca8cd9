import Foundation
import TandemRecords

@testable import TandemMethod

/// The method's formulas once more, as literal loops over whole texts and dense matrices, sharing nothing with the
/// library but the signatures of texts, which have tests of their own.
struct NaiveRewards {
  struct Sample {
    var model: String
    var isRescue: Bool
    var correct: Bool
    var answer: String?
    var text: String
    var hinted: Bool
  }

  let samples: [Sample]
  let gold: String
  let distance: [[Double]]

  init(samples: [Sample], gold: String) {
    self.samples = samples
    self.gold = gold
    distance = Self.distances(samples.map(\.text))
  }

  // MARK: Distance

  static func words(_ text: String) -> [String] {
    text.lowercased().components(separatedBy: CharacterSet.alphanumerics.inverted)
      .filter { !$0.isEmpty }
  }

  static func grams(_ text: String) -> [String] {
    let words = words(text)
    var grams: [String] = []
    for n in 1...3 {
      for start in words.indices where start + n <= words.count {
        grams.append(words[start..<start + n].joined(separator: " "))
      }
    }
    return grams
  }

  static func bucket(_ gram: String) -> Int {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in gram.utf8 {
      hash = hash ^ UInt64(byte)
      hash = hash.multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
    }
    return Int((hash ^ (hash >> 32)) % 4096)
  }

  static func vector(_ text: String) -> [Int: Double] {
    var vector: [Int: Double] = [:]
    for gram in grams(text) { vector[bucket(gram), default: 0] += 1 }
    return vector.mapValues { 1 + log($0) }
  }

  static func cosine(_ x: [Int: Double], _ y: [Int: Double]) -> Double {
    if x.isEmpty && y.isEmpty { return 1 }
    if x.isEmpty || y.isEmpty { return 0 }
    let product = x.keys.sorted().map { (x[$0] ?? 0) * (y[$0] ?? 0) }.reduce(0, +)
    let (xx, yy) = (x.values.map { $0 * $0 }.reduce(0, +), y.values.map { $0 * $0 }.reduce(0, +))
    return product / (sqrt(xx) * sqrt(yy))
  }

  /// All pairs.
  static func distances(_ texts: [String]) -> [[Double]] {
    let vectors = texts.map(vector)
    let kinds = texts.map { Set(OperationSignature(of: $0).kinds) }
    return texts.indices.map { i in
      texts.indices.map { j in
        let union = kinds[i].union(kinds[j]).count
        let common = kinds[i].intersection(kinds[j]).count
        let jaccard = union == 0 ? 1 : Double(common) / Double(union)
        return 0.6 * (1 - cosine(vectors[i], vectors[j])) + 0.4 * (1 - jaccard)
      }
    }
  }

  // MARK: Terms

  func correctness(alpha: Double) -> [Double] {
    samples.map { sample in
      let base: Double = sample.correct ? 1 : 0
      guard let answer = sample.answer else { return base }
      return base + alpha * Self.f1(answer, gold)
    }
  }

  static func f1(_ a: String, _ b: String) -> Double {
    var rest = tokens(b)
    let mine = tokens(a)
    let total = rest.count
    var hits = 0
    for token in mine {
      if let place = rest.firstIndex(of: token) {
        rest.remove(at: place)
        hits += 1
      }
    }
    guard hits > 0 else { return 0 }
    let precision = Double(hits) / Double(mine.count)
    let recall = Double(hits) / Double(total)
    return 2 * precision * recall / (precision + recall)
  }

  /// Words and single signs; the answers in these tests are ASCII.
  static func tokens(_ text: String) -> [String] {
    var spaced = ""
    for character in text.lowercased() {
      spaced += character.isLetter || character.isNumber ? "\(character)" : " \(character) "
    }
    return spaced.split(separator: " ").map(String.init)
  }

  func maxMin(_ quality: [Double]) -> [Double] {
    if samples.isEmpty { return [] }
    func toSet(_ i: Int, _ set: [Int]) -> Double {
      set.map { distance[i][$0] }.min() ?? 0
    }
    var set = [quality.firstIndex { $0 == quality.max() } ?? 0]
    while set.count < 10 {
      let others = (0..<samples.count).filter { !set.contains($0) }
      let far = others.map { ($0, toSet($0, set)) }.filter { $0.1 > 0.15 - 1e-12 }
      guard let most = far.map(\.1).max(), let first = far.first(where: { $0.1 > most - 1e-12 })
      else { break }
      set.append(first.0)
    }
    return (0..<samples.count).map { i in
      set.contains(i) ? 0 : max(0, toSet(i, set) - 0.15)
    }
  }

  func logDet() -> [Double] {
    let n = samples.count
    var matrix = distance.map { row in row.map { 4 * (1 - $0) } }
    for i in 0..<n { matrix[i][i] += 1 }
    let inverse = Self.inverse(matrix)
    return (0..<n).map { -log(inverse[$0][$0]) / log(5) }
  }

  /// By Gauss-Jordan elimination with the largest pivot.
  static func inverse(_ matrix: [[Double]]) -> [[Double]] {
    let n = matrix.count
    var rows = matrix.enumerated().map { i, row in row + (0..<n).map { $0 == i ? 1.0 : 0.0 } }
    for column in 0..<n {
      let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      let head = rows[column][column]
      rows[column] = rows[column].map { $0 / head }
      for other in 0..<n where other != column {
        let factor = rows[other][column]
        rows[other] = zip(rows[other], rows[column]).map { $0 - factor * $1 }
      }
    }
    return rows.map { Array($0[n...]) }
  }

  func rescue() -> [Double] {
    samples.map { sample in
      let own = samples.filter { !$0.isRescue && $0.model == sample.model }
      let peers = samples.filter { !$0.isRescue && $0.model != sample.model }
      let failed = own.count > 0 && own.filter(\.correct).isEmpty
      let holds =
        sample.isRescue && sample.correct && sample.hinted && failed
        && !peers.filter(\.correct).isEmpty
      return holds ? 1 : 0
    }
  }

  func accuracy() -> [Double] {
    samples.map { sample in
      let round = samples.filter { $0.isRescue == sample.isRescue }.map { $0.correct ? 1.0 : 0.0 }
      return (sample.correct ? 1 : 0) * (1 - round.reduce(0, +) / Double(round.count))
    }
  }

  func crossModel(_ quality: [Double], gate: Double) -> [Double] {
    samples.enumerated().map { place, sample in
      var scores: [Double] = []
      for partner in Set(samples.map(\.model)).subtracting([sample.model]) {
        let theirs = samples.indices.filter {
          samples[$0].model == partner && samples[$0].isRescue == sample.isRescue
        }
        guard let best = theirs.map({ quality[$0] }).max(), best >= gate else { continue }
        let near = theirs.map { distance[place][$0] }.min() ?? 0
        scores.append(max(0, near - 0.15))
      }
      return scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
    }
  }

  // MARK: Totals and advantages

  func totals(_ preset: RewardPreset, epoch: Int) -> [Double] {
    let first = epoch == 1
    let c = samples.map { $0.correct ? 1.0 : 0.0 }
    let quality = correctness(alpha: preset == .corePaper ? 0.3 : 0)
    let (bonus, rare) = (rescue(), accuracy())
    switch preset {
    case .corePaper:
      let (novelty, cross) = (maxMin(quality), crossModel(quality, gate: 0.1))
      return samples.indices.map { i in
        quality[i] + (first ? 0.2 : 0.05) * novelty[i] + 0.15 * bonus[i] + 0.2 * rare[i]
          + (first ? 0 : 0.1) * cross[i]
      }
    case .tandem:
      let (novelty, cross) = (logDet(), crossModel(quality, gate: 1))
      return samples.indices.map { i in
        quality[i] + 0.1 * c[i] * novelty[i] + 0.15 * bonus[i] + 0.2 * rare[i]
          + 0.1 * c[i] * cross[i]
      }
    }
  }

  func advantages(_ totals: [Double], _ preset: RewardPreset, byModel: Bool, how: String)
    -> [Double]
  {
    samples.indices.map { i in
      let group = samples.indices.filter { !byModel || samples[$0].model == samples[i].model }
      let rewards = group.map { totals[$0] }
      let verdicts = Set(group.map { samples[$0].correct })
      if preset == .tandem && verdicts.count == 1 || group.count == 1 { return 0 }
      if (rewards.max() ?? 0) - (rewards.min() ?? 0) < 1e-12 { return 0 }
      let mean = rewards.reduce(0, +) / Double(group.count)
      switch how {
      case "mean": return totals[i] - mean
      case "rloo":
        let others = group.filter { $0 != i }.map { totals[$0] }
        return totals[i] - others.reduce(0, +) / Double(others.count)
      default:
        let variance = rewards.map { pow($0 - mean, 2) }.reduce(0, +) / Double(group.count)
        let deviation = sqrt(variance)
        return (totals[i] - mean)
          / (preset == .tandem ? max(deviation, 0.25) : deviation + 1e-8)
      }
    }
  }
}
