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

  /// The digest of the files that make a tokenizer, wherever they are; other files beside them do not count.
  private static func digest(of path: String) throws -> String {
    var files = ["tokenizer.json", "vocab.json"].map { "\(path)/\($0)" }
    var folder = path
    if !Folder.isFolder(path) {
      files = [path]
      folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
    files += ["tokenizer_config.json", "merges.txt"].map { "\(folder)/\($0)" }
    let digests = try files.map { file in
      Folder.exists(file) ? try InputFile(file).sha256() : "-"
    }
    return SHA256.hex(of: digests.joined(separator: " ").utf8)
  }
}
