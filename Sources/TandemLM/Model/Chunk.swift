/// Consecutive tokens of one sequence that go through a model in one step.
struct Chunk {
  /// The tokens.
  var tokens: ArraySlice<Int32>
  /// The position of the first one; keys and values of all before it are in the pages.
  var position: Int
  /// The sequence's pages, with room for the tokens.
  var pages: [Int32]
  /// How many tokens need logits, the last ones.
  var wantedCount: Int
}
