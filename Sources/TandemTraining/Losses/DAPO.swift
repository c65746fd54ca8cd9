/// The loss of ``GRPO`` that clips less above, without a reference and over tokens.
///
/// Yu and others, https://arxiv.org/abs/2503.14476.
enum DAPO {
  static let usualClip = RatioClip(low: 0.2, high: 0.28)
  static let usualReduction = Reduction.token
}
