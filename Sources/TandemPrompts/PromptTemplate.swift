package import TandemRecords

/// What a model is asked: one text for the question alone, one with a hint, with places to be filled.
///
/// `{question}` is the question, `{choices}` its options, one a line as `(A) ...`; they follow the question where
/// they have no place of their own. `{hint}` is the hint, `{answer}` names what the box is to hold. A chat format,
/// where the model has one, is put around the result.
package struct PromptTemplate: Hashable, Sendable {
  /// Asks without a hint.
  package let cold: String
  /// Asks with a hint.
  package let hinted: String

  /// Our own wording.
  package static let standard = PromptTemplate(
    unchecked: """
      {question}

      Reason step by step. End with {answer} in \\boxed{}.
      """,
    """
    {question}

    ## Hint
    {hint}

    Reason step by step; where the hint leaves something out, work it out yourself. \
    End with {answer} in \\boxed{}.
    """)

  private init(unchecked cold: String, _ hinted: String) {
    self.cold = cold
    self.hinted = hinted
  }

  /// A template; nil unless both texts have a place for the question and `hinted` one for the hint.
  package init?(cold: String, hinted: String) {
    self.init(unchecked: cold, hinted)
    guard Self.has(.question, in: cold), Self.has(.question, in: hinted),
      Self.has(.hint, in: hinted)
    else { return nil }
  }

  /// The text for a problem.
  ///
  /// - Parameter hint: what the model is told; nil or empty to ask without.
  package func text(of problem: Problem, hint: String? = nil) -> String {
    let hint = hint ?? ""
    let text = hint.isEmpty ? cold : hinted
    let options = Self.options(of: problem)
    let choices = Self.has(.choices, in: text) ? [] : options
    return Self.pieces(of: text).map { piece in
      switch piece {
      case .text(let text): text
      case .place(.question): ([problem.question] + choices).joined(separator: "\n")
      case .place(.choices): options.joined(separator: "\n")
      case .place(.hint): hint
      case .place(.answer):
        problem.choices == nil ? "the final answer" : "the letter of the right option"
      }
    }.joined()
  }

  private static func options(of problem: Problem) -> [String] {
    (problem.choices ?? []).enumerated().map { index, option in "(\(letter(index))) \(option)" }
  }

  /// A to Z, then AA and so on.
  private static func letter(_ index: Int) -> String {
    (index < 26 ? "" : letter(index / 26 - 1)) + String(UnicodeScalar(UInt8(65 + index % 26)))
  }
}

// MARK: - Places

extension PromptTemplate {
  private enum Place: String, CaseIterable {
    case question, choices, hint, answer
  }

  private enum Piece {
    case text(String)
    case place(Place)
  }

  private static func has(_ place: Place, in text: String) -> Bool {
    pieces(of: text).contains {
      if case .place(place) = $0 { true } else { false }
    }
  }

  /// The text cut at its places; what is put into them is never searched for others.
  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    var start = rest.startIndex
    while let brace = rest.firstIndex(of: "{") {
      rest = rest[brace...]
      let place = Place.allCases.first { rest.hasPrefix("{\($0.rawValue)}") }
      guard let place else {
        rest = rest.dropFirst()
        continue
      }
      pieces += [.text(String(text[start..<brace])), .place(place)]
      rest = rest.dropFirst(place.rawValue.count + 2)
      start = rest.startIndex
    }
    return pieces + [.text(String(text[start...]))]
  }
}
