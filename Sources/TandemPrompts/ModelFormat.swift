internal import Foundation
internal import TandemJSON
package import TandemRecords
package import TandemTokenizer

/// How one model is written to: its tokenizer, its chat format, and the wording of what it is asked.
///
/// Sampling and packing both use it, so that a prompt has the same tokens in both.
package struct ModelFormat: Sendable {
  package let tokenizer: Tokenizer
  package let chat: ChatFormat
  package let template: PromptTemplate
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
  /// - Parameters:
  ///   - path: a folder with `tokenizer.json`, or with `vocab.json` and `merges.txt`, or one of these files
  ///   - chat: the chat format; nil for that of the folder's template, plain text where it has none
  /// - Throws: `TokenizerError` that names what is missing, malformed or not supported.
  package init(_ path: String, chat: ChatFormat? = nil, template: PromptTemplate = .standard)
    throws(TokenizerError)
  {
    let tokenizer = try Tokenizer(file: path)
    let known = if let chat { chat } else { try ChatFormat(folder: Self.folder(of: path)) }
    let chat = known ?? .plainLines
    let stop = chat.endOfTurn.map { tokenizer.id(of: $0) } ?? tokenizer.eosID
    guard let stop else {
      throw TokenizerError(
        path,
        "has no token \(chat.endOfTurn.map { "`\($0)` " } ?? "")that ends an answer; "
          + "name it as eos_token in tokenizer_config.json or give the model's chat format")
    }
    self.tokenizer = tokenizer
    self.chat = chat
    self.template = template
    stopID = stop
    let options = [chat.text([ChatMessage(.user, "?")]), template.cold, template.hinted]
    fingerprint = try Self.fingerprint(path, options)
  }

  /// The prompt for a problem.
  ///
  /// - Parameter hint: what the model is told; nil or empty to ask without.
  package func prompt(of problem: Problem, hint: String? = nil) -> Prompt {
    let text = chat.text([ChatMessage(.user, template.text(of: problem, hint: hint))])
    return Prompt(text: text, ids: ids(ofPrompt: text))
  }

  /// The ids of a prompt as it is stored: a text with its markup spelled out, or a conversation in JSON.
  package func ids(ofPrompt text: String) -> [Int32] {
    let ids = tokenizer.encode(Self.messages(in: text).map { chat.text($0) } ?? text)
    // Some formats, and texts that were stored, spell it out.
    return ids.starts(with: tokenizer.beginning) ? ids : tokenizer.beginning + ids
  }

  /// The ids of what a model wrote; markup that it spells out stays text.
  ///
  /// - Parameter stopped: whether the model ended it, so that the stop token follows.
  package func ids(ofCompletion text: String, stopped: Bool) -> [Int32] {
    tokenizer.encode(text, parseSpecial: false) + (stopped ? [stopID] : [])
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
