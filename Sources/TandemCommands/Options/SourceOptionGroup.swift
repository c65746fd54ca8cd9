internal import ArgumentParser
internal import Foundation
internal import TandemShards
internal import TandemSources
internal import TandemStages

/// Where the rows of `ingest` are and how they are read.
struct SourceOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take a known data set from this folder or file instead of downloading it.",
      discussion: "The default is the environment's TANDEM_DATA, where it is set.",
      valueName: "path"))
  var from: String?

  @Option(help: "The split of a known data set; its first one by default.")
  var split: String?

  @Option(
    help: ArgumentHelp(
      "Which fields make a problem, for a source of one's own.", valueName: "key=field,..."))
  var fields: String?

  @Option(help: "The data set's name, for a source of one's own; the file's name by default.")
  var name: String?

  @Option(
    help:
      "The format: \(SourceFormat.allCases.map(\.rawValue).joined(separator: ", ")); told from names and first bytes by default."
  )
  var format: SourceFormat?

  @Option(
    help: ArgumentHelp("Which files of a folder or archive, as **/test*.csv.", valueName: "pattern")
  )
  var member: String?

  @Option(
    help: ArgumentHelp(
      "The SHA-256 that a downloaded source must have, in hexadecimal digits.",
      valueName: "digest"))
  var sha256: String?

  @Option(help: "The password of an archive.")
  var password: String?

  @Option(help: "The 1-based row of a CSV file that names the columns.")
  var headerRow: Int?

  @Flag(help: "Accept a file of a known data set whose SHA-256 is another.")
  var anyVersion = false

  func validate() throws {
    if let headerRow, headerRow < 1 {
      throw ValidationError("--header-row must be at least 1.")
    }
  }

  /// The folder of published files that the user names, if any.
  var dataFolder: String? {
    let folder = from ?? ProcessInfo.processInfo.environment["TANDEM_DATA"]
    return folder?.isEmpty == true ? nil : folder
  }

  /// The request for a source: a known data set, a descriptor of the user's, else a path.
  func request(for source: String) throws -> IngestRequest {
    let pieces = source.split(separator: ":", maxSplits: 1).map { String($0) }
    if let name = pieces.first, let descriptor = try? DatasetRegistry.descriptor(name) {
      return try request(for: descriptor, split: split ?? pieces.dropFirst().first)
    }
    if source.hasSuffix(".yaml") || source.hasSuffix(".yml") {
      let (folder, fileName) = Folder.split(source)
      let yaml = try InputFile(source)
      let descriptor = try DatasetDescriptor(
        yaml: try yaml.bytes(at: 0, count: min(yaml.size, 1 << 20)),
        name: name ?? String(fileName.prefix { $0 != "." }))
      return try request(for: descriptor, split: split, besides: folder)
    }
    if source.hasPrefix("https://") || source.hasPrefix("file://") {
      let file = try Downloader().fetch(source, sha256: sha256)
      if sha256 == nil { Console.note("ingest: SHA-256 of \(source): \(file.sha256)") }
      return try request(forFile: file.path, called: Folder.split(source).name)
    }
    guard Folder.exists(source) else {
      // A name, if it does not look like a path: the registry's error names the nearest one.
      if !source.contains(where: { $0 == "/" || $0 == "." }) {
        _ = try DatasetRegistry.descriptor(pieces.first ?? source)
      }
      throw SourceError(source, "is not there")
    }
    return try request(forFile: source, called: Folder.split(source).name)
  }

  private func request(forFile path: String, called fileName: String) throws -> IngestRequest {
    guard let fields else {
      throw SourceError(
        fileName, "needs --fields, such as --fields question=problem,gold=answer")
    }
    let input = IngestInput(
      path: path, name: fileName, sha256: try SourceDigest.of(path),
      options: options(over: SourceOptions()), fields: try FieldMapping(pairs: fields))
    let stem = fileName.split(separator: ".").first.map { String($0) } ?? fileName
    return IngestRequest(dataset: name ?? stem, split: split ?? "all", inputs: [input])
  }

  private func request(
    for descriptor: DatasetDescriptor, split name: String?, besides folder: String? = nil
  ) throws -> IngestRequest {
    guard fields == nil else {
      throw SourceError(
        descriptor.name, "is a known data set: --fields is for sources of one's own")
    }
    guard let first = descriptor.splits.first else {
      throw SourceError(descriptor.name, "has no splits")
    }
    let split = try descriptor.split(name ?? first.name)
    let located =
      try (dataFolder ?? folder).map {
        try descriptor.locate(split.name, in: $0, acceptsChangedFiles: anyVersion)
      } ?? descriptor.download(split.name)
    let input = IngestInput(
      path: located.path, name: Folder.split(located.path).name,
      sha256: try located.sha256 ?? SourceDigest.of(located.path),
      options: options(over: located.form.options), fields: split.fields)
    var request = IngestRequest(dataset: descriptor.name, split: split.name, inputs: [input])
    request.expectedRows = located.form.rows
    request.provenance = .init(
      title: descriptor.title, licence: descriptor.licence, homepage: descriptor.homepage)
    return request
  }

  private func options(over base: SourceOptions) -> SourceOptions {
    var options = base
    options.format = format ?? base.format
    options.members = member.map { MemberPattern($0) } ?? base.members
    options.password = password ?? base.password
    options.headerRow = headerRow ?? base.headerRow
    return options
  }
}
