import Testing

@testable import TandemMath

@Suite struct MachineLimitsTests {
  @Test func measuresSomething() throws {
    let limits = try MachineLimits.measure(memory: 1 << 20)
    #expect(limits.operations > 0 && limits.operations.isFinite)
    #expect(limits.bytesRead > 0 && limits.bytesRead.isFinite)
  }
}
