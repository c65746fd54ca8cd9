internal import Glibc

extension Float {
  /// e to the power of the number.
  var exponential: Float { exp(self) }

  /// The natural logarithm.
  var logarithm: Float { log(self) }
}

extension Double {
  /// e to the power of the number.
  var exponential: Double { exp(self) }

  /// The cosine of an angle.
  var cosine: Double { cos(self) }

  /// The number to a whole power.
  func power(_ exponent: Int) -> Double { pow(self, Double(exponent)) }
}
