internal import ArgumentParser
internal import TandemMethod
internal import TandemRecords
internal import TandemShards
internal import TandemStages
internal import TandemTokenizer

/// The tokenizers of the students.
struct TokenizerOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The students' tokenizer, or that of one student; can be given several times.",
      discussion:
        "A folder with tokenizer.json, or with vocab.json and merges.txt. Without it tokens are estimated.",
      valueName: "dir|name=dir"))
  var tokenizer: [String] = []

  func validate() throws {
    let names = tokenizer.map { Self.parts($0).name }
    guard Set(names).count == names.count else {
      throw ValidationError("--tokenizer is given twice for the same students.")
    }
  }

  /// Reads the tokenizers.
  ///
  /// - Throws: `TokenizerError` naming the file that is missing or not supported.
  func counters() throws -> StudentTokenizers {
    var named: [String: StudentTokenizers.Entry] = [:]
    var common: StudentTokenizers.Entry?
    for argument in tokenizer {
      let (name, path) = Self.parts(argument)
      let tokenizer = try Tokenizer(file: path)
      let entry = StudentTokenizers.Entry(
        digest: try Self.digest(of: path), counter: TokenCounter { tokenizer.count($0) })
      if let name { named[name] = entry } else { common = entry }
    }
    return StudentTokenizers(named: named, common: common)
  }

  private static func parts(_ argument: String) -> (name: String?, path: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
      return (nil, argument)
    }
    return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
  }

  private static let files = [
    "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt",
  ]

  /// The digest of the files that make a tokenizer, wherever they are; other files beside them do not count.
  private static func digest(of path: String) throws -> String {
    let folder =
      Folder.isFolder(path) ? path : path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var lines = ""
    for name in files where Folder.exists("\(folder)/\(name)") {
      lines += "\(try InputFile("\(folder)/\(name)").sha256()) \(name)\n"
    }
    return SHA256.hex(of: lines.utf8)
  }
}
