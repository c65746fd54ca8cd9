internal import Foundation

/// A `tokenizer.json` with one token a byte, `ab` merged, and the markup of ChatML.
package enum ByteTokenizer {
  /// The file without a token at the beginning.
  package static let json = json(beginning: nil)

  /// The file.
  ///
  /// - Parameter beginning: the special token that its template puts in front of a text
  package static func json(beginning: String?) -> String {
    var vocabulary: [String: Int] = [:]
    for byte in 0..<256 { vocabulary[letter(UInt8(byte))] = byte }
    vocabulary["ab"] = 256
    let special = ["<|im_start|>", "<|im_end|>"]
    var root: [String: Any] = [
      "model": ["type": "BPE", "vocab": vocabulary, "merges": ["a b"]],
      "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false],
      "decoder": ["type": "ByteLevel"],
      "added_tokens": special.enumerated().map { index, text in
        ["id": 257 + index, "content": text, "special": true, "normalized": false] as [String: Any]
      },
    ]
    if let beginning, let index = special.firstIndex(of: beginning) {
      let token: [String: Any] = ["id": beginning, "ids": [257 + index], "tokens": [beginning]]
      root["post_processor"] = [
        "type": "TemplateProcessing", "pair": [],
        "single": [
          ["SpecialToken": ["id": beginning, "type_id": 0]],
          ["Sequence": ["id": "A", "type_id": 0]],
        ],
        "special_tokens": [beginning: token],
      ]
    }
    let data = try? JSONSerialization.data(withJSONObject: root, options: .sortedKeys)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// The letter by which byte-level vocabularies spell a byte: printable ones are themselves, others are moved
  /// behind U+0100 in their order.
  private static func letter(_ byte: UInt8) -> String {
    func isPrintable(_ byte: UInt8) -> Bool {
      (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
    }
    let moved = (0..<byte).count { !isPrintable($0) }
    let scalar = UnicodeScalar(isPrintable(byte) ? UInt32(byte) : 256 + UInt32(moved))
    return scalar.map(String.init) ?? ""
  }
}
