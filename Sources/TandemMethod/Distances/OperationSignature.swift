/// A kind of step that a trace can contain.
package enum OperationKind: Int, CaseIterable, Sendable {
  case addition, subtraction, multiplication, division, equation, comparison, percentage, fraction
  case square, root, substitution, simplification, factoring, expansion, isolation, verification
  case caseAnalysis, induction

  /// The name in snake case.
  package var name: String { self == .caseAnalysis ? "case_analysis" : "\(self)" }
}

/// The kinds of step that occur in a trace.
package struct OperationSignature: OptionSet, Hashable, Sendable {
  /// Bit `n` stands for the kind of raw value `n`.
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The signature of one kind.
  package init(_ kind: OperationKind) {
    rawValue = 1 << UInt32(kind.rawValue)
  }

  /// The kinds, in their order.
  package var kinds: [OperationKind] {
    OperationKind.allCases.filter { contains(OperationSignature($0)) }
  }

  /// The share of common kinds among all that occur in either; 1 for two empty signatures.
  package func jaccard(_ other: OperationSignature) -> Double {
    let all = union(other).rawValue.nonzeroBitCount
    guard all > 0 else { return 1 }
    return Double(intersection(other).rawValue.nonzeroBitCount) / Double(all)
  }
}
