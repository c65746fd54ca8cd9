internal import Foundation
internal import TandemJSON
package import TandemRecords
package import TandemTokenizer

/// How one model is written to: its tokenizer, its chat format, and the wording of what it is asked.
///
/// Sampling and packing both use it, so that a prompt has the same tokens in both.
package struct ModelFormat: Sendable {
  package let tokenizer: Tokenizer
  /// Nil where the text is the prompt.
  package let chat: ChatFormat?
  /// What is asked without a hint.
  package let cold: PromptTemplate
  /// What is asked with a hint.
  package let hinted: PromptTemplate
  /// The token that ends what the model writes.
  package let stopID: Int32
  /// Digest of all of these.
  package let fingerprint: String

  /// A prompt as text and as tokens.
  package struct Prompt: Hashable, Sendable {
    package var text: String
    package var ids: [Int32]
  }

  /// Reads a tokenizer's folder.
  ///
  /// - Parameter path: a folder with `tokenizer.json`, or with `vocab.json` and `merges.txt`, or one of these files
  /// - Throws: `TokenizerError` that names what is missing, malformed or not supported.
  package init(
    _ path: String, format: PromptFormat = .automatic, cold: PromptTemplate = .cold,
    hinted: PromptTemplate = .hinted
  ) throws(TokenizerError) {
    let tokenizer = try Tokenizer(file: path)
    let chat: ChatFormat? =
      switch format {
      case .automatic: try ChatFormat(folder: Self.folder(of: path)) ?? .plainLines
      case .text: nil
      case .chat(let format): format
      }
    let end = chat?.endOfTurn
    guard let stop = end.map({ tokenizer.id(of: $0) }) ?? tokenizer.eosID else {
      throw TokenizerError(
        path,
        "has no token \(end.map { "`\($0)` " } ?? "")that ends an answer; "
          + "name it as eos_token in tokenizer_config.json or give the model's chat format")
    }
    self.tokenizer = tokenizer
    self.chat = chat
    self.cold = cold
    self.hinted = hinted
    stopID = stop
    let sample = chat?.text([ChatMessage(.user, "?")]) ?? ""
    fingerprint = try Self.fingerprint(path, [sample, cold.text, hinted.text])
  }

  /// The prompt for a problem.
  ///
  /// - Parameter hint: what the model is told; nil or empty to ask without.
  package func prompt(of problem: Problem, hint: String? = nil) -> Prompt {
    let hint = hint ?? ""
    return prompt(of: (hint.isEmpty ? cold : hinted).text(for: problem, hint: hint))
  }

  /// The prompt in which the user says a text.
  package func prompt(of text: String) -> Prompt {
    guard let chat else { return Prompt(text: text, ids: beginning(tokenizer.encode(text))) }
    let text = chat.text([ChatMessage(.user, text)])
    // Plain formats have no markup: what looks like it is text.
    let isPlain = if case .plain = chat { true } else { false }
    return Prompt(
      text: text, ids: beginning(tokenizer.encode(text, parseSpecial: !isPlain)))
  }

  /// The ids of a prompt as it is stored: a text with its markup spelled out, or a conversation in JSON.
  package func ids(ofPrompt text: String) -> [Int32] {
    guard let messages = Self.messages(in: text) else { return beginning(tokenizer.encode(text)) }
    return beginning(tokenizer.encode((chat ?? .plainLines).text(messages)))
  }

  /// The ids behind what the tokenizer's template puts in front, where they do not begin with it already.
  private func beginning(_ ids: [Int32]) -> [Int32] {
    ids.starts(with: tokenizer.beginning) ? ids : tokenizer.beginning + ids
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

  /// The turns of a conversation as `[{"role": ..., "content": ...}, ...]`; nil for any other text.
  private static func messages(in text: String) -> [ChatMessage]? {
    guard text.utf8.first == UInt8(ascii: "["),
      let turns = (try? JSONValue(parsing: Array(text.utf8)))?.array
    else { return nil }
    let messages = turns.compactMap { turn -> ChatMessage? in
      guard let role = turn.object?["role"]?.string.flatMap(ChatMessage.Role.init(rawValue:)),
        let content = turn.object?["content"]?.string
      else { return nil }
      return ChatMessage(role, content)
    }
    return messages.isEmpty || messages.count < turns.count ? nil : messages
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
