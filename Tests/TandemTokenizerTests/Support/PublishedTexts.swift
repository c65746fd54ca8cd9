import Foundation
import TandemJSON
import TandemTestSupport

@testable import TandemTokenizer

/// The published tokenizers, read once.
enum PublishedTokenizers {
  static let folder = SharedData.path + "/data/tokenizers"
  static let qwen2 = Result { try Tokenizer(file: folder + "/qwen2/tokenizer.json") }
  static let qwen3 = Result { try Tokenizer(folder: folder + "/qwen3") }
  static let files = Result { try Tokenizer(file: folder + "/qwen2/vocab.json") }
  static let fixtures = SharedData.path + "/fixtures/engine"
}

/// Every text of the published data.
enum PublishedTexts {
  static let all = Result { try read() }

  private static func read() throws -> [String] {
    let data = SharedData.path + "/data"
    var texts: [String] = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: data).sorted() {
      let bytes = { [UInt8](try Data(contentsOf: URL(fileURLWithPath: data + "/" + file))) }
      if file.hasSuffix(".jsonl") {
        for line in try bytes().split(separator: 0x0A) {
          collect(try JSONValue(parsing: Array(line)), into: &texts)
        }
      } else if file.hasSuffix(".json"), !file.hasPrefix("tokenizers") {
        collect(try JSONValue(parsing: bytes()), into: &texts)
      } else if file.hasSuffix(".csv") {
        let text = String(decoding: try bytes(), as: UTF8.self)
        texts.append(text)
        texts += text.split(separator: "\"").map(String.init)
      } else if file.hasSuffix(".tar.gz") {
        let folder = try WorkFolder()
        _ = try Shell.output("tar", "-xzf", data + "/" + file, "-C", folder.path)
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        where name.hasSuffix(".json") {
          let content = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
          collect(try JSONValue(parsing: [UInt8](content)), into: &texts)
        }
      }
    }
    return texts
  }

  private static func collect(_ value: JSONValue, into texts: inout [String]) {
    switch value {
    case .string(let text): texts.append(text)
    case .array(let values): for value in values { collect(value, into: &texts) }
    case .object(let object): for member in object.members { collect(member.value, into: &texts) }
    default: break
    }
  }
}
