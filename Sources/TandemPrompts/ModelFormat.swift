internal import Foundation
package import TandemRecords
package import TandemTokenizer

/// How one model is written to: its tokenizer, its chat format, and the wording of what it is asked.
///
/// Sampling and packing both use it, so that a prompt has the same tokens in both.
package struct ModelFormat: Sendable {
  /// Turns what is asked into the model's tokens.
  package let writer: PromptWriter
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
    writer = try PromptWriter(path, format: format)
    let end = writer.chat?.endOfTurn
    guard let stop = writer.stopID else {
      throw TokenizerError(
        path,
        "has no token \(end.map { "`\($0)` " } ?? "")that ends an answer; "
          + "name it as eos_token in tokenizer_config.json or give the model's chat format")
    }
    self.cold = cold
    self.hinted = hinted
    stopID = stop
    let sample = writer.chat?.text([ChatMessage(.user, "?")]) ?? ""
    fingerprint = try Self.fingerprint(path, [sample, cold.text, hinted.text])
  }

  package var tokenizer: Tokenizer { writer.tokenizer }
  /// Nil where the text is the prompt.
  package var chat: ChatFormat? { writer.chat }

  /// The prompt for a problem.
  ///
  /// - Parameter hint: what the model is told; nil or empty to ask without.
  package func prompt(of problem: Problem, hint: String? = nil) -> PromptWriter.Prompt {
    let hint = hint ?? ""
    return writer.prompt(of: (hint.isEmpty ? cold : hinted).text(for: problem, hint: hint))
  }

  /// The ids of what a model wrote; markup that it spells out stays text.
  ///
  /// - Parameter stopped: whether the model ended it, so that the stop token follows.
  package func ids(ofCompletion text: String, stopped: Bool) -> [Int32] {
    tokenizer.encode(text, parseSpecial: false) + (stopped ? [stopID] : [])
  }

  /// Whether a token is markup, such as one that ends an answer.
  package func isMarkup(_ id: Int32) -> Bool {
    id == stopID || tokenizer.specialTokens[id] != nil
  }
}

// MARK: - Files

extension ModelFormat {
  private static let files = [
    "tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json", "chat_template.json",
    "chat_template.jinja",
  ]

  /// SHA-256 over the files that decide tokens, and over the options.
  private static func fingerprint(_ path: String, _ options: [String]) throws(TokenizerError)
    -> String
  {
    let folder = PromptWriter.folder(of: path)
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
