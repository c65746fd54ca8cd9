internal import TandemJSON

extension TokenizerDefinition {
  /// Reads a `tokenizer.json`, or a `vocab.json` with `merges.txt` beside it, or a folder with either.
  init(reading path: String) throws(TokenizerError) {
    let kind = FileReading.kind(path)
    guard kind.exists else { throw TokenizerError(path, "does not exist") }
    let names = ["tokenizer.json", "vocab.json"].map { path + "/" + $0 }
    let file = kind.isFolder ? names.first { FileReading.kind($0).exists } : path
    guard let file else {
      throw TokenizerError(path, "has neither tokenizer.json nor vocab.json with merges.txt")
    }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let root = try FileReading.object(file)
    let beside = folder + "tokenizer_config.json"
    let configuration =
      FileReading.kind(beside).exists ? try FileReading.object(beside) : JSONObject()
    // A vocabulary may have a token of any name, with a number.
    if root["model"]?.object != nil || root["added_tokens"]?.array != nil {
      self = try TokenizerFile(path: file, root: root).definition()
    } else {
      self = try VocabularyFiles(
        path: file, merges: folder + "merges.txt", configuration: configuration
      ).definition(vocabulary: root)
    }
    let end = configuration["eos_token"]
    self.end = end?.string ?? end?.object?["content"]?.string
  }
}
