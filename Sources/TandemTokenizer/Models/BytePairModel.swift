/// Byte-level byte-pair encoding of one piece at a time.
struct BytePairModel: Sendable {
  /// The token of every byte; below 0 where the vocabulary has none.
  var bytes: [Int32]
  /// The merges.
  var merges: MergeTable
  /// Whether a piece that is itself a token is taken as it is.
  var takesWholePieces: Bool
  /// What stands for a byte without a token; such a byte is dropped when there is none.
  var unknown: Int32?

  /// Appends the tokens of the piece `start..<end`.
  func append(
    _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int, vocabulary: TokenTable,
    workspace: inout Workspace, to ids: inout [Int32]
  ) {
    guard let key = PieceCache.Key(text, start, end) else {
      return encode(text, start, end, vocabulary: vocabulary, workspace: &workspace, to: &ids)
    }
    if workspace.cache.append(key, to: &ids) { return }
    let known = ids.count
    encode(text, start, end, vocabulary: vocabulary, workspace: &workspace, to: &ids)
    workspace.cache.keep(key, ids[known...])
  }

  private func encode(
    _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int, vocabulary: TokenTable,
    workspace: inout Workspace, to ids: inout [Int32]
  ) {
    if takesWholePieces {
      workspace.spelling.removeAll(keepingCapacity: true)
      for index in start..<end {
        workspace.spelling.append(contentsOf: ByteAlphabet.spellings[Int(text[index])])
      }
      if let id = vocabulary.id(of: workspace.spelling) { return ids.append(id) }
    }
    workspace.merger.symbols.removeAll(keepingCapacity: true)
    for index in start..<end {
      let id = bytes[Int(text[index])]
      if id >= 0 {
        workspace.merger.symbols.append(id)
      } else if let unknown {
        workspace.merger.symbols.append(unknown)
      }
    }
    workspace.merger.run(merges)
    ids.append(contentsOf: workspace.merger.symbols)
  }
}
