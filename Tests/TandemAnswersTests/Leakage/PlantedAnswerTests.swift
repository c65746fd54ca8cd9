import Testing

@testable import TandemAnswers
@testable import TandemRecords

/// Random gold answers, planted in neutral text in every spelling that their type has.
struct PlantedAnswerTests {
  /// SplitMix64, so that a failure can be repeated from its seed.
  struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// A gold answer with spellings of it, and numbers that are not it.
  struct Sample {
    var gold: String
    var spellings: [String]
    var decoys: [String]
  }

  private static let frames: [(before: String, after: String)] = [
    ("Think about the kitchen first. We see ", " in the end."),
    ("- look at the fence\n- then ", "\n- and go home"),
    ("Zażółć — gęślą 😀 jaźń: ", ". Done."),
    ("so we get ", ""),
    ("", " comes out"),
  ]

  /// English words of a number below a million.
  static func words(_ value: Int) -> String {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    let tens = [
      "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    switch value {
    case ..<20: return small[value]
    case ..<100: return tens[value / 10] + (value % 10 > 0 ? "-" + small[value % 10] : "")
    case ..<1_000:
      return small[value / 100] + " hundred" + (value % 100 > 0 ? " and " + words(value % 100) : "")
    default:
      return words(value / 1_000) + " thousand"
        + (value % 1_000 > 0 ? " " + words(value % 1_000) : "")
    }
  }

  static func grouped(_ value: Int, _ separator: String) -> String {
    guard value >= 1_000 else { return "\(value)" }
    let low = "\(value % 1_000)"
    return grouped(value / 1_000, separator) + separator
      + String(repeating: "0", count: 3 - low.count) + low
  }

  static func whole(_ random: inout Random) -> Sample {
    let value = Int.random(in: 2...(Bool.random(using: &random) ? 99 : 999_999), using: &random)
    let other = value + Int.random(in: 1...9, using: &random)
    return Sample(
      gold: "\(value)",
      spellings: [
        "\(value)", "**\(value)**", "$\(value)$", "\\boxed{\(value)}", "\(value).0", words(value),
        words(value).uppercased(), grouped(value, ","), grouped(value, "{,}"),
        grouped(value, "\\,"), grouped(value, "\u{202F}"), "\(value) eggs", "x = \(value)",
        "\\frac{\(value * 3)}{3}", "\(value - 1) + 1", "half of \(2 * value)", "(\(value) - 0)",
      ],
      decoys: [
        "\(other)", "\(value)\(value)", "item\(value)", "-\(value)", "x^{\(value)}", "\(value)th",
        "0.\(value)", "\(value).5", "Step \(value)", words(other), "x_{\(value)}",
        "\(value)/\(value + 1)", "\\frac{\(value)}{\(value + 1)}", "1.\(value).2", "\(value)%",
      ])
  }

  static func fraction(_ random: inout Random) -> Sample {
    let bottom = [3, 5, 7, 8, 9, 10].randomElement(using: &random) ?? 3
    let top = bottom == 10 ? 7 : bottom - 1
    let scale = Int.random(in: 2...6, using: &random)
    let parts = [3: "thirds", 5: "fifths", 7: "sevenths", 8: "eighths", 9: "ninths", 10: "tenths"]
    let name = "\(words(top)) \(parts[bottom] ?? "")"
    return Sample(
      gold: "\\frac{\(top)}{\(bottom)}",
      spellings: [
        "\\frac{\(top)}{\(bottom)}", "\\dfrac{\(top)}{\(bottom)}", "$\\tfrac{\(top)}{\(bottom)}$",
        "\(top)/\(bottom)", "\(top * scale)/\(bottom * scale)", name,
        "\\frac{\(top * scale)}{\(bottom * scale)}", "\(top) / \(bottom)",
      ],
      decoys: [
        "\(bottom)/\(top)", "1 \(top)/\(bottom)", "-\(top)/\(bottom)", "\(top)", "\(bottom)",
        "1\(top)/\(bottom)", "\\frac{\(top)}{\(bottom)0}",
      ])
  }

  static func pair(_ random: inout Random) -> Sample {
    let a = Int.random(in: -20 ... -1, using: &random)
    let b = Int.random(in: 1...20, using: &random)
    return Sample(
      gold: "(\(a), \(b))",
      spellings: [
        "(\(a), \(b))", "$(\(a),\(b))$", "\\left(\(a), \(b)\\right)", "x = \(a) and y = \(b)",
      ],
      decoys: [
        "(\(b), \(a))", "\(a)", "(\(a), \(b), 1)", "x = \(a). Then later, y = \(b)",
        "(\(a), \(b + 1))",
      ])
  }

  static func money(_ random: inout Random) -> Sample {
    let value = Int.random(in: 2...500, using: &random)
    return Sample(
      gold: "\\$\(value)",
      spellings: [
        "\\$\(value)", "$\(value)", "\(value) dollars", "\(value)", "\(value * 100) cents",
        "\(value).00 dollars",
      ], decoys: ["\(value) cents", "€\(value)", "\(value + 1) dollars"])
  }

  static func surd(_ random: inout Random) -> Sample {
    let factor = Int.random(in: 2...9, using: &random)
    let root = [2, 3, 5, 7].randomElement(using: &random) ?? 2
    return Sample(
      gold: "\(factor)\\sqrt{\(root)}",
      spellings: [
        "$\(factor)\\sqrt{\(root)}$", "\(factor)√\(root)", "\(factor)*sqrt(\(root))",
        "\\sqrt{\(factor * factor * root)}", "x = \(factor)\\sqrt{\(root)}",
      ],
      decoys: ["\\sqrt{\(root)}", "\(factor + 1)\\sqrt{\(root)}", "\(factor)\\sqrt{\(root + 4)}"])
  }

  @Test(arguments: 0..<60) func everySpellingIsFoundAndNothingElse(seed: Int) {
    var random = Random(state: UInt64(seed) &+ 77)
    let samples = [
      Self.whole(&random), Self.fraction(&random), Self.pair(&random), Self.money(&random),
      Self.surd(&random),
    ]
    for sample in samples {
      let auditor = LeakAuditor(gold: sample.gold, question: "How many are there?")
      for frame in Self.frames {
        for spelling in sample.spellings {
          let hint = frame.before + spelling + frame.after
          let audit = auditor.audit(hint)
          #expect(
            audit.severity.rank <= Severity.derivable.rank,
            "seed \(seed): \(sample.gold) in \(hint)")
          let start = frame.before.unicodeScalars.count
          let end = start + spelling.unicodeScalars.count
          let isInside = audit.findings.contains { start <= $0.start && $0.end <= end }
          #expect(isInside, "seed \(seed): \(sample.gold) in \(hint): \(audit.findings)")
        }
        for decoy in sample.decoys {
          let hint = frame.before + decoy + frame.after
          let audit = auditor.audit(hint)
          #expect(
            audit.severity == .none, "seed \(seed): \(sample.gold) in \(hint): \(audit.findings)")
        }
      }
    }
  }
}
