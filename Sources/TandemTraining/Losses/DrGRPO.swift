/// The loss of ``GRPO`` without a reference and with a constant length; its advantages are by mean only, which `reward`
/// decides.
///
/// Liu and others, https://arxiv.org/abs/2503.20783.
enum DrGRPO {
  static let usualClip = GRPO.usualClip
  static let usualReduction = Reduction.constant
}
