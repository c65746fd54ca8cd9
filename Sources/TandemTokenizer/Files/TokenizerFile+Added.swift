internal import TandemJSON

extension TokenizerFile {
  /// The tokens that are cut out of the text.
  func readAddedTokens() throws(TokenizerError) -> [AddedTokens.Token] {
    var tokens: [AddedTokens.Token] = []
    for value in root["added_tokens"]?.array ?? [] {
      guard let object = value.object, let id = object["id"]?.int else {
        throw TokenizerError(path, "added token \(tokens.count + 1) has no id")
      }
      tokens.append(try Self.token(object, id: id, path: path))
    }
    return tokens
  }

  /// One of them, from its description.
  static func token(_ object: JSONObject, id: Int, path: String) throws(TokenizerError)
    -> AddedTokens.Token
  {
    guard let content = object["content"]?.string, let id = Int32(exactly: id), id >= 0 else {
      throw TokenizerError(path, "the added token with id \(id) has no content, or the id is none")
    }
    var token = AddedTokens.Token(id: id, text: Array(content.utf8))
    token.isSpecial = object["special"]?.bool ?? false
    token.stripsLeft = object["lstrip"]?.bool ?? false
    token.stripsRight = object["rstrip"]?.bool ?? false
    token.isSingleWord = object["single_word"]?.bool ?? false
    token.isNormalized = object["normalized"]?.bool ?? !token.isSpecial
    return token
  }

  /// What a template puts in front of one text and behind it.
  func readTemplate(_ value: JSONValue?) throws(TokenizerError) -> ([Int32], [Int32]) {
    guard let object = value?.object, let type = object["type"]?.string else {
      guard value == nil || value == .null else { throw unsupported("the post-processor", value) }
      return ([], [])
    }
    switch type {
    case "ByteLevel": return ([], [])
    case "Sequence":
      var sides: ([Int32], [Int32]) = ([], [])
      for part in object["processors"]?.array ?? [] {
        let (prefix, suffix) = try readTemplate(part)
        sides = (prefix + sides.0, sides.1 + suffix)
      }
      return sides
    case "TemplateProcessing": return try readSides(object)
    default: throw unsupported("the post-processor", value)
    }
  }

  private func readSides(_ template: JSONObject) throws(TokenizerError) -> ([Int32], [Int32]) {
    var sides: ([Int32], [Int32]) = ([], [])
    var isBehind = false
    for item in template["single"]?.array ?? [] {
      if item.object?["Sequence"] != nil {
        isBehind = true
        continue
      }
      let name = item.object?["SpecialToken"]?.object?["id"]?.string
      let entry = name.flatMap { template["special_tokens"]?.object?[$0]?.object }
      guard let ids = entry?["ids"]?.array?.compactMap({ $0.int.flatMap(Int32.init(exactly:)) })
      else { throw TokenizerError(path, "the post-processor's template names no known token") }
      if isBehind { sides.1 += ids } else { sides.0 += ids }
    }
    return sides
  }
}

extension TokenizerDefinition {
  /// Puts the added tokens into the vocabulary, where they may be already with the same id.
  mutating func insertAdded(path: String) throws(TokenizerError) {
    for token in added {
      if let known = vocabulary.id(of: token.text) {
        guard known == token.id else {
          throw TokenizerError(
            path, "an added token has id \(token.id), and id \(known) in the vocabulary")
        }
      } else if !vocabulary.insert(token.text, id: Int(token.id)) {
        throw TokenizerError(path, "the added token with id \(token.id) has the id of another")
      }
    }
  }
}
