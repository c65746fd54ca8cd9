extension TraceMapping {
  /// The published file that the mapping was made for: from a folder of the user's, else downloaded.
  ///
  /// - Throws: ``SourceError`` when no file is published, or it cannot be had, or is not the very file.
  package func publishedFile(in folder: String?) throws(SourceError) -> LocatedSplit {
    guard let published else {
      throw SourceError(name, "needs a file of traces: give one behind the run")
    }
    let split = DatasetDescriptor.Split(
      name: "published", forms: [published], fields: FieldMapping())
    let descriptor = DatasetDescriptor(
      name: name, title: about, licence: "", citation: "", homepage: published.url ?? "",
      splits: [split])
    if let folder { return try descriptor.locate(split.name, in: folder) }
    return try descriptor.download(split.name)
  }
}
