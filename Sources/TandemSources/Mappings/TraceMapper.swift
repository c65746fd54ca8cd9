internal import TandemJSON

/// Takes traces out of the rows of one file after another.
package struct TraceMapper: Sendable {
  private let mapping: TraceMapping
  private var first: JSONValue?

  /// The most traces that one row may hold.
  package static let maxTraces = 1 << 16

  /// Follows a mapping.
  package init(_ mapping: TraceMapping) {
    self.mapping = mapping
  }

  /// The traces of a row; none for a row that repeats others.
  ///
  /// - Throws: ``SourceError`` naming the row and what it lacks.
  package mutating func traces(from row: SourceRow) throws(SourceError) -> [MappedTrace] {
    if let path = mapping.onlyFirst, let value = path.value(in: row.value) {
      if first == nil { first = value }
      guard value == first else { return [] }
    }
    var traces: [MappedTrace] = []
    let items = try items(of: row)
    for (index, item) in items.enumerated() {
      var trace = try trace(row, item: item.value, model: item.model)
      if trace.sample == nil, item.isElement { trace.sample = index }
      splitSample(&trace, index: index, of: items.count)
      traces.append(trace)
    }
    return traces
  }

  private struct Item {
    var value: JSONValue?
    var model: String?
    var isElement = false
  }

  private func items(of row: SourceRow) throws(SourceError) -> [Item] {
    if !mapping.models.isEmpty {
      let items = mapping.models.compactMap { path in
        path.value(in: row.value).map { Item(value: $0, model: path.description) }
      }
      guard !items.isEmpty else { throw row.missing(mapping.models, as: "models") }
      return items
    }
    for path in mapping.each {
      guard let elements = path.value(in: row.value)?.array else { continue }
      guard elements.count <= Self.maxTraces else {
        throw SourceError(row.file, row: row.row, "has more than \(Self.maxTraces) traces")
      }
      // A failed request may come with an empty list.
      if !elements.isEmpty { return elements.map { Item(value: $0, isElement: true) } }
    }
    return [Item()]
  }

  private func trace(_ row: SourceRow, item: JSONValue?, model: String?) throws(SourceError)
    -> MappedTrace
  {
    var scope = row.value
    scope["item"] = item
    func value(_ part: TraceMapping.Part) -> JSONValue? {
      for path in mapping.paths[part] ?? [] {
        if let value = path.value(in: scope) { return value }
      }
      return nil
    }
    func text(_ part: TraceMapping.Part) -> String? {
      for path in mapping.paths[part] ?? [] {
        if let text = path.value(in: scope).flatMap(FieldMapping.text) { return text }
      }
      return nil
    }
    let error = text(.error).flatMap { $0.isEmpty ? nil : $0 }
    guard let written = text(.text) ?? (error == nil ? nil : "") else {
      throw row.missing(mapping.paths[.text] ?? [], as: "text")
    }
    var trace = MappedTrace(text: written)
    trace.error = error
    trace.problemID = text(.problemID)
    trace.question = text(.question)
    guard trace.problemID != nil || trace.question != nil else {
      throw row.missing(
        (mapping.paths[.problemID] ?? []) + (mapping.paths[.question] ?? []), as: "problem_id")
    }
    trace.model = model ?? text(.model)
    trace.sample = value(.sample)?.int
    trace.prompt = value(.prompt).map { $0.string ?? $0.json }
    trace.tokenIDs = try numbers(value(.tokenIDs), row: row)
    trace.logprobs = value(.logprobs)?.array.flatMap(Self.doubles)
    trace.finishReason = text(.finishReason)
    trace.usage = value(.usage)?.object
    trace.sampling = value(.sampling)?.object
    return trace
  }

  /// Splits `ID#3` into the id and sample 3; the traces of one row are numbered within it.
  private func splitSample(_ trace: inout MappedTrace, index: Int, of count: Int) {
    guard let separator = mapping.sampleSeparator?.unicodeScalars.first, let id = trace.problemID,
      let place = id.unicodeScalars.lastIndex(of: separator),
      let sample = Int(id[id.unicodeScalars.index(after: place)...]), (0..<1 << 31).contains(sample)
    else { return }
    trace.problemID = String(id[..<place])
    trace.sample = sample * count + index
  }

  private func numbers(_ value: JSONValue?, row: SourceRow) throws(SourceError) -> [Int32]? {
    guard let elements = value?.array else { return nil }
    let numbers = elements.compactMap { $0.int.flatMap { Int32(exactly: $0) } }
    guard numbers.count == elements.count else {
      throw SourceError(row.file, row: row.row, "has token ids that are not whole numbers")
    }
    return numbers
  }

  private static func doubles(_ elements: [JSONValue]) -> [Double]? {
    let numbers = elements.compactMap(\.double)
    return numbers.count == elements.count ? numbers : nil
  }
}
