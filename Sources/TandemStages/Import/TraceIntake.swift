internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// Turns rows of other tools into traces beside their problems, and records those that cannot be.
struct TraceIntake: ~Copyable {
  private let request: ImportRequest
  private let index: ProblemIndex
  private var mapper: TraceMapper
  private var read = 0
  private var models: [String: Int] = [:]
  /// The samples seen of a problem and model: their numbers, and the next free one.
  private var samples: [SampleKey: Set<Int>] = [:]
  var rejects: RejectWriter

  private struct SampleKey: Hashable {
    var problem: String
    var model: String
  }

  init(_ request: ImportRequest, index: ProblemIndex, folder: String) {
    self.request = request
    self.index = index
    mapper = TraceMapper(request.mapping)
    rejects = RejectWriter(in: folder)
  }

  /// Reads every input.
  mutating func read(into spools: inout TraceSpools, context: StageContext) throws {
    for input in request.inputs {
      let reader = try SourceReader(path: input.path, options: request.options)
      mapper = TraceMapper(request.mapping)
      while let row = try reader.next() {
        try context.cancellation.check()
        context.progress.advance(1)
        read += 1
        do {
          for mapped in try mapper.traces(from: row) {
            try take(mapped, from: row, input, into: &spools)
          }
        } catch let error as SourceError {
          guard request.onError == .skip else { throw error }
          try reject(row, id: nil, error.message, kind: "field")
        }
      }
    }
  }

  private mutating func take(
    _ mapped: MappedTrace, from row: SourceRow, _ input: ImportInput,
    into spools: inout TraceSpools
  ) throws {
    let place: ProblemIndex.Place
    switch index.match(id: mapped.problemID, question: mapped.question) {
    case .found(let found): place = found
    case .none:
      return try reject(row, id: mapped.problemID, "matches no problem", kind: "unmatched")
    case .ambiguous:
      return try reject(
        row, id: mapped.problemID, "has the question of several problems", kind: "ambiguous")
    }
    guard let model = input.model ?? mapped.model else {
      throw SourceError(
        row.file, row: row.row, "does not name its model: give the file as NAME=FILE")
    }
    let key = SampleKey(problem: place.id, model: model)
    let taken = samples[key] ?? []
    let sample = mapped.sample ?? Self.firstFree(taken)
    guard !taken.contains(sample) else {
      return try reject(
        row, id: mapped.problemID, "repeats sample \(sample) of its problem and model",
        kind: "repeated")
    }
    samples[key, default: []].insert(sample)
    models[model, default: 0] += 1
    try spools.write(trace(mapped, place: place, model: model, sample: sample), to: place.part)
  }

  private static func firstFree(_ taken: Set<Int>) -> Int {
    var sample = taken.count
    while taken.contains(sample) { sample += 1 }
    return sample
  }

  private func trace(
    _ mapped: MappedTrace, place: ProblemIndex.Place, model: String, sample: Int
  ) -> Trace {
    var trace = Trace(
      id: Trace.id(
        problemID: place.id, model: model, adapter: nil, round: .cold, sample: sample,
        prompt: mapped.prompt, text: mapped.text),
      problemID: place.id, model: model, round: .cold, sample: sample, text: mapped.text,
      engine: "import")
    trace.prompt = mapped.prompt
    trace.tokenIDs = mapped.tokenIDs
    trace.rawLogprobsE4 = mapped.logprobs.map { $0.map(Self.e4) }
    trace.finishReason = mapped.finishReason
    trace.usage = mapped.usage
    trace.sampling = mapped.sampling
    trace.error = mapped.error
    return trace
  }

  /// A logarithm times 10,000, rounded and kept within 32 bits; not a number becomes the lowest.
  private static func e4(_ logprob: Double) -> Int32 {
    let scaled = (logprob * 10_000).rounded()
    return scaled.isNaN ? .min : Int32(max(Double(Int32.min), min(Double(Int32.max), scaled)))
  }

  private mutating func reject(_ row: SourceRow, id: String?, _ reason: String, kind: String)
    throws
  {
    let reject = Reject(stage: "import", file: row.file, row: row.row, id: id, reason: reason)
    try rejects.write(reject, kind: kind)
  }

  /// What was counted, for the manifest.
  func summary(traces: Int) -> JSONObject {
    var summary = JSONObject()
    summary["rows_read"] = .number(read)
    summary["traces"] = .number(traces)
    summary["models"] = .object(
      JSONObject(
        models.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .number($0.value)) }))
    summary["left_out"] = .object(
      JSONObject(rejects.counts.map { .init(key: $0.kind, value: .number($0.rows)) }))
    return summary
  }
}
