import TandemRecords

@testable import TandemMethod

/// A random problem for both implementations: texts that share phrases, ties, identical traces, empty ones.
struct RandomCase {
  let naive: NaiveRewards
  let samples: [RewardSample]

  private static let phrases = [
    "First we add 3 + 4 = 7.", "Then multiply by 2: 7 * 2 = 14.", "So x = 14 / 7.",
    "Substitute y into the equation.", "Half of them, that is 50% of 28, remain.",
    "We check both cases.", "Factoring gives (x-1)(x+1).", "By induction it holds.",
    "The square root is \\sqrt{49}.", "Simplify \\frac{14}{2} to 7.", "It is at least 7.", "Hmm.",
    "Natalia sold clips to her friends in April", "and twice as many in May",
  ]
  private static let answers = ["14", "7", "\\frac{1}{2}", "1/2", "x-1", "", "14 apples"]

  /// The shape of a problem's outcomes.
  enum Outcomes: CaseIterable { case mixed, allCorrect, allWrong }

  init(seed: Int, models: Int, cold: Int, rescue: Bool, outcomes: Outcomes, uneven: Bool) {
    var random = PhiloxSequence(seed: seed)
    var texts: [String] = []
    var naive: [NaiveRewards.Sample] = []
    var samples: [RewardSample] = []
    func text() -> String {
      if !texts.isEmpty, Int.random(in: 0..<4, using: &random) == 0 {
        return texts[Int.random(in: 0..<texts.count, using: &random)]
      }
      let count = [0, 1, 3, 6, 12][Int.random(in: 0..<5, using: &random)]
      return (0..<count).map { _ in
        Self.phrases[Int.random(in: 0..<Self.phrases.count, using: &random)]
      }.joined(separator: " ")
    }
    func add(_ model: Int, isRescue: Bool) {
      let text = text()
      texts.append(text)
      let draw = Int.random(in: 0..<5, using: &random)
      let correct =
        switch outcomes {
        case .mixed: draw < 2
        case .allCorrect: true
        case .allWrong: false
        }
      let stated = draw != 4 || correct
      let answer = Self.answers[Int.random(in: 0..<Self.answers.count, using: &random)]
      let hinted = isRescue && Bool.random(using: &random)
      naive.append(
        .init(
          model: "m\(model)", isRescue: isRescue, correct: correct, answer: stated ? answer : nil,
          text: text, hinted: hinted))
      samples.append(
        RewardSample(
          model: model, round: isRescue ? .rescue : .cold,
          verdict: correct ? .correct : stated ? .incorrect : .noAnswer,
          answer: stated ? answer : nil, text: text, isHinted: hinted))
    }
    for model in 0..<models {
      let count = uneven ? Int.random(in: 0...cold, using: &random) : cold
      for _ in 0..<count { add(model, isRescue: false) }
    }
    if rescue {
      for model in 0..<models where Bool.random(using: &random) { add(model, isRescue: true) }
    }
    self.naive = NaiveRewards(samples: naive, gold: "14")
    self.samples = samples
  }
}
