import Testing

@testable import TandemTokenizer

@Suite struct ScalarClassesTests {
  /// The numbers of letters, numbers and white space in Unicode 16, from its DerivedGeneralCategory and PropList.
  @Test func sizesAreThoseOfUnicode16() {
    var counts = [UInt8: Int]()
    for value in 0..<UInt32(0x11_0000) { counts[ScalarClasses.shared[value], default: 0] += 1 }
    #expect(counts[ScalarClass.letter] == 141_028)
    #expect(counts[ScalarClass.number] == 1_911)
    #expect(counts[ScalarClass.space] == 23)
    #expect(counts[ScalarClass.lineEnd] == 2)
  }

  @Test func wordsAndSpaces() {
    #expect(["a", "é", "7", "_", "\u{301}", "\u{200D}"].allSatisfy(ScalarClasses.isWord))
    #expect(!["-", " ", "²", "<"].contains(where: ScalarClasses.isWord))
    #expect(ScalarClasses.isSpace("\u{3000}") && !ScalarClasses.isSpace("\u{180E}"))
  }
}
