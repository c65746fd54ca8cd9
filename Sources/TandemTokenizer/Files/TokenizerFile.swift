internal import TandemJSON

/// A Hugging Face `tokenizer.json`.
///
/// `truncation`, `padding` and the templates for pairs of texts are left out: they belong to callers.
struct TokenizerFile {
  let path: String
  let root: JSONObject

  /// Reads and checks everything.
  func definition() throws(TokenizerError) -> TokenizerDefinition {
    let model = root["model"]?.object ?? JSONObject()
    let vocabulary = try Self.vocabulary(of: model["vocab"], path: path)
    let (preTokenizer, isByteLevel) = try readPreTokenizer()
    var definition = TokenizerDefinition(
      vocabulary: vocabulary,
      model: try readModel(model, vocabulary: vocabulary, isByteLevel: isByteLevel))
    definition.preTokenizer = preTokenizer
    definition.composes = try composes(root["normalizer"])
    definition.decoder = try readDecoder(root["decoder"])
    definition.added = try readAddedTokens()
    try definition.insertAdded(path: path)
    (definition.prefix, definition.suffix) = try readTemplate(root["post_processor"])
    return definition
  }

  /// The tokens of a vocabulary, which is an object of text and id.
  static func vocabulary(of value: JSONValue?, path: String) throws(TokenizerError) -> TokenTable {
    guard let members = value?.object?.members, !members.isEmpty else {
      throw TokenizerError(path, "has no vocabulary of tokens and ids")
    }
    var table = TokenTable()
    for member in members {
      guard let id = member.value.int else {
        throw TokenizerError(path, "has an id in the vocabulary that is no whole number")
      }
      guard table.insert(member.key.utf8, id: id) else {
        throw TokenizerError(
          path, "has id \(id) in the vocabulary, which is used twice, negative or too large")
      }
    }
    return table
  }

  /// An error that names a part of the file that cannot be handled.
  func unsupported(_ part: String, _ value: JSONValue?) -> TokenizerError {
    let type = value?.object?["type"]?.string ?? value?.kind ?? "nothing"
    return TokenizerError(path, "\(part) \(type) is not supported")
  }

  private func composes(_ value: JSONValue?) throws(TokenizerError) -> Bool {
    switch value?.object?["type"]?.string {
    case nil where value == nil || value == .null: return false
    case "NFC": return true
    case "Sequence":
      var composes = false
      for part in value?.object?["normalizers"]?.array ?? [] {
        if try self.composes(part) { composes = true }
      }
      return composes
    default: throw unsupported("the normalizer", value)
    }
  }

  private func readDecoder(_ value: JSONValue?) throws(TokenizerError)
    -> TokenizerDefinition.Decoder
  {
    switch value?.object?["type"]?.string {
    case nil where value == nil || value == .null: return .words
    case "ByteLevel": return .byteLevel
    case "Sequence":
      let parts = value?.object?["decoders"]?.array ?? []
      guard parts.count == 1 else { throw unsupported("the decoder", value) }
      return try readDecoder(parts[0])
    default: throw unsupported("the decoder", value)
    }
  }
}
