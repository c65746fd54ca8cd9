/// All that a tokenizer's files say, checked, in the form that encoding needs.
struct TokenizerDefinition: Sendable {
  /// What turns a piece into tokens.
  enum Model: Sendable {
    case bytePair(BytePairModel)
    /// One token a piece; pieces that are none are the unknown token.
    case wordLevel(unknown: Int32)
  }

  /// How the texts of tokens become a text again.
  enum Decoder: Sendable {
    /// Tokens spell bytes.
    case byteLevel
    /// Tokens are words, with a space between them.
    case words
  }

  var vocabulary: TokenTable
  var model: Model
  var added: [AddedTokens.Token] = []
  var composes = false
  var preTokenizer = PreTokenizer(steps: [])
  var decoder = Decoder.byteLevel
  /// What the template puts in front of a text, and behind it.
  var prefix: [Int32] = []
  var suffix: [Int32] = []
  /// The text of the token that ends a sequence, where a file names it.
  var end: String?
}
