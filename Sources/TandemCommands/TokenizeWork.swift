internal import TandemJSON
internal import TandemStages
internal import TandemTokenizer

/// What `tandem tokenize` does with every input.
struct TokenizeWork: Sendable {
  var tokenizer: Tokenizer
  var decode: Bool
  var count: Bool
  var json: Bool
  var special: Bool
  var literal: Bool
  var skipSpecial: Bool
  var chat: ChatFormat?

  /// Hands the output of every input to `emit`, in order; blocks of inputs are worked on at once.
  func run(
    _ inputs: [TokenizeInput], threads: Int, emit: (String) throws -> Void
  ) throws {
    let block = 256
    let starts = Array(stride(from: 0, to: inputs.count, by: block))
    let wave = threads * 8
    for first in stride(from: 0, to: starts.count, by: wave) {
      let outputs = try Parallel.map(
        Array(starts[first..<min(first + wave, starts.count)]), threads: threads
      ) { start in
        try inputs[start..<min(start + block, inputs.count)].map(output).joined()
      }
      for output in outputs { try emit(output) }
    }
  }

  private func output(_ input: TokenizeInput) throws -> String {
    decode ? try decoded(input) : encoded(input)
  }

  private func encoded(_ input: TokenizeInput) -> String {
    let text = chat?.text([ChatMessage(.user, input.text)]) ?? input.text
    let ids = tokenizer.encode(text, addSpecialTokens: special, parseSpecial: !literal)
    if json {
      return object(input, ids.count) { writer in
        if count { return }
        writer.member("ids", ids)
        writer.member("tokens", .array(ids.map { .string(tokenizer.decode([$0])) }))
      }
    }
    if count { return "\(ids.count)\n" }
    return ids.map(String.init).joined(separator: " ") + "\n"
  }

  private func decoded(_ input: TokenizeInput) throws -> String {
    let ids = try TokenIDs.parse(input.text, file: input.file ?? "", option: "--decode")
    let text = tokenizer.decode(ids, skipSpecialTokens: skipSpecial)
    if json {
      return object(input, ids.count) { writer in
        if !count { writer.member("text", text) }
      }
    }
    return count ? "\(ids.count)\n" : text + "\n"
  }

  private func object(
    _ input: TokenizeInput, _ count: Int, _ body: (inout JSONWriter) -> Void
  ) -> String {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    writer.member("file", optional: input.file)
    writer.member("count", count)
    body(&writer)
    writer.endObject()
    writer.newline()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
