/// Text to token ids and back, exactly as Hugging Face `tokenizers` does it.
///
/// Byte-level byte-pair encoding and words, from a `tokenizer.json` or from `vocab.json` and `merges.txt`. A value
/// that may be used from several threads at once.
package struct Tokenizer: Sendable {
  let vocabulary: TokenTable
  let model: TokenizerDefinition.Model
  let preTokenizer: PreTokenizer
  let composes: Bool
  let rawTokens: AddedTokens
  let normalizedTokens: AddedTokens
  let decoding: DecodingTable
  let prefix: [Int32]
  let suffix: [Int32]
  let workspaces = WorkspacePool()

  /// The tokens that are markup, by id.
  package let specialTokens: [Int32: String]

  /// The token that ends a turn or a text, where there is one.
  ///
  /// It is what `tokenizer_config.json` beside the file names, else the first known name among the special tokens.
  package let eosID: Int32?

  /// Reads a folder with a `tokenizer.json`, or with `vocab.json` and `merges.txt`.
  ///
  /// - Throws: ``TokenizerError`` that names what is missing, malformed or not supported.
  package init(folder: String) throws(TokenizerError) {
    try self.init(TokenizerDefinition(reading: folder))
  }

  /// Reads a `tokenizer.json`, or a `vocab.json` with `merges.txt` beside it; a folder with either will do too.
  ///
  /// - Throws: ``TokenizerError`` that names what is missing, malformed or not supported.
  package init(file: String) throws(TokenizerError) {
    try self.init(TokenizerDefinition(reading: file))
  }

  init(_ definition: TokenizerDefinition) {
    vocabulary = definition.vocabulary
    model = definition.model
    preTokenizer = definition.preTokenizer
    composes = definition.composes
    rawTokens = AddedTokens(definition.added.filter { !$0.isNormalized })
    let composes = definition.composes
    normalizedTokens = AddedTokens(
      definition.added.filter(\.isNormalized).map { token in
        guard composes else { return token }
        var token = token
        let text = String(decoding: token.text, as: UTF8.self)
        token.text = Array(Normalization.compose(text).utf8)
        return token
      })
    decoding = DecodingTable(definition)
    prefix = definition.prefix
    suffix = definition.suffix
    let special = definition.added.filter(\.isSpecial).map {
      ($0.id, String(decoding: $0.text, as: UTF8.self))
    }
    specialTokens = Dictionary(special) { first, _ in first }
    let names = definition.end.map { [$0] } ?? Self.knownEnds
    let table = definition.vocabulary
    eosID = names.lazy.compactMap { table.id(of: $0.utf8) }.first
  }

  /// Names of tokens that end a turn or a text, those of chat models first.
  private static let knownEnds = [
    "<|im_end|>", "<|eot_id|>", "<|endoftext|>", "<|end_of_text|>", "</s>", "<eos>",
  ]

  /// The largest id plus one; a model may have more rows than that.
  package var vocabularySize: Int { vocabulary.count }

  /// The id of a token, spelled as in the file.
  package func id(of token: String) -> Int32? {
    vocabulary.id(of: token.utf8)
  }

  /// A token's spelling in the file; nil for an id without one.
  package func token(of id: Int32) -> String? {
    vocabulary[Int(id)].map { String(decoding: $0, as: UTF8.self) }
  }
}
