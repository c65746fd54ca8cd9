internal import TandemTokenizer

/// The text of a sample as its tokens come, up to a stop string, wherever tokens cut that.
struct StoppableText {
  /// What stands in front of any stop string.
  private(set) var text = ""
  private var decoder: StreamingDecoder
  private var filter: StopFilter

  init(_ stops: [String], tokenizer: Tokenizer) {
    decoder = tokenizer.streamingDecoder(skipSpecialTokens: true)
    filter = StopFilter(stops)
  }

  /// Takes the next token; true once a stop string is complete.
  mutating func append(_ id: Int32) -> Bool {
    text += filter.append(decoder.append(id))
    return filter.isStopped
  }
}
