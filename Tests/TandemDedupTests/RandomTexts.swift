import TandemRecords

/// Texts of made-up words.
struct RandomTexts {
  var random: PhiloxSequence

  init(seed: Int) {
    random = PhiloxSequence(seed: seed)
  }

  /// A word of four letters out of `vocabulary` many; no digits.
  mutating func word(_ vocabulary: Int = 2_000) -> String {
    let letters = Array("abcdefghijklmnopqrst")
    var number = Int.random(in: 0..<vocabulary, using: &random)
    var word = ""
    for _ in 0..<4 {
      word.append(letters[number % 20])
      number /= 20
    }
    return word
  }

  mutating func words(_ count: Int, vocabulary: Int = 2_000) -> [String] {
    (0..<count).map { _ in word(vocabulary) }
  }
}
