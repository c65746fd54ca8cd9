/// The words around a marked letter that say it is not the answer: "eliminate (C)", "(C) is wrong".
enum ChoiceRejection {
  static func rejects(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
    var before = Clause.words(before: index, in: bytes, range, isEnd: endsClause)[...]
    if let turn = before.firstIndex(where: turns.contains) {
      // The word before a choice may refuse it: "not choose".
      before = before.prefix(through: min(turn + 1, before.endIndex - 1))
      if !choosing.contains(before[turn]) { before = before[..<turn] }
    }
    if before.contains(where: rejections.contains) { return true }
    // "rule out", "cross out"
    for (word, verb) in zip(before, before.dropFirst())
    where word == out && outVerbs.contains(verb) {
      return true
    }
    var after = Clause.words(after: index + 1, in: bytes, range, isEnd: endsClause)[...]
    while let word = after.first, isListed(word) || fillers.contains(word) { after.removeFirst() }
    guard let verb = after.first else { return false }
    if denials.contains(verb) { return true }
    guard verbs.contains(verb) else { return false }
    after = after.drop { verbs.contains($0) || fillers.contains($0) }
    return after.first.map(faults.contains) ?? false
  }

  /// A comma ends a clause, but not a list of letters.
  private static func endsClause(_ byte: UInt8, _ words: [Symbol]) -> Bool {
    Clause.endsSentence(byte) || byte == UInt8(ascii: ",") && !words.allSatisfy(isListed)
  }

  private static func isListed(_ word: Symbol) -> Bool {
    joints.contains(word) || word.description.utf8.count == 1
  }

  private static let joints = Clause.set("and or nor option options choice choices")
  private static let choosing = Clause.set("choose pick select")
  private static let turns = choosing.union(
    Clause.set("so then thus hence therefore but leaving leaves is"))
  private static let rejections = Clause.set(
    "not isnt arent cannot cant never neither nor eliminate eliminated eliminates eliminating "
      + "exclude excluded excludes excluding reject rejected rejects rejecting discard discarded "
      + "discarding dismiss dismissed except unlike wrong incorrect false wont dont avoid without "
      + "than instead wouldnt shouldnt")
  private static let out = Symbol(name: "out".utf8)
  private static let outVerbs = Clause.set("rule rules ruled ruling cross crossed crossing")
  private static let verbs = Clause.set(
    "is are was were can could must would should seems looks be been being has have gets got to")
  private static let fillers = Clause.set(
    "the a an also both all clearly definitely obviously therefore thus then now already just")
  private static let denials = Clause.set(
    "isnt arent wasnt werent cannot cant couldnt doesnt dont fails fail wont wouldnt out")
  private static let faults = Clause.set(
    "wrong incorrect false not eliminated impossible excluded rejected ruled crossed out invalid "
      + "never no neither inconsistent discarded contradictory")
}
