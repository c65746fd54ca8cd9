/// The bytes that every id stands for, and which ids are markup.
struct DecodingTable: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  private var isSpecial: [Bool]
  private var isKnown: [Bool]
  /// What is put between tokens.
  let separator: [UInt8]

  init(_ definition: TokenizerDefinition) {
    let vocabulary = definition.vocabulary
    isSpecial = Array(repeating: false, count: vocabulary.count)
    isKnown = isSpecial
    for token in definition.added where token.isSpecial { isSpecial[Int(token.id)] = true }
    for id in 0..<vocabulary.count {
      if let text = vocabulary[id] {
        isKnown[id] = true
        switch definition.decoder {
        case .words: bytes.append(contentsOf: text)
        case .byteLevel:
          let spelling = String(decoding: text, as: UTF8.self)
          bytes.append(contentsOf: ByteAlphabet.bytes(spelledBy: spelling))
        }
      }
      starts.append(bytes.count)
    }
    switch definition.decoder {
    case .words: separator = [0x20]
    case .byteLevel: separator = []
    }
  }

  /// Appends the bytes of an id; nothing for one without a token, or for markup that is to be skipped.
  ///
  /// - Returns: whether the id counts as a token.
  func append(_ id: Int32, skipSpecial: Bool, isFirst: Bool, to output: inout [UInt8]) -> Bool {
    let index = Int(id)
    guard isKnown.indices.contains(index), isKnown[index], !(skipSpecial && isSpecial[index])
    else { return false }
    if !isFirst { output.append(contentsOf: separator) }
    output.append(contentsOf: bytes[starts[index]..<starts[index + 1]])
    return true
  }
}
