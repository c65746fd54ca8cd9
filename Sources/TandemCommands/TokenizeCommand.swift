internal import ArgumentParser
internal import Foundation
internal import TandemTokenizer

/// Turns text into token ids, or back.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Turn text into token ids as Hugging Face tokenizers does, or back.",
    discussion: """
      Reads byte-level BPE and WordLevel from a tokenizer.json, and BPE from vocab.json with \
      merges.txt. What a file asks for beyond that is an error that names it.

        tandem tokenize --tokenizer DIR 'Natalia sold 48 clips.'
        tandem tokenize --tokenizer DIR --json notes.txt
        cat notes.txt | tandem tokenize --tokenizer DIR --count
        tandem tokenize --tokenizer DIR --lines notes.txt
        tandem tokenize --tokenizer DIR --decode '40 2776 13'
        tandem tokenize --tokenizer DIR --chat qwen2.5 'What is 6 times 7?'

      Ids go to standard output with blanks between them, one line an input. An argument that \
      names a file is read; a single one that names none is the text itself. Without one, \
      standard input is read. Input is held in memory.
      """)

  @Option(
    help: ArgumentHelp(
      "A folder with tokenizer.json, or with vocab.json and merges.txt, or one of these files.",
      valueName: "dir|file"))
  var tokenizer: String

  @Argument(help: ArgumentHelp("Files, or one text.", valueName: "text|file"))
  var inputs: [String] = []

  @Flag(help: "The input is ids, apart by blanks or commas; print their text.")
  var decode = false

  @Flag(help: "Print the number of tokens alone.")
  var count = false

  @Flag(help: "Print one JSON object an input: count, ids, tokens; with --decode: count, text.")
  var json = false

  @Flag(help: "Every line is an input of its own, without its line end.")
  var lines = false

  @Flag(help: "Add what the file's template adds, such as a token at the beginning.")
  var special = false

  @Flag(help: "Take special tokens that are spelled out in the text as plain text.")
  var literal = false

  @Flag(help: "With --decode: leave special tokens out.")
  var skipSpecial = false

  @Option(
    help: ArgumentHelp(
      "Put every input into a conversation as the question, up to where the answer begins.",
      valueName: "format"))
  var chat: ChatFormatName?

  @Option(help: "How many threads work at once.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    guard !decode || !(special || literal || chat != nil) else {
      throw ValidationError("--decode goes without --special, --literal and --chat.")
    }
    guard decode || !skipSpecial else { throw ValidationError("--skip-special needs --decode.") }
  }

  func run() throws {
    let texts = try TokenizeInput.read(inputs, byLine: lines)
    let work = TokenizeWork(
      tokenizer: try Tokenizer(file: tokenizer), decode: decode, count: count, json: json,
      special: special, literal: literal, skipSpecial: skipSpecial, chat: chat?.format)
    var output = StandardOutput()
    try work.run(texts, threads: threads) { text throws(StandardOutput.Closed) in
      try output.write(text)
    }
    try output.flush()
  }
}

/// The name of a chat format, as an option's value.
struct ChatFormatName: ExpressibleByArgument {
  let format: ChatFormat

  init?(argument: String) {
    guard let format = ChatFormat(name: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { ChatFormat.named.map(\.name) }
}
