internal import TandemRecords
internal import TandemShards
internal import TandemSources
internal import TandemStages

/// A problem set that must stay unseen, as the user names it: a run, or a known data set's split.
struct ProtectedSource {
  private let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Reads its questions.
  func load(dataFolder: String?) throws -> Cleaning.ProtectedSet {
    if Folder.isFolder(text) { return try load(run: RunFolder(text)) }
    let pieces = text.split(separator: ":", maxSplits: 1).map { String($0) }
    guard pieces.count == 2 else {
      throw SourceError(text, "is neither a run nor NAME:SPLIT of a known data set")
    }
    return try load(DatasetRegistry.descriptor(pieces[0]), split: pieces[1], dataFolder: dataFolder)
  }

  private func load(run: RunFolder) throws -> Cleaning.ProtectedSet {
    let input = try StageInput(run.problems)
    var questions: [Cleaning.ProtectedSet.Question] = []
    for part in input.manifest.parts.indices {
      var reader = try input.rows(part, as: Problem.self)
      while let problem = try reader.next() {
        questions.append(.init(id: problem.id, text: problem.question))
      }
    }
    let digest = SHA256.hex(of: input.manifest.parts.map(\.sha256).joined(separator: "\n").utf8)
    return .init(name: Folder.split(run.path).name, sha256: digest, questions: questions)
  }

  private func load(_ descriptor: DatasetDescriptor, split name: String, dataFolder: String?) throws
    -> Cleaning.ProtectedSet
  {
    let split = try descriptor.split(name)
    let located =
      try dataFolder.map { try descriptor.locate(name, in: $0) } ?? descriptor.download(name)
    let reader = try located.open()
    var questions: [Cleaning.ProtectedSet.Question] = []
    while let row = try reader.next() {
      let problem = try split.fields.problem(from: row)
      questions.append(.init(id: "\(text) row \(row.row)", text: problem.question))
    }
    return .init(
      name: text, sha256: try located.sha256 ?? SourceDigest.of(located.path), questions: questions)
  }
}
