internal import TandemJSON

extension ChatFormat {
  /// The format that a model's folder asks for; nil where it has no chat template.
  ///
  /// Templates are programs; they are not run but recognised by their markup.
  ///
  /// - Throws: ``TokenizerError`` when there is a template that is none of the known ones.
  package init?(folder: String) throws(TokenizerError) {
    guard let (file, template) = try Self.template(in: folder) else { return nil }
    guard let format = ChatFormat(template: template) else {
      let names = Self.named.map(\.name).joined(separator: ", ")
      throw TokenizerError(file, "has a chat template of no known family; name one: \(names)")
    }
    self = format
  }

  /// The format of a template's source; nil when it is none of the known ones.
  init?(template: String) {
    if template.contains("<|start_header_id|>") {
      // Later ones put the date in front.
      guard !template.contains("Cutting Knowledge Date") else { return nil }
      self = .llama3
    } else if template.contains("<|im_start|>") {
      if template.contains("enable_thinking") {
        self = .qwen3(thinking: true)
      } else if template.contains("<think>") {
        return nil
      } else {
        self = .chatML(defaultSystem: Self.defaultSystem(in: template))
      }
    } else {
      return nil
    }
  }

  private static func template(in folder: String) throws(TokenizerError) -> (
    file: String, text: String
  )? {
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

  /// The system message that a template spells out whole, for conversations without one.
  private static func defaultSystem(in template: String) -> String? {
    let start = "<|im_start|>system"
    for piece in pieces(of: template, separator: start).dropFirst() {
      let breaks = ["\n", "\\n"].filter { piece.hasPrefix($0) }
      let ends = pieces(of: piece, separator: "<|im_end|>")
      guard let lineBreak = breaks.first, ends.count > 1, let text = ends.first,
        !text.contains("'"), !text.contains("\"")
      else { continue }
      return unescaped(String(text.dropFirst(lineBreak.count)))
    }
    return nil
  }

  /// A string literal's content.
  private static func unescaped(_ text: String) -> String {
    pieces(of: text, separator: "\\\\")
      .map { pieces(of: $0, separator: "\\n").joined(separator: "\n") }.joined(separator: "\\")
  }
}
