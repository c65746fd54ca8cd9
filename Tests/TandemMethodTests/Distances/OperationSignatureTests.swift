import TandemRecords
import Testing

@testable import TandemMethod

@Suite struct OperationSignatureTests {
  static let cases: [(text: String, kinds: [OperationKind])] = [
    ("", []),
    ("Nothing to see, well-known and/or **bold** facts.", []),
    ("3 + 4", [.addition]), ("apples + pears", [.addition]), ("C++ is a language", []),
    ("We add them; in total there are seven", [.addition]), ("an additional remark", []),
    ("48 - 2", [.subtraction]), ("x-1", [.subtraction]), ("- 5 apples", []),
    ("first\n- 5 apples", []), ("a \u{2212} b", [.subtraction]),
    ("Subtracting gives", [.subtraction]),
    ("6 * 7", [.multiplication]), ("6 \u{D7} 7", [.multiplication]),
    ("6 \\times 7", [.multiplication]), ("6\\cdot7", [.multiplication]),
    ("three times as many", [.multiplication]), ("sometimes", []), ("\\timeslot", []),
    ("48/2", [.division]), ("miles/hour", []), ("48 \u{F7} 2", [.division]),
    ("dividing by 2", [.division]), ("divisible", []),
    ("x = 5", [.equation]), ("Total = $5", [.equation]), ("a == b", []), ("= 5", []),
    ("<<48/2=24>>24", [.division, .equation]),
    ("x < 5", [.comparison]), ("x \\leq 5", [.comparison]), ("\\left(", []), ("<think>", []),
    ("more  than\nfive", [.comparison]), ("x \u{2265} 5", [.comparison]),
    ("50%", [.percentage]), ("five percent", [.percentage]),
    ("\\frac{1}{2}", [.fraction]), ("\\dfrac12", [.fraction]), ("half of it", [.fraction]),
    ("behalf", []), ("x^2", [.square]), ("x^{2}", [.square]), ("x^23", []), ("x**2", [.square]),
    ("x\u{B2}", [.square]), ("squared", [.square]), ("the square root of 49", [.root]),
    ("\\sqrt{49}", [.root]), ("\u{221A}49", [.root]), ("Substitute y", [.substitution]),
    ("plugging in 3", [.substitution]), ("Simplifying", [.simplification]),
    ("combine like terms", [.simplification]), ("Factor it", [.factoring]), ("5 factorial", []),
    ("we expand the product", [.multiplication, .expansion]), ("solve for x", [.isolation]),
    ("on both sides", [.isolation]), ("Let me double-check", [.verification]),
    ("verify", [.verification]), ("Case 1: n is even", [.caseAnalysis]), ("in any case", []),
    ("two cases", [.caseAnalysis]), ("by induction", [.induction]), ("the base case", [.induction]),
  ]

  @Test(arguments: cases) func findsTheKinds(text: String, kinds: [OperationKind]) {
    #expect(OperationSignature(of: text).kinds == kinds, "\(text)")
  }

  @Test func everyPhraseIsFoundInTheMiddleOfAText() {
    for (kind, phrases) in OperationPatterns.phrases {
      for phrase in phrases {
        let written = phrase.replacing("*", with: "")
        let text = "Now, \(written.hasPrefix("\\") ? written : written.uppercased()): so"
        #expect(OperationSignature(of: text).kinds == [kind], "\(phrase)")
      }
    }
  }

  @Test func everySignIsFoundBetweenNumbers() {
    for (kind, sign, place) in OperationPatterns.symbols {
      let text = place == .notBeforeDigit ? "7 \(sign) a" : "7 \(sign) 8"
      #expect(OperationSignature(of: text).contains(OperationSignature(kind)), "\(sign)")
    }
  }

  @Test func everyKindHasPatternsAndAName() {
    #expect(Set(OperationPatterns.phrases.map(\.kind)) == Set(OperationKind.allCases))
    #expect(OperationKind.allCases.count == 18)
    #expect(OperationKind.allCases.map(\.name).contains("case_analysis"))
  }

  @Test func comparesSets() {
    let (a, b): (OperationSignature, OperationSignature) = (
      OperationSignature(of: "3 + 4 = 7"), OperationSignature(of: "3 + 4 - 7")
    )
    #expect(a.jaccard(b) == 1.0 / 3)
    #expect(a.jaccard(a) == 1)
    #expect(OperationSignature().jaccard(OperationSignature()) == 1)
    #expect(OperationSignature().jaccard(a) == 0)
  }

  /// Random bytes and long runs of every sign must neither trap nor take more than linear time.
  @Test func takesAnyBytes() {
    for piece in ["\\", " ", "-", "1 ", "square ", "case ", "(", "^", "\u{221A}", "*", "a"] {
      let text = String(repeating: piece, count: 20_000)
      _ = OperationSignature(of: text)
    }
    for seed in 0..<200 {
      var random = PhiloxSequence(seed: seed)
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      _ = OperationScanner.shared.signature(of: bytes)
    }
  }
}
