/// Ids and seeds made from content alone, so that they are the same on every machine.
package enum ContentID {
  /// A letter with the first 70 bits of the SHA-256 of the parts, as 14 digits of base 32.
  ///
  /// Fifteen bytes, which a Swift string holds without memory of its own; among a hundred million ids two are the
  /// same with a probability below one in a hundred thousand.
  package static func make(_ kind: Character, _ parts: [String]) -> String {
    let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
    let high = digest(parts).prefix(9).reduce(UInt128(0)) { $0 << 8 | UInt128($1) } >> 2
    return String(kind)
      + String(
        (0..<14).map { digits[Int(truncatingIfNeeded: high >> (65 - 5 * UInt128($0)) & 31)] })
  }

  /// The first 53 bits of the SHA-256 of the parts: a whole number that every JSON reader keeps exactly.
  package static func seed(_ parts: [String]) -> Int {
    digest(parts).prefix(7).reduce(0) { $0 << 8 | Int($1) } >> 3
  }

  /// Each part is preceded by its length, so that no two lists of parts read the same.
  private static func digest(_ parts: [String]) -> [UInt8] {
    var hash = SHA256()
    for part in parts {
      let bytes = Array(part.utf8)
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update($0) }
      bytes.withUnsafeBytes { hash.update($0) }
    }
    return hash.finish()
  }
}

extension Problem {
  /// The id of a problem's content; `occurrence` tells apart rows that repeat the same content.
  package static func id(
    dataset: String, split: String, question: String, choices: [String]?, gold: String,
    occurrence: Int = 0
  ) -> String {
    let options = choices ?? []
    let repeated = occurrence == 0 ? [] : [String(occurrence)]
    return ContentID.make(
      "p", [dataset, split, question, String(options.count)] + options + [gold] + repeated)
  }
}

extension Trace {
  /// The id of a trace with this content.
  package static func id(
    problemID: String, model: String, adapter: String?, round: Round, sample: Int, prompt: String?,
    text: String
  ) -> String {
    ContentID.make(
      "t",
      [problemID, model, adapter ?? "", round.rawValue, String(sample), prompt ?? "", text])
  }
}

extension Example {
  /// The id of an example that trains on these tokens of a trace.
  package static func id(traceID: String, promptIDs: [Int32], completionIDs: [Int32]) -> String {
    func text(_ ids: [Int32]) -> String { ids.map(String.init).joined(separator: " ") }
    return ContentID.make("e", [traceID, text(promptIDs), text(completionIDs)])
  }
}

extension Hint {
  /// The id of a hint with this content.
  package static func id(
    problemID: String, student: String, teacherTraceID: String?, status: HintStatus, text: String
  ) -> String {
    ContentID.make("h", [problemID, student, teacherTraceID ?? "", status.rawValue, text])
  }
}
