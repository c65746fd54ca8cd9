package import TandemRecords

/// A text with places for the parts of a problem.
///
/// Places are `{question}`, `{choices}` (lines `(A) ...`), `{hint}` and `{answer}` (`\boxed{answer}`, with choices
/// `\boxed{letter}`); any other brace is text. What is put into a place is not searched for places.
package struct PromptTemplate: Hashable, Sendable {
  /// The text with its places.
  package let text: String

  /// A part of a problem that a template has a place for.
  package enum Place: String, CaseIterable, Sendable {
    case question, choices, hint, answer

    fileprivate var mark: String { "{\(rawValue)}" }
  }

  /// A template without a place for a hint.
  ///
  /// - Throws: ``PromptError`` when a place is missing or one too many.
  package init(cold text: String, from source: String) throws {
    try self.init(text, needs: [.question], source: source)
    guard !text.contains(Place.hint.mark) else {
      throw PromptError(source, "has {hint}, but this prompt is used without one")
    }
  }

  /// A template with a place for a hint.
  ///
  /// - Throws: ``PromptError`` when a place is missing.
  package init(hinted text: String, from source: String) throws {
    try self.init(text, needs: [.question, .hint], source: source)
  }

  private init(_ text: String, needs places: [Place], source: String) throws {
    for place in places where !text.contains(place.mark) {
      throw PromptError(source, "has no \(place.mark)")
    }
    self.init(trusted: text)
  }

  private init(trusted text: String) {
    self.text = text
  }

  /// The prompt of the cold round.
  package static let cold = PromptTemplate(
    trusted: "{question}\n{choices}\n\(request)")

  /// The prompt of the rescue round.
  package static let hinted = PromptTemplate(
    trusted: """
      {question}
      {choices}
      ### Hint
      The following notes may help. Check them before you rely on them.
      {hint}

      ### Task
      \(request)
      """)

  /// The prompt that tells the hint and not the question, by which a hint is probed.
  package static let hintOnly = PromptTemplate(
    trusted: """
      Here are notes on a problem whose text is lost:
      {hint}

      Work out from them alone what the answer to the problem must be. \
      Finish with a single line that holds it as {answer}.
      """)

  private static let request =
    "Reason in small steps and check each one. Then finish with a single line that holds your answer as {answer}."
}

// MARK: - Filling

extension PromptTemplate {
  /// The text for a problem, with a hint where the template has a place for one.
  ///
  /// Choices follow the question where there is no place for them.
  package func text(for problem: Problem, hint: String = "") -> String {
    let choices = Self.lines(of: problem.choices ?? [])
    let hasPlace = text.contains(Place.choices.mark)
    var filled = ""
    var rest = text[...]
    while let brace = rest.firstIndex(of: "{") {
      filled += rest[..<brace]
      rest = rest[brace...]
      guard let place = Place.allCases.first(where: { rest.hasPrefix($0.mark) }) else {
        filled.append(rest.removeFirst())
        continue
      }
      rest = rest.dropFirst(place.mark.count)
      switch place {
      case .question:
        filled += problem.question
        if !hasPlace, !choices.isEmpty { filled += "\n" + choices.dropLast() }
      case .choices: filled += choices
      case .hint: filled += hint
      case .answer: filled += choices.isEmpty ? "\\boxed{answer}" : "\\boxed{letter}"
      }
    }
    return filled + rest
  }

  /// Lines `(A) ...`, each with its end.
  private static func lines(of choices: [String]) -> String {
    choices.enumerated().map { index, choice in "(\(letter(index))) \(choice)\n" }.joined()
  }

  /// A to Z, then AA and so on.
  private static func letter(_ index: Int) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (index < alphabet.count ? "" : letter(index / alphabet.count - 1))
      + String(alphabet[index % alphabet.count])
  }
}
