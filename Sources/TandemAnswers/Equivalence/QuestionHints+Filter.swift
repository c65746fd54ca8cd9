/// Most questions say nothing of the form of their answer; they are told apart without being folded.
extension QuestionHints {
  /// Words of which every hint has one.
  private static let words = WordSet([
    "percent", "percentage", "cent", "mod", "pmod", "bmod", "modulo", "remainder", "remainders",
    "residue", "congruent", "nearest", "decimal", "significant",
  ])

  /// Whether a question may hold a hint; false only when it holds none.
  static func mayHint(_ question: String) -> Bool {
    var question = question
    return question.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var index = 0
      while index < bytes.count {
        let start = index
        while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
        if index > start {
          if words.holds(bytes, start..<index) { return true }
          // Marks inside a word vanish in folding, and may join its parts.
          if index + 1 < bytes.count, isMark(bytes[index]) { return true }
          continue
        }
        // Lists of names, and commands, which folding knows.
        if bytes[index] == UInt8(ascii: "(") || bytes[index] == UInt8(ascii: "\\") { return true }
        index += 1
      }
      return false
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"), UInt8(ascii: "*"),
      UInt8(ascii: "\""), UInt8(ascii: "_"), UInt8(ascii: "`"), 0x80...:
      true
    default: false
    }
  }
}
