import Testing

@testable import TandemTraining

struct LearningRateTests {
  @Test func `Rises in equal steps, then falls to nearly nothing`() {
    let rate = LearningRate(peak: 1, warmup: 0.2)
    #expect(rate.rate(0, of: 10) == 0.5)
    #expect(rate.rate(1, of: 10) == 1)
    #expect(rate.rate(2, of: 10) == 1)
    #expect(abs(rate.rate(6, of: 10) - 0.5) < 1e-12)
    let all = (0..<10).map { rate.rate($0, of: 10) }
    #expect(zip(all.dropFirst(2), all.dropFirst(3)).allSatisfy { $0 > $1 })
    #expect((all.last ?? 0) > 0)
  }

  @Test func `Constant stays`() {
    let rate = LearningRate(peak: 2, shape: .constant, warmup: 0)
    #expect((0..<5).allSatisfy { rate.rate($0, of: 5) == 2 })
  }

  @Test func `A gradient is shortened to the limit only`() {
    #expect(ParameterStore.clipping(norm: 0.5, limit: 1) == 1)
    #expect(abs(ParameterStore.clipping(norm: 4, limit: 1) - 0.25) < 1e-6)
  }
}
