internal import Foundation
internal import TandemJSON
internal import TandemLM
internal import TandemTokenizer

/// The rows that `tandem score` reads.
struct ScoreRows {
  /// What is scored of a row.
  private enum Content {
    case ids([Int32])
    case text(prompt: String, completion: String)
  }

  private let path: String
  private var rows: [(number: Int, id: JSONValue, content: Content)] = []

  /// Reads all rows of a file.
  ///
  /// - Throws: ``ModelError`` naming file, row and member.
  init(path: String) throws {
    self.path = path == "-" ? "standard input" : path
    let file = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let data = try? file?.readToEnd() ?? Data() else {
      throw ModelError(path, "cannot be read")
    }
    for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      rows.append(try row(Array(line), number: index + 1))
    }
  }

  /// Whether a row is given as text.
  var needsText: Bool {
    rows.contains { row in
      if case .text = row.content { true } else { false }
    }
  }

  /// Room for the longest row; a token has at least one byte.
  func cacheBytes(_ configuration: ModelConfiguration) -> Int {
    let longest =
      rows.map { row in
        switch row.content {
        case .ids(let ids): ids.count
        case .text(let prompt, let completion): prompt.utf8.count + completion.utf8.count + 16
        }
      }.max() ?? 0
    let positions = min(longest, configuration.maximumPositions) + 64
    return min(configuration.cacheBytesPerToken * positions * 5 / 4 + (1 << 20), 4 << 30)
  }

  /// Scores every row and writes a row for it.
  func score(
    with scorer: inout Scorer, tokenizer: Tokenizer?, special: Bool, output: inout StandardOutput
  ) throws {
    for row in rows {
      let logprobs: [Float]
      do {
        switch row.content {
        case .ids(let ids): logprobs = try scorer.score(ids)
        case .text(let prompt, let completion):
          let before = tokenizer?.encode(prompt, addSpecialTokens: special) ?? []
          guard !before.isEmpty else {
            throw ModelError(
              "", "`prompt` is empty, so that the completion's first token has no probability")
          }
          let ids = before + (tokenizer?.encode(completion) ?? [])
          logprobs = try scorer.score(ids, from: before.count)
        }
        guard logprobs.allSatisfy(\.isFinite) else {
          throw ModelError("", "the model's logits are not finite numbers")
        }
      } catch let error as ModelError where error.file.isEmpty {
        throw fault(row.number, error.message)
      }
      try output.line(Self.object(row.id, logprobs))
    }
    try output.flush()
  }

  private func row(_ bytes: [UInt8], number: Int) throws -> (Int, JSONValue, Content) {
    let object: JSONObject
    do {
      guard let value = try JSONValue(parsing: bytes).object else {
        throw JSONError("not an object")
      }
      object = value
    } catch { throw fault(number, "malformed JSON: \(error)") }
    guard let id = object["id"], id != .null else { throw fault(number, "`id` is missing") }
    if let values = object["token_ids"] {
      let ids = (values.array ?? []).compactMap { $0.int.flatMap(Int32.init(exactly:)) }
      guard ids.count == values.array?.count, !ids.isEmpty else {
        throw fault(
          number, "`token_ids` is not a list of whole numbers of 32 bits with at least one")
      }
      return (number, id, .ids(ids))
    }
    guard let prompt = object["prompt"]?.string, let completion = object["completion"]?.string
    else {
      throw fault(number, "has neither `token_ids` nor the texts `prompt` and `completion`")
    }
    return (number, id, .text(prompt: prompt, completion: completion))
  }

  private func fault(_ row: Int, _ message: String) -> ModelError {
    ModelError(path, "row \(row): \(message)")
  }

  private static func object(_ id: JSONValue, _ logprobs: [Float]) -> String {
    // Six decimals are more than 32-bit arithmetic gives.
    let values = logprobs.map { JSONValue.number((Double($0) * 1e6).rounded() / 1e6) }
    return JSONValue.object(
      JSONObject([.init(key: "id", value: id), .init(key: "logprobs", value: .array(values))])
    ).json
  }
}
