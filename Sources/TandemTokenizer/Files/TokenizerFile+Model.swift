internal import TandemJSON

extension TokenizerFile {
  /// The model.
  func readModel(
    _ model: JSONObject, vocabulary: TokenTable, isByteLevel: Bool
  ) throws(TokenizerError) -> TokenizerDefinition.Model {
    let type = model["type"]?.string ?? (model["merges"] == nil ? nil : "BPE")
    switch type {
    case "BPE":
      guard isByteLevel else {
        throw TokenizerError(path, "the model BPE is supported behind ByteLevel alone")
      }
      return .bytePair(try readBytePairs(model, vocabulary))
    case "WordLevel":
      guard let unknown = model["unk_token"]?.string.flatMap({ vocabulary.id(of: $0.utf8) })
      else { throw TokenizerError(path, "the model WordLevel has no unk_token in its vocabulary") }
      return .wordLevel(unknown: unknown)
    default: throw unsupported("the model", root["model"])
    }
  }

  private func readBytePairs(_ model: JSONObject, _ vocabulary: TokenTable)
    throws(TokenizerError) -> BytePairModel
  {
    for option in ["continuing_subword_prefix", "end_of_word_suffix"] {
      guard (model[option]?.string ?? "").isEmpty else {
        throw TokenizerError(path, "the model's \(option) is not supported")
      }
    }
    for option in ["byte_fallback", "fuse_unk"] where model[option]?.bool == true {
      throw TokenizerError(path, "the model's \(option) is not supported")
    }
    guard (model["dropout"]?.double ?? 0) == 0 else {
      throw TokenizerError(path, "the model's dropout is not supported")
    }
    guard let merges = model["merges"]?.array else {
      throw TokenizerError(path, "the model has no merges")
    }
    var builder = BytePairBuilder(path: path, vocabulary: vocabulary, count: merges.count)
    for (rank, merge) in merges.enumerated() {
      let pair = merge.array.map { $0.compactMap(\.string) } ?? merge.string.map(Self.split) ?? []
      guard pair.count == 2 else {
        throw TokenizerError(path, "merge \(rank + 1) is not two tokens")
      }
      try builder.insert(Array(pair[0].utf8), Array(pair[1].utf8), rank: rank)
    }
    var unknown: Int32?
    if let text = model["unk_token"]?.string {
      unknown = vocabulary.id(of: text.utf8)
      if unknown == nil {
        throw TokenizerError(path, "the model's unk_token is not in its vocabulary")
      }
    }
    return builder.model(takesWholePieces: model["ignore_merges"]?.bool ?? false, unknown: unknown)
  }

  private static func split(_ text: String) -> [String] {
    text.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map { String($0) ?? "" }
  }
}

/// Puts a byte-pair model together, checking every merge.
struct BytePairBuilder {
  let path: String
  let vocabulary: TokenTable
  private var merges: MergeTable

  /// A builder for so many merges.
  init(path: String, vocabulary: TokenTable, count: Int) {
    self.path = path
    self.vocabulary = vocabulary
    merges = MergeTable(capacity: count)
  }

  /// Adds a merge of two tokens, each of which, like their union, must be in the vocabulary.
  mutating func insert(_ left: [UInt8], _ right: [UInt8], rank: Int) throws(TokenizerError) {
    guard let first = vocabulary.id(of: left), let second = vocabulary.id(of: right),
      let merged = vocabulary.id(of: left + right)
    else {
      throw TokenizerError(path, "merge \(rank + 1) needs a token that is not in the vocabulary")
    }
    merges.insert(left: first, right: second, rank: rank, merged: merged)
  }

  /// The model.
  func model(takesWholePieces: Bool, unknown: Int32?) -> BytePairModel {
    BytePairModel(
      bytes: ByteAlphabet.spellings.map { vocabulary.id(of: $0) ?? -1 }, merges: merges,
      takesWholePieces: takesWholePieces, unknown: unknown)
  }
}
