internal import CKernels

/// The instruction sets that kernels exist for; every level gives the same bits.
package enum KernelLevel: Int, Sendable, CaseIterable, Comparable {
  /// Plain C, correct everywhere and slow.
  case portable
  /// AVX2 with fused multiply-add.
  case avx2
  /// AVX-512 F, BW, DQ, VL.
  case avx512
  /// AVX-512 with bfloat16 products.
  case avx512BFloat16

  /// The highest level of this processor.
  package static var best: KernelLevel { KernelLevel(ck_best_level()) }

  /// All levels of this processor, lowest first.
  package static var available: [KernelLevel] { allCases.filter { $0 <= best } }

  package static func < (left: KernelLevel, right: KernelLevel) -> Bool {
    left.rawValue < right.rawValue
  }

  private init(_ level: ck_level) {
    self =
      switch level {
      case .portable: .portable
      case .avx2: .avx2
      case .avx512: .avx512
      case .avx512bf16: .avx512BFloat16
      @unknown default: .portable
      }
  }

  /// The table of the level, or of the best one where this level is above it.
  var kernels: UnsafePointer<ck_kernels> {
    let level: ck_level =
      switch min(self, .best) {
      case .portable: .portable
      case .avx2: .avx2
      case .avx512: .avx512
      case .avx512BFloat16: .avx512bf16
      }
    return ck_kernels_of(level)
  }
}
