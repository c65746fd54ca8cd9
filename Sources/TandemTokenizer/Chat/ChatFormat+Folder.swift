internal import TandemJSON

extension ChatFormat {
  /// System messages that known templates put first, the longer before those that they contain.
  private static let defaultSystems = [
    "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.",
    "Please reason step by step, and put your final answer within \\boxed{}.",
    "You are a helpful assistant.",
  ]

  /// The format whose marks the chat template of a model's folder has; nil when the folder has no template.
  ///
  /// Templates are programs and are not run: what else one may do, such as tools or dates, is left out.
  ///
  /// - Throws: ``TokenizerError`` when a file is malformed, or the template is of no known kind.
  package init?(folder: String) throws(TokenizerError) {
    guard let (file, template) = try Self.template(folder) else { return nil }
    if template.contains("<|im_start|>") {
      if template.contains("<think>") {
        self = .qwen3(thinking: true)
      } else {
        // A template spells a backslash twice inside a string.
        let text = template.split(separator: "\\\\", omittingEmptySubsequences: false)
          .joined(separator: "\\")
        self = .chatML(defaultSystem: Self.defaultSystems.first { text.contains($0) })
      }
    } else if template.contains("<|start_header_id|>") {
      self = .llama3
    } else {
      throw TokenizerError(file, "has a chat template of no known kind; name a format instead")
    }
  }

  /// The template with the file it stands in.
  private static func template(_ folder: String) throws(TokenizerError) -> (String, String)? {
    let apart = folder + "/chat_template.jinja"
    if FileReading.kind(apart).exists {
      return (apart, String(decoding: try FileReading.bytes(apart), as: UTF8.self))
    }
    let file = folder + "/tokenizer_config.json"
    guard FileReading.kind(file).exists else { return nil }
    switch try FileReading.object(file)["chat_template"] {
    case nil, .null: return nil
    case .string(let template): return (file, template)
    case .array(let named):
      let chosen = named.first { $0.object?["name"]?.string == "default" } ?? named.first
      guard let template = chosen?.object?["template"]?.string else { fallthrough }
      return (file, template)
    default: throw TokenizerError(file, "`chat_template` is neither a text nor a list of them")
    }
  }
}
