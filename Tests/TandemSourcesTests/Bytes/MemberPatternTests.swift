import Testing

@testable import TandemSources

@Suite struct MemberPatternTests {
  @Test(
    arguments: [
      ("*.json", "a.json", true), ("*.json", "a/b/c.json", true), ("*.json", "a.jsonl", false),
      ("a/*.json", "a/b.json", true), ("a/*.json", "a/b/c.json", false),
      ("a/**.json", "a/b/c.json", true), ("**/c.json", "c.json", true),
      ("**/c.json", "a/b/c.json", true), ("**/c.json", "a/xc.json", false),
      ("a/**/c", "a/c", true), ("a/**/c", "a/x/y/c", true), ("a/**/c", "a/xc", false),
      ("?.csv", "a.csv", true), ("?.csv", "ab.csv", false), ("a?b/x", "a/b/x", false),
      ("", "a", false), ("*", "a/b", true), ("a/*", "a/b/c", false), ("a/**", "a/b/c", true),
      ("test.jsonl", "dir/test.jsonl", true), ("dir/test.jsonl", "test.jsonl", false),
    ])
  func fits(_ pattern: String, _ name: String, _ expected: Bool) {
    #expect(MemberPattern(pattern).matches(name) == expected, "\(pattern) \(name)")
  }

  @Test func manyStarsStayCheap() {
    let pattern = MemberPattern(String(repeating: "*a", count: 200))
    #expect(!pattern.matches(String(repeating: "a", count: 2_000) + "b"))
  }
}
