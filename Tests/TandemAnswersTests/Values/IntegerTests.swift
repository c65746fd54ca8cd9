import Testing

@testable import TandemAnswers
@testable import TandemRecords

@Suite struct IntegerTests {
  private func integer(_ text: String) throws -> Integer {
    let value = try Integer(digits: text.utf8)
    return text.hasPrefix("-") ? -value : value
  }

  private func random(_ random: inout PhiloxSequence) throws -> Integer {
    let count = Int.random(in: 1...120, using: &random)
    let digits = (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    let value = try integer(digits)
    return Bool.random(using: &random) ? -value : value
  }

  /// Published values: 2^128 and 30!.
  @Test func givesKnownValues() throws {
    #expect(try Integer(2).power(128).description == "340282366920938463463374607431768211456")
    var factorial = Integer(1)
    for factor in 1...30 { factorial = factorial * Integer(factor) }
    #expect(factorial.description == "265252859812191058636308480000000")
    #expect(Integer(.min).description == "-9223372036854775808")
    #expect((-Integer(.min)).description == "9223372036854775808")
    #expect((Integer(.max) + Integer(1) - Integer(1)).word == .max)
  }

  @Test(arguments: 0..<20)
  func arithmeticHoldsTogether(_ seed: Int) throws {
    var generator = PhiloxSequence(seed: seed)
    for _ in 0..<100 {
      let (a, b, c) = (
        try random(&generator), try random(&generator), try random(&generator)
      )
      #expect(a + b - b == a, "seed \(seed)")
      #expect((a + b) * c == a * c + b * c, "seed \(seed)")
      #expect(try integer(a.description) == a, "seed \(seed)")
      #expect((a < b) == ((b - a).signum > 0), "seed \(seed)")
      if let (quotient, remainder) = a.divided(by: b) {
        #expect(quotient * b + remainder == a, "seed \(seed)")
        #expect(remainder.magnitude < b.magnitude, "seed \(seed)")
        #expect(remainder.isZero || remainder.signum == a.signum, "seed \(seed)")
      }
      let divisor = Integer.gcd(a * c, b * c)
      #expect(c.isZero || divisor.divided(by: c)?.remainder.isZero == true, "seed \(seed)")
    }
  }

  /// The estimate of a quotient digit is one too large here (Knuth 4.3.1, exercise 21).
  @Test func dividesTheHardCase() throws {
    let power = try Integer(2).power(96)
    let a = try Integer(2).power(191) - Integer(1)
    let b = power - Integer(1)
    let (quotient, remainder) = try #require(a.divided(by: b))
    #expect(quotient * b + remainder == a)
    #expect(remainder < b)
  }
}
