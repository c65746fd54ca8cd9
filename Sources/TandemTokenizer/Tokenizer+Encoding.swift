extension Tokenizer {
  /// The ids of a text.
  ///
  /// - Parameters:
  ///   - addSpecialTokens: whether the file's template is applied, such as a token at the beginning.
  ///   - parseSpecial: whether special tokens that are spelled out in the text are taken as such; without, they
  ///     are text like any other. Added tokens that are not special are always taken.
  package func encode(
    _ text: String, addSpecialTokens: Bool = false, parseSpecial: Bool = true
  ) -> [Int32] {
    var ids: [Int32] = []
    ids.reserveCapacity(text.utf8.count / 3 + prefix.count + suffix.count + 4)
    if addSpecialTokens { ids += prefix }
    var workspace = workspaces.take()
    append(text, parseSpecial: parseSpecial, workspace: &workspace, to: &ids)
    workspaces.put(workspace)
    if addSpecialTokens { ids += suffix }
    return ids
  }

  /// What the file's template puts in front of a text.
  package var beginning: [Int32] { prefix }

  /// The number of ids of a text, without the template.
  package func count(_ text: String) -> Int {
    encode(text).count
  }

  private func append(
    _ text: String, parseSpecial: Bool, workspace: inout Workspace, to ids: inout [Int32]
  ) {
    var text = text
    text.withUTF8 { utf8 in
      let bytes = Span(_unsafeElements: utf8)
      for segment in rawTokens.segments(of: bytes, parseSpecial: parseSpecial) {
        if let id = segment.id {
          ids.append(id)
        } else {
          appendNormalizing(
            bytes.extracting(segment.range), parseSpecial: parseSpecial, workspace: &workspace,
            to: &ids)
        }
      }
    }
  }

  private func appendNormalizing(
    _ bytes: Span<UInt8>, parseSpecial: Bool, workspace: inout Workspace, to ids: inout [Int32]
  ) {
    if !composes || Normalization.isInert(bytes) {
      appendCutting(bytes, parseSpecial: parseSpecial, workspace: &workspace, to: &ids)
    } else {
      let text = String(decoding: bytes.array(0..<bytes.count), as: UTF8.self)
      let composed = Array(Normalization.compose(text).utf8)
      appendCutting(composed.span, parseSpecial: parseSpecial, workspace: &workspace, to: &ids)
    }
  }

  private func appendCutting(
    _ bytes: Span<UInt8>, parseSpecial: Bool, workspace: inout Workspace, to ids: inout [Int32]
  ) {
    for segment in normalizedTokens.segments(of: bytes, parseSpecial: parseSpecial) {
      if let id = segment.id {
        ids.append(id)
      } else {
        appendPieces(bytes.extracting(segment.range), workspace: &workspace, to: &ids)
      }
    }
  }

  private func appendPieces(
    _ bytes: Span<UInt8>, workspace: inout Workspace, to ids: inout [Int32]
  ) {
    if case .bytePair(let model) = model, let scanner = preTokenizer.onlyScanner {
      let classes = ScalarClasses.shared
      var start = 0
      while start < bytes.count {
        let end = scanner.end(ofPieceAt: start, in: bytes, until: bytes.count, classes: classes)
        model.append(
          bytes, start, end, vocabulary: vocabulary, workspace: &workspace, to: &ids)
        start = end
      }
      return
    }
    for piece in preTokenizer.pieces(of: bytes.array(0..<bytes.count)) {
      switch model {
      case .wordLevel(let unknown): ids.append(vocabulary.id(of: piece) ?? unknown)
      case .bytePair(let model):
        model.append(
          piece.span, 0, piece.count, vocabulary: vocabulary, workspace: &workspace, to: &ids)
      }
    }
  }
}
