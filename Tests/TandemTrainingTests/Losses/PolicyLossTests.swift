import Testing

@testable import TandemTraining

/// Values worked out by hand; slopes are held to differences in GradientTests.
struct PolicyLossTests {
  /// One token with ratio 1.5 and one with 0.5.
  private func trace(advantage: Double, isRescue: Bool = false) -> ScoredTrace {
    ScoredTrace(
      logprobs: [-1, -2], behaviour: [-1 - Float(0.405465), -2 + Float(0.693147)],
      advantage: advantage, isRescue: isRescue)
  }

  private func isClose(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  @Test func `Reinforce weighs logprobs`() {
    let losses = Reinforce()(trace(advantage: 2))
    #expect(isClose(losses.values, [2, 4]) && losses.slopes == [-2, -2])
  }

  @Test func `Clipping bounds what a good trace gains and a bad one loses`() {
    let good = losses(.grpo, 2)
    #expect(isClose(good.values, [-2.4, -1]) && isClose(good.slopes, [0, -1]))
    #expect(good.clipped == 1 && losses(.drGRPO, 2) == good)
    let bad = losses(.grpo, -2)
    #expect(isClose(bad.values, [3, 1.6]) && isClose(bad.slopes, [3, 0]))
    #expect(isClose(losses(.dapo, 1).values, [-1.28, -0.5]))
    let wide = GRPO(clip: RatioClip(low: 0.9, high: 0.9))(trace(advantage: 1))
    #expect(isClose(wide.values, [-1.5, -0.5]))
    #expect(losses(.grpo, 0).clipped == 0)
  }

  private func losses(_ name: PolicyLossName, _ advantage: Double) -> TokenLosses {
    let loss = name.loss()
    return loss(trace(advantage: advantage))
  }

  @Test func `GSPO clips the geometric mean`() {
    // The square root of 1.5 times 0.5.
    let mean = 0.866_025
    let bad = GSPO(clip: GSPO.usualClip)(trace(advantage: -1))
    #expect(isClose(bad.values, [0.9997, 0.9997]) && bad.slopes == [0, 0] && bad.clipped == 2)
    let good = GSPO(clip: GSPO.usualClip)(trace(advantage: 1))
    #expect(isClose(good.values, [-mean, -mean]) && isClose(good.slopes, [-mean, -mean]))
    let none = ScoredTrace(logprobs: [], behaviour: [], advantage: 1)
    #expect(GSPO(clip: GSPO.usualClip)(none).values.isEmpty)
  }

  @Test func `SAPO gates softly, by sign and round`() {
    // 4 sigmoid(0.5) and 4 sigmoid(-0.5).
    #expect(isClose(SAPO()(trace(advantage: 1)).values, [-2.489_837, -1.510_163]))
    func gate(_ x: Double) -> Double { 1 / (1 + (-x).exponential) }
    let bad = [4 / 1.05 * gate(0.525), 4 / 1.05 * gate(-0.525)]
    #expect(isClose(SAPO()(trace(advantage: -1)).values, bad))
    let rescue = [-5 * gate(0.4), -5 * gate(-0.4)]
    #expect(isClose(SAPO()(trace(advantage: 1, isRescue: true)).values, rescue))
    let wild = ScoredTrace(logprobs: [0], behaviour: [-2000], advantage: 1)
    #expect(SAPO()(wild).slopes == [0])
  }

  @Test func `TIS holds the ratio constant and bounds it`() {
    var far = trace(advantage: 1)
    far.behaviour[0] = -4
    let losses = TIS()(far)
    #expect(isClose(losses.values, [2, 1]) && isClose(losses.slopes, [-2, -0.5]))
    #expect(losses.clipped == 1)
  }

  @Test func `The divergence is never negative and zero where both agree`() {
    #expect(Divergence.k3(logprob: -1, reference: -1).value == 0)
    let k3 = Divergence.k3(logprob: -2, reference: -1)
    #expect(abs(k3.value - 0.718_282) < 1e-6 && abs(k3.slope + 1.718_282) < 1e-6)
  }

  @Test func `Every name has its usual reduction and weight`() {
    #expect(PolicyLossName.allCases.filter { $0.usualBeta != 0 } == [.grpo])
    #expect(PolicyLossName.dapo.usualReduction == .token)
    #expect(PolicyLossName.drGRPO.usualReduction == .constant)
    #expect(PolicyLossName.gspo.usualReduction == .trace)
    let size = UpdateSize(traces: 4, tokens: 100, longest: 50)
    #expect(Reduction.trace.share(tokens: 5, of: size) == 1.0 / 20)
    #expect(Reduction.token.share(tokens: 5, of: size) == 1.0 / 100)
    #expect(Reduction.constant.share(tokens: 5, of: size) == 1.0 / 200)
  }
}
