internal import Foundation
package import TandemRecords
package import TandemTokenizer

/// How one model is written to: its tokenizer, its chat format, and the wording of what it is asked.
package struct ModelFormat: Sendable {
  /// The tokenizer with the chat format.
  package let prompts: PromptEncoder
  /// What is asked without a hint.
  package let cold: PromptTemplate
  /// What is asked with a hint.
  package let hinted: PromptTemplate
  /// The token that ends what the model writes.
  package let stopID: Int32
  /// Digest of all of these.
  package let fingerprint: String

  /// Reads a tokenizer's folder.
  ///
  /// - Parameter path: a folder with `tokenizer.json`, or with `vocab.json` and `merges.txt`, or one of these files
  /// - Throws: `TokenizerError` that names what is missing, malformed or not supported.
  package init(
    _ path: String, format: PromptFormat = .automatic, cold: PromptTemplate = .cold,
    hinted: PromptTemplate = .hinted
  ) throws(TokenizerError) {
    let tokenizer = try Tokenizer(file: path)
    let prompts = try PromptEncoder(tokenizer, folder: Self.folder(of: path), format: format)
    let end = prompts.chat?.endOfTurn
    guard let stop = prompts.stopID else {
      throw TokenizerError(
        path,
        "has no token \(end.map { "`\($0)` " } ?? "")that ends an answer; "
          + "name it as eos_token in tokenizer_config.json or give the model's chat format")
    }
    self.prompts = prompts
    self.cold = cold
    self.hinted = hinted
    stopID = stop
    let sample = prompts.chat?.text([ChatMessage(.user, "?")]) ?? ""
    fingerprint = try Self.fingerprint(path, [sample, cold.text, hinted.text])
  }

  /// The prompt for a problem.
  ///
  /// - Parameter hint: what the model is told; nil or empty to ask without.
  package func prompt(of problem: Problem, hint: String? = nil) -> PromptEncoder.Prompt {
    let hint = hint ?? ""
    return prompts.prompt(of: (hint.isEmpty ? cold : hinted).text(for: problem, hint: hint))
  }

  /// The ids of a prompt as it is stored: a text with its markup spelled out, or a conversation in JSON.
  package func ids(ofPrompt text: String) -> [Int32] {
    prompts.ids(ofPrompt: text)
  }

  /// The ids of what a model wrote; markup that it spells out stays text.
  ///
  /// Behind a prompt that ends in the middle of a line the first word has its blank, as in what is sampled there.
  ///
  /// - Parameters:
  ///   - prompt: the prompt as it is stored; nil for ours
  ///   - stopped: whether the model ended it, so that the stop token follows
  package func ids(ofCompletion text: String, behind prompt: String? = nil, stopped: Bool)
    -> [Int32]
  {
    let lead = prompt.map(prompts.text(ofPrompt:)) ?? prompts.chat?.generationPrompt ?? cold.text
    let isInLine = lead.last.map { !$0.isWhitespace } ?? false
    let needsBlank = isInLine && text.first.map { !$0.isWhitespace } ?? false
    let ids = prompts.tokenizer.encode((needsBlank ? " " : "") + text, parseSpecial: false)
    return ids + (stopped ? [stopID] : [])
  }

  /// Whether a token is markup, such as one that ends an answer.
  package func isMarkup(_ id: Int32) -> Bool {
    id == stopID || prompts.tokenizer.specialTokens[id] != nil
  }
}

// MARK: - Files

extension ModelFormat {
  /// The folder that a path names, or the one that its file lies in.
  private static func folder(of path: String) -> String {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue { return path }
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static let files = [
    "tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json", "chat_template.json",
    "chat_template.jinja",
  ]

  /// SHA-256 over the files that decide tokens, and over the options.
  private static func fingerprint(_ path: String, _ options: [String]) throws(TokenizerError)
    -> String
  {
    let folder = folder(of: path)
    var parts: [String] = []
    for name in files {
      let file = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: file) else { continue }
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
        throw TokenizerError(file, "cannot be read")
      }
      parts += [name, SHA256.hex(of: data)]
    }
    return SHA256.hex(of: (parts + options).joined(separator: "\n").utf8)
  }
}
