/// A sum of rational multiples of monomials, sorted by monomial, without zero terms.
struct Polynomial: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    let monomial: Monomial
    let coefficient: Rational
  }

  private(set) var terms: [Term]

  private init(terms: [Term]) {
    self.terms = terms
  }

  init(_ value: Rational) {
    terms = value.isZero ? [] : [Term(monomial: .one, coefficient: value)]
  }

  init(_ symbol: Symbol) {
    terms = [Term(monomial: Monomial(symbol), coefficient: Rational(1))]
  }

  init(_ monomial: Monomial, times coefficient: Rational) {
    terms = coefficient.isZero ? [] : [Term(monomial: monomial, coefficient: coefficient)]
  }

  var isZero: Bool { terms.isEmpty }

  /// The value, when it is a rational number.
  var rational: Rational? {
    if terms.isEmpty { return Rational(0) }
    if terms.count == 1, terms[0].monomial.isOne { return terms[0].coefficient }
    return nil
  }

  var hasVariables: Bool { terms.contains { $0.monomial.hasVariables } }

  static prefix func - (a: Polynomial) -> Polynomial {
    Polynomial(
      terms: a.terms.map { Term(monomial: $0.monomial, coefficient: -$0.coefficient) })
  }

  static func add(
    _ a: Polynomial, _ b: Polynomial, _ budget: inout Budget
  ) throws(Obstacle) -> Polynomial {
    if a.isZero { return b }
    if b.isZero { return a }
    try budget.spend(a.terms.count + b.terms.count)
    var result: [Term] = []
    result.reserveCapacity(a.terms.count + b.terms.count)
    var (i, j) = (0, 0)
    while i < a.terms.count && j < b.terms.count {
      let (x, y) = (a.terms[i], b.terms[j])
      if x.monomial == y.monomial {
        let sum = x.coefficient + y.coefficient
        if !sum.isZero { result.append(Term(monomial: x.monomial, coefficient: sum)) }
        i += 1
        j += 1
      } else if x.monomial < y.monomial {
        result.append(x)
        i += 1
      } else {
        result.append(y)
        j += 1
      }
    }
    result.append(contentsOf: a.terms[i...])
    result.append(contentsOf: b.terms[j...])
    if result.count > Limit.maximumTerms { throw .limit(.terms) }
    return Polynomial(terms: result)
  }

  static func multiply(
    _ a: Polynomial, _ b: Polynomial, _ budget: inout Budget
  ) throws(Obstacle) -> Polynomial {
    if a.isZero || b.isZero { return Polynomial(terms: []) }
    var products: [Term] = []
    products.reserveCapacity(a.terms.count * b.terms.count)
    for x in a.terms {
      try budget.spend(b.terms.count)
      for y in b.terms {
        let (monomial, scale) = try Monomial.multiply(x.monomial, y.monomial)
        let coefficient = x.coefficient * y.coefficient * scale
        let limbs = coefficient.numerator.limbCount + coefficient.denominator.limbCount
        if limbs > Limit.maximumLimbs { throw .limit(.digits) }
        try budget.spend(limbs / 8)
        products.append(Term(monomial: monomial, coefficient: coefficient))
      }
    }
    if products.count > 1 { products.sort { $0.monomial < $1.monomial } }
    return Polynomial(terms: try collected(products))
  }

  /// Sorted terms with equal monomials added up.
  private static func collected(_ sorted: [Term]) throws(Obstacle) -> [Term] {
    var result: [Term] = []
    result.reserveCapacity(sorted.count)
    for term in sorted {
      if let last = result.last, last.monomial == term.monomial {
        let sum = last.coefficient + term.coefficient
        result.removeLast()
        if !sum.isZero { result.append(Term(monomial: term.monomial, coefficient: sum)) }
      } else {
        result.append(term)
      }
    }
    if result.count > Limit.maximumTerms { throw .limit(.terms) }
    return result
  }

  /// A natural power.
  func power(_ exponent: Int, _ budget: inout Budget) throws(Obstacle) -> Polynomial {
    if exponent > 1 && terms.count > 1 && exponent > Limit.maximumTerms {
      throw .limit(.degree)
    }
    var result = Polynomial(Rational(1))
    var (base, rest) = (self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = try Self.multiply(result, base, &budget) }
      rest >>= 1
      if rest > 0 { base = try Self.multiply(base, base, &budget) }
    }
    return result
  }

  /// A rational power of one term, when it is a real positive number or the power is whole.
  func termPower(_ numerator: Int, _ denominator: Int) throws(Obstacle) -> Polynomial {
    guard terms.count == 1 else { throw .other }
    let term = terms[0]
    guard denominator > 1 else {
      let (monomial, scale) = try term.monomial.power(numerator, 1)
      return Polynomial(monomial, times: try term.coefficient.power(numerator) * scale)
    }
    guard term.monomial.factors.allSatisfy({ $0.symbol.isPositive }) else { throw .other }
    let (monomial, scale) = try term.monomial.power(numerator, denominator)
    let (root, factor) = try Radical.power(term.coefficient, numerator, denominator)
    let (product, free) = try Monomial.multiply(monomial, root)
    return Polynomial(product, times: scale * factor * free)
  }

  /// The constant factor by which `other` is this, with its sign; nil when there is none.
  func ratio(to other: Polynomial) -> Rational? {
    guard terms.count == other.terms.count, let first = terms.first, let last = other.terms.first,
      let reciprocal = last.coefficient.reciprocal
    else { return nil }
    let factor = first.coefficient * reciprocal
    for (x, y) in zip(terms, other.terms)
    where x.monomial != y.monomial || x.coefficient != y.coefficient * factor {
      return nil
    }
    return factor
  }
}

extension Polynomial: CustomStringConvertible {
  var description: String {
    if isZero { return "0" }
    return terms.map { term in
      if term.monomial.isOne { return term.coefficient.description }
      return term.coefficient.isOne
        ? term.monomial.description : "\(term.coefficient)·\(term.monomial)"
    }.joined(separator: " + ")
  }
}
