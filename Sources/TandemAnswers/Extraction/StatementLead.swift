/// The words that lead to "answer" in a statement, which may take it back: a wrong, supposed or
/// reported answer is no final answer.
enum StatementLead {
  /// Whether the words before "answer" or "result" at an index keep it from being the final one.
  static func takesBack(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
    var words = Clause.words(before: index, in: bytes, range) { byte, _ in
      Clause.endsSentence(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "(")
        || byte == UInt8(ascii: ")") || byte >= 0x80
    }[...]
    if let turn = words.firstIndex(where: turns.contains) { words = words[..<turn] }
    // What kind of answer it is: "a common wrong answer".
    for _ in 0..<4 {
      guard let word = words.first, !determiners.contains(word), !verbs.contains(word) else {
        break
      }
      if unreal.contains(word) { return true }
      words.removeFirst()
    }
    let rest = words.drop { determiners.contains($0) || fillers.contains($0) }
    guard let verb = rest.first else { return false }
    if isReported(verb, rest.dropFirst()) { return true }
    return words[..<rest.startIndex].contains(that) && isDenied(rest)
  }

  /// Whether a verb such as "suppose" or "say" stands between the speaker and the answer.
  private static func isReported(_ verb: Symbol, _ before: ArraySlice<Symbol>) -> Bool {
    if suppositions.contains(verb) { return true }
    if verb == doubt { return !before.contains(where: negations.contains) }
    if reports.contains(verb) { return !before.prefix(2).contains(asWord) }
    guard opinions.contains(verb) else { return false }
    guard let speaker = before.first(where: { !modals.contains($0) }) else {
      return verb == sayWord && before.isEmpty
    }
    return !ownSpeakers.contains(speaker)
  }

  /// "It is not true that", "I do not think that", "it is false that".
  private static func isDenied(_ words: ArraySlice<Symbol>) -> Bool {
    guard let judgement = words.first else { return false }
    if falsehoods.contains(judgement) { return true }
    return truths.contains(judgement)
      && words.dropFirst().prefix(4).contains(where: negations.contains)
  }

  private static let determiners = Clause.set(
    "the a an my our your his her their its this that some one any another final correct")
  private static let fillers = Clause.set("that now for momentarily indeed first instead really")
  private static let turns = Clause.set("so then thus hence therefore but finally")
  private static let unreal = Clause.set(
    "wrong incorrect false mistaken erroneous invalid inaccurate bad unlikely intermediate partial "
      + "interim preliminary provisional temporary previous earlier prior old initial original "
      + "naive tempting fake opposite rejected trap")
  private static let suppositions = Clause.set(
    "suppose supposing supposed assume assuming assumed pretend pretending imagine imagining if "
      + "whether unless hypothesize")
  private static let reports = Clause.set(
    "says said claims claimed thinks thought believes believed guessed argues argued suggests "
      + "suggested asserts asserted reported reportedly alleges alleged hoped hopes guesses")
  private static let opinions = Clause.set("say think believe claim argue guess assert expect hope")
  private static let modals = Clause.set(
    "would could can will may must do to should safely confidently now also therefore still "
      + "definitely reasonably")
  private static let ownSpeakers = Clause.set("i we id ill wed well safe fair and")
  private static let verbs = suppositions.union(reports).union(opinions)
  private static let negations = Clause.set(
    "not no never isnt arent wasnt cannot cant dont doesnt didnt without hardly neither wont "
      + "wouldnt couldnt")
  private static let truths = Clause.set(
    "true correct right case think believe possible mean imply follow say accept agree likely "
      + "certain sure convinced evident")
  private static let falsehoods = Clause.set(
    "false untrue wrong incorrect impossible unlikely mistaken deny denied disagree")
  private static let doubt = Symbol(name: "doubt".utf8)
  private static let that = Symbol(name: "that".utf8)
  private static let asWord = Symbol(name: "as".utf8)
  private static let sayWord = Symbol(name: "say".utf8)
}
