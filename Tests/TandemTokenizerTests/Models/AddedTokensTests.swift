import Testing

@testable import TandemTokenizer

@Suite struct AddedTokensTests {
  private func parts(
    _ text: String, _ tokens: [AddedTokens.Token], parseSpecial: Bool = true
  ) -> [String] {
    let bytes = Array(text.utf8)
    return AddedTokens(tokens).segments(of: bytes.span, parseSpecial: parseSpecial).map { part in
      let text = String(decoding: bytes[part.range], as: UTF8.self)
      return part.id.map { "\($0):\(text)" } ?? text
    }
  }

  private func token(
    _ id: Int32, _ text: String, _ change: (inout AddedTokens.Token) -> Void = { _ in }
  ) -> AddedTokens.Token {
    var token = AddedTokens.Token(id: id, text: Array(text.utf8))
    change(&token)
    return token
  }

  @Test func longestAtTheLeftmostPlace() {
    let tokens = [token(1, "<a>"), token(2, "<a>b"), token(3, "b<")]
    #expect(parts("x<a>b<a>", tokens) == ["x", "2:<a>b", "1:<a>"])
    #expect(parts("b<a>", tokens) == ["3:b<", "a>"])
    #expect(parts("", tokens).isEmpty)
    #expect(parts("<a", tokens) == ["<a"])
  }

  @Test func whiteSpaceBesideIsTakenAlong() {
    let tokens = [
      token(1, "<l>") { $0.stripsLeft = true }, token(2, "<r>") { $0.stripsRight = true },
    ]
    #expect(parts("a \n<l> b", tokens) == ["a", "1: \n<l>", " b"])
    #expect(parts("a <r>\u{3000} b", tokens) == ["a ", "2:<r>\u{3000} ", "b"])
    #expect(parts("<r> <l>", tokens) == ["2:<r> ", "1:<l>"])
  }

  @Test func singleWordsStandAlone() {
    let tokens = [token(1, "cat") { $0.isSingleWord = true }]
    #expect(
      parts("cat, concat cat\u{301} cat", tokens) == ["1:cat", ", concat cat\u{301} ", "1:cat"])
  }

  @Test func specialTokensCanBeText() {
    let tokens = [token(1, "<s>") { $0.isSpecial = true }, token(2, "<t>")]
    #expect(parts("<s><t>", tokens, parseSpecial: false) == ["<s>", "2:<t>"])
  }
}
