internal import Glibc

/// Evaluates the scalars of a tree in double precision, at given values of the names.
///
/// Without `i` in either side the rules are those of real numbers: even roots and logarithms of
/// negative numbers are undefined.
struct Evaluation {
  let tree: Tree
  let isComplex: Bool
  var values: [Symbol: Double] = [:]

  /// Steps for an exact part, such as an exponent, at each point.
  private static let exactSteps = 400

  /// The value of a node; nil where it is undefined or not a scalar.
  func value(_ node: Int) -> Approximation? {
    switch tree.kind(node) {
    case .number: return Approximation(tree.numeral(node).value.double)
    case .symbol: return symbol(Symbol(code: tree.payload(node)))
    case .mixed, .based: return value(tree.child(node, 0))
    case .negative: return value(tree.child(node, 0)).map { -$0 }
    case .percent: return value(tree.child(node, 0)).map { $0 * Approximation(0.01) }
    case .degree: return value(tree.child(node, 0)).map { $0 * Approximation(.pi / 180) }
    case .sum: return fold(node) { $0 + $1 }
    case .product: return fold(node) { $0 * $1 }
    case .quotient:
      guard let (top, bottom) = pair(node) else { return nil }
      return top / bottom
    case .power:
      guard let (base, exponent) = pair(node) else { return nil }
      return power(base, exponent, rationalExponent(tree.child(node, 1)))
    case .root:
      guard let radicand = value(tree.child(node, 0)) else { return nil }
      guard tree.count(node) > 1 else { return power(radicand, Approximation(0.5), (1, 2)) }
      guard let index = value(tree.child(node, 1)), let inverse = Approximation(1) / index,
        let degree = rationalExponent(tree.child(node, 1))
      else { return nil }
      return power(radicand, inverse, (degree.1, degree.0))
    case .logarithm:
      guard let (base, argument) = pair(node), let top = logarithm(argument),
        let bottom = logarithm(base)
      else { return nil }
      return top / bottom
    case .binomial:
      var budget = Budget(steps: Self.exactSteps)
      let exact = try? NormalForm(tree: tree).quotient(node, &budget)
      return exact?.rational.map { Approximation($0.double) } ?? binomial(node)
    case .call: return call(node)
    default: return nil
    }
  }

  private func symbol(_ symbol: Symbol) -> Approximation? {
    if let value = values[symbol] { return Approximation(value) }
    switch symbol {
    case .pi: return Approximation(.pi)
    case .e: return Approximation(M_E)
    case .i: return Approximation(0, 1)
    default: return nil
    }
  }

  private func pair(_ node: Int) -> (Approximation, Approximation)? {
    guard let first = value(tree.child(node, 0)), let second = value(tree.child(node, 1)) else {
      return nil
    }
    return (first, second)
  }

  private func fold(
    _ node: Int, _ combine: (Approximation, Approximation) -> Approximation
  ) -> Approximation? {
    guard var result = value(tree.child(node, 0)) else { return nil }
    for index in 1..<max(1, tree.count(node)) {
      guard let next = value(tree.child(node, index)) else { return nil }
      result = combine(result, next)
    }
    return result.isFinite ? result : nil
  }

  /// The exponent as a fraction of machine words, when it is one.
  private func rationalExponent(_ node: Int) -> (Int, Int)? {
    var budget = Budget(steps: Self.exactSteps)
    guard let value = try? NormalForm(tree: tree).quotient(node, &budget).rational,
      let top = value.numerator.word, let bottom = value.denominator.word
    else { return nil }
    return (top, bottom)
  }

  private func logarithm(_ x: Approximation) -> Approximation? {
    if !isComplex && (x.re <= 0 || !x.isReal) { return nil }
    return x.logarithm
  }

  private func power(
    _ base: Approximation, _ exponent: Approximation, _ fraction: (Int, Int)?
  ) -> Approximation? {
    if base.size == 0 { return exponent.re > 0 ? Approximation(0) : nil }
    if base.isReal && exponent.isReal && (base.re > 0 || !isComplex) {
      var sign = 1.0
      if base.re < 0 {
        guard let (top, bottom) = fraction, bottom & 1 != 0 else { return nil }
        if top & 1 != 0 { sign = -1 }
      }
      let result = pow(abs(base.re), exponent.re)
      guard result.isFinite else { return nil }
      let relative =
        abs(exponent.re) * base.error / abs(base.re) + exponent.error * abs(log(abs(base.re)))
      return Approximation(sign * result, error: result * (relative + 0x1p-50))
    }
    if let (top, bottom) = fraction, bottom == 1, 0...64 ~= top {
      var result = Approximation(1)
      for _ in 0..<top { result = result * base }
      return result
    }
    guard let log = base.logarithm else { return nil }
    return finite((log * exponent).exponential)
  }

  private func call(_ node: Int) -> Approximation? {
    guard let function = tree.function(node), tree.count(node) == 1 else { return exact(node) }
    guard let x = value(tree.child(node, 0)) else { return nil }
    if function == .exp { return finite(x.exponential) }
    if function == .factorial { return exact(node) ?? factorial(x) }
    if function == .ln { return logarithm(x) }
    if function == .log {
      guard let top = logarithm(x) else { return nil }
      return top / Approximation(log(10))
    }
    if function == .abs { return Approximation(x.size, error: x.error) }
    guard x.isReal else { return nil }
    let (s, c) = (sin(x.re), cos(x.re))
    switch function {
    case .sin: return x.map(s, slope: 1)
    case .cos: return x.map(c, slope: 1)
    case .tan: return abs(c) < 1e-12 ? nil : x.map(s / c, slope: 1 / (c * c))
    case .cot: return abs(s) < 1e-12 ? nil : x.map(c / s, slope: 1 / (s * s))
    case .sec: return abs(c) < 1e-12 ? nil : x.map(1 / c, slope: 1 / (c * c))
    case .csc: return abs(s) < 1e-12 ? nil : x.map(1 / s, slope: 1 / (s * s))
    case .arcsin, .arccos:
      guard abs(x.re) <= 1 else { return nil }
      return x.map(
        function == .arcsin ? asin(x.re) : acos(x.re),
        slope: 1 / max(1e-6, (1 - x.re * x.re).squareRoot()))
    case .arctan: return x.map(atan(x.re), slope: 1)
    case .sinh: return x.map(sinh(x.re), slope: cosh(x.re))
    case .cosh: return x.map(cosh(x.re), slope: sinh(x.re))
    case .tanh: return x.map(tanh(x.re), slope: 1)
    default: return exact(node)
    }
  }

  /// Γ(x + 1), which is x! at whole numbers.
  private func factorial(_ x: Approximation) -> Approximation? {
    guard x.isReal, x.re > -1 else { return nil }
    let value = tgamma(x.re + 1)
    // |ψ(x + 1)| is below this bound.
    let slope = log(x.re + 2) + 1 / (x.re + 1)
    return finite(Approximation(value, error: value * (slope * x.error + 0x1p-48)))
  }

  private func binomial(_ node: Int) -> Approximation? {
    guard let (n, k) = pair(node), let top = factorial(n), let chosen = factorial(k),
      let rest = factorial(n + -k)
    else { return nil }
    return top / (chosen * rest)
  }

  private func finite(_ value: Approximation) -> Approximation? {
    value.isFinite ? value : nil
  }

  private func exact(_ node: Int) -> Approximation? {
    var budget = Budget(steps: Self.exactSteps)
    let form = try? NormalForm(tree: tree).quotient(node, &budget)
    return form?.rational.map { Approximation($0.double) }
  }
}
