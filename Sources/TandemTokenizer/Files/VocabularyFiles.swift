internal import TandemJSON

/// A `vocab.json` with its `merges.txt`, and what `tokenizer_config.json` beside them says.
///
/// The two files hold the model alone. The split is Qwen2's with NFC, unless the configuration's class is GPT-2's.
struct VocabularyFiles {
  let path: String
  let merges: String
  let configuration: JSONObject

  /// Reads and checks everything.
  func definition(vocabulary root: JSONObject) throws(TokenizerError) -> TokenizerDefinition {
    let vocabulary = try TokenizerFile.vocabulary(of: .object(root), path: path)
    let lines = try FileReading.bytes(merges).split(separator: 0x0A)
    var builder = BytePairBuilder(path: merges, vocabulary: vocabulary, count: lines.count)
    var rank = 0
    for line in lines where !line.starts(with: "#version".utf8) {
      let pair = (line.last == 0x0D ? line.dropLast() : line)
        .split(separator: 0x20, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw TokenizerError(merges, "merge \(rank + 1) is not two tokens")
      }
      try builder.insert(Array(pair[0]), Array(pair[1]), rank: rank)
      rank += 1
    }
    let model = builder.model(takesWholePieces: false, unknown: nil)
    var definition = TokenizerDefinition(vocabulary: vocabulary, model: .bytePair(model))
    let isGPT2 = configuration["tokenizer_class"]?.string?.hasPrefix("GPT2") ?? false
    definition.composes = !isGPT2
    let pattern = isGPT2 ? SplitPattern.gpt2 : SplitPattern.qwen2
    definition.preTokenizer.steps = SplitPattern.step(pattern).map { [$0] } ?? []
    for member in configuration["added_tokens_decoder"]?.object?.members ?? [] {
      guard let object = member.value.object, let id = Int(member.key) else { continue }
      definition.added.append(try TokenizerFile.token(object, id: id, path: path))
    }
    try definition.insertAdded(path: path)
    return definition
  }
}
