internal import TandemJSON

extension ChatFormat {
  /// The format that a model's folder asks for; nil where it has no chat template.
  ///
  /// Templates are programs; the known families are told by their markup, and a default system message by the text
  /// that stands whole between its tags.
  ///
  /// - Throws: ``TokenizerError`` when there is a template of no known family.
  package init?(folder: String) throws(TokenizerError) {
    guard let (path, template) = try Self.template(in: folder) else { return nil }
    if template.contains("<|start_header_id|>") {
      self = .llama3
    } else if template.contains("<|im_start|>") {
      self =
        template.contains("enable_thinking")
        ? .qwen3(thinking: true) : .chatML(defaultSystem: Self.defaultSystem(in: template))
    } else {
      let names = Self.named.map(\.name).joined(separator: ", ")
      throw TokenizerError(path, "has a chat template of no known family; name one: \(names)")
    }
  }

  private static func template(in folder: String) throws(TokenizerError) -> (String, String)? {
    let file = folder + "/chat_template.jinja"
    if FileReading.kind(file).exists {
      return (file, String(decoding: try FileReading.bytes(file), as: UTF8.self))
    }
    for name in ["chat_template.json", "tokenizer_config.json"] {
      let file = folder + "/" + name
      guard FileReading.kind(file).exists,
        let value = try FileReading.object(file)["chat_template"]
      else { continue }
      // Several templates stand as a list, the one for plain conversations under `default`.
      let named = value.array?.first { $0.object?["name"]?.string == "default" }
      if let text = value.string ?? named?.object?["template"]?.string { return (file, text) }
    }
    return nil
  }

  /// The text between the tags of a system message, where the template spells it out.
  private static func defaultSystem(in template: String) -> String? {
    for rest in pieces(of: template, separator: "<|im_start|>system\\n").dropFirst() {
      guard let text = pieces(of: rest, separator: "<|im_end|>").first, text.count < rest.count
      else { continue }
      if !text.isEmpty, !text.contains("'"), !text.contains("\""), !text.contains("{") {
        return text
      }
    }
    return nil
  }
}
