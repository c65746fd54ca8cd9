internal import TandemJSON

/// Split patterns that files do not spell out.
enum SplitPattern {
  /// GPT-2's, which ByteLevel applies unless told not to.
  static let gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  /// That of Qwen2 and its successors.
  static let qwen2 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

  /// The pass that splits by a pattern: a scanner for a known one; nil when it cannot be compiled.
  static func step(_ pattern: String) -> PreTokenizer.Step? {
    PieceScanner(pattern: pattern).map { .scan($0) }
      ?? PatternSplitter(pattern).map { .pattern($0) }
  }
}

extension TokenizerFile {
  /// The passes that split text, and whether the last one spells bytes.
  func readPreTokenizer() throws(TokenizerError) -> (PreTokenizer, isByteLevel: Bool) {
    var steps: [PreTokenizer.Step] = []
    var isByteLevel = false
    for part in try flatten(root["pre_tokenizer"]) {
      guard !isByteLevel else {
        throw TokenizerError(
          path, "the pre-tokenizer goes on behind ByteLevel, which is not supported")
      }
      switch part.object?["type"]?.string {
      case "WhitespaceSplit": steps.append(.whiteSpace)
      case "Whitespace": steps.append(.words)
      case "Split": steps.append(try readSplit(part))
      case "ByteLevel":
        isByteLevel = true
        if part.object?["add_prefix_space"]?.bool ?? true { steps.append(.prefixSpace) }
        if part.object?["use_regex"]?.bool ?? true {
          guard let step = SplitPattern.step(SplitPattern.gpt2) else {
            throw unsupported("the pre-tokenizer", part)
          }
          steps.append(step)
        }
      default: throw unsupported("the pre-tokenizer", part)
      }
    }
    return (PreTokenizer(steps: steps), isByteLevel)
  }

  private func flatten(_ value: JSONValue?) throws(TokenizerError) -> [JSONValue] {
    guard let value, value != .null else { return [] }
    guard value.object?["type"]?.string == "Sequence" else { return [value] }
    var parts: [JSONValue] = []
    for part in value.object?["pretokenizers"]?.array ?? [] { parts += try flatten(part) }
    return parts
  }

  private func readSplit(_ value: JSONValue) throws(TokenizerError) -> PreTokenizer.Step {
    guard value.object?["behavior"]?.string == "Isolated", value.object?["invert"]?.bool != true
    else {
      throw TokenizerError(
        path, "the pre-tokenizer Split is supported with behavior Isolated, not inverted")
    }
    let pattern = value.object?["pattern"]?.object
    let text = pattern?["Regex"]?.string ?? pattern?["String"]?.string.map(Self.literal)
    guard let text, let step = SplitPattern.step(text) else {
      throw TokenizerError(path, "the pattern of the pre-tokenizer Split cannot be compiled")
    }
    return step
  }

  /// A pattern that matches a text and nothing else.
  private static func literal(_ text: String) -> String {
    text.unicodeScalars.map { "\\x{\(String($0.value, radix: 16))}" }.joined()
  }
}
