import Testing

@testable import TandemRecords

@Suite struct PhiloxTests {
  /// The known answers that its authors publish with Random123 (philox4x32, 10 rounds).
  @Test func givesThePublishedAnswers() {
    #expect(Philox(key: 0).block(0, 0) == (0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c))
    #expect(
      Philox(key: .max).block(.max, .max) == (0x41c8_3b0e_408f_276d, 0x6d54_51fd_a20b_c7c6))
    #expect(
      Philox(key: 0x299f_31d0_a409_3822).block(0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e)
        == (0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420))
  }
}
