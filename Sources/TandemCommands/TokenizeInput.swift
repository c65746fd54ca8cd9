internal import Foundation
internal import TandemTokenizer

/// One text to tokenize, or one list of ids.
struct TokenizeInput: Sendable {
  /// The file that it comes from; nil for an argument or standard input.
  var file: String?
  var text: String

  /// Reads the arguments of the command.
  ///
  /// - Throws: ``TokenizerError`` when a file cannot be read or is not UTF-8.
  static func read(_ arguments: [String], byLine: Bool) throws -> [TokenizeInput] {
    var inputs: [TokenizeInput] = []
    for argument in arguments.isEmpty ? ["-"] : arguments {
      let isFile = argument == "-" || FileManager.default.fileExists(atPath: argument)
      guard isFile || arguments.count == 1 else {
        throw TokenizerError(argument, "no such file; of several arguments every one is a file")
      }
      let path = argument == "-" ? "/dev/stdin" : argument
      let name = argument == "-" ? nil : argument
      let text = isFile ? try content(path) : argument
      if byLine {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        inputs += lines.map { line in
          let line = line.last == 0x0D ? line.dropLast() : line
          return TokenizeInput(file: isFile ? name : nil, text: String(Substring(line)))
        }
      } else {
        inputs.append(TokenizeInput(file: isFile ? name : nil, text: text))
      }
    }
    return inputs
  }

  private static func content(_ path: String) throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw TokenizerError(path, "cannot be read")
    }
    let data: Data
    do { data = try file.readToEnd() ?? Data() } catch {
      throw TokenizerError(path, "cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw TokenizerError(path, "is not UTF-8")
    }
    return text
  }
}
