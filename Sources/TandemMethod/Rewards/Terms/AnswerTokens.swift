/// The tokens of an answer as a multiset, for partial credit.
///
/// A token is a run of ASCII letters and digits and of all characters beyond ASCII, in lower case, or any other
/// visible character alone.
struct AnswerTokens {
  private var counts: [String: Int] = [:]
  private var total = 0

  init(of answer: String) {
    var word = String.UnicodeScalarView()
    for scalar in answer.unicodeScalars {
      let isBlank = scalar.properties.isWhitespace || scalar.value < 0x20
      let isWordCharacter = !scalar.isASCII || ("0"..."9") ~= scalar || Self.isLetter(scalar)
      if !isBlank, isWordCharacter {
        word.append(scalar)
        continue
      }
      add(String(word).lowercased())
      word = String.UnicodeScalarView()
      if !isBlank { add(String(scalar)) }
    }
    add(String(word).lowercased())
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z") ~= scalar || ("A"..."Z") ~= scalar
  }

  private mutating func add(_ token: String) {
    guard !token.isEmpty else { return }
    counts[token, default: 0] += 1
    total += 1
  }

  /// The F1 of two multisets: twice the common tokens over all tokens; 0 when either is empty.
  func overlap(_ other: AnswerTokens) -> Double {
    guard total > 0, other.total > 0 else { return 0 }
    var common = 0
    for (token, count) in counts { common += min(count, other.counts[token] ?? 0) }
    return 2 * Double(common) / Double(total + other.total)
  }
}
