internal import TandemRecords
internal import TandemShards

/// Where every problem of a run stands, found by its id or its question.
struct ProblemIndex {
  /// The place of a problem.
  struct Place: Hashable {
    var part: Int
    /// 0-based row in the part.
    var row: Int
    var id: String
  }

  private(set) var count = 0
  private var byID: [String: Place] = [:]
  private var bySourceID: [String: [Place]] = [:]
  private var byQuestion: [String: [Place]] = [:]
  private var byNormalised: [String: [Place]] = [:]

  /// What a trace's problem came out as.
  enum Match: Hashable {
    case found(Place)
    case none
    /// Several problems have this question.
    case ambiguous
  }

  /// Reads the problems of a run; keeps ids and digests of questions, not their text.
  init(of problems: StageInput, context: StageContext) throws {
    for part in problems.manifest.parts.indices {
      try context.cancellation.check()
      var reader = try problems.rows(part, as: Problem.self)
      var row = 0
      while let problem = try reader.next() {
        let place = Place(part: part, row: row, id: problem.id)
        byID[problem.id] = place
        if let id = problem.source.id { bySourceID[id, default: []].append(place) }
        byQuestion[Self.digest(problem.question), default: []].append(place)
        byNormalised[Self.digest(Self.normalised(problem.question)), default: []].append(place)
        row += 1
      }
      count += row
    }
  }

  /// The problem that another tool calls by this id or question.
  ///
  /// Our own id goes first, then the question's exact text, then the text without regard to case, spacing and
  /// punctuation. The source's id decides only between equal questions or where there is none: other tools write row
  /// numbers that look like one.
  func match(id: String?, question: String?) -> Match {
    if let id, let place = byID[id] { return .found(place) }
    let called = id.flatMap { bySourceID[$0] } ?? []
    guard let question else { return Self.single(called) }
    for places in [
      byQuestion[Self.digest(question)], byNormalised[Self.digest(Self.normalised(question))],
    ] {
      guard let places else { continue }
      if places.count > 1, case .found(let place) = Self.single(places.filter(called.contains)) {
        return .found(place)
      }
      return Self.single(places)
    }
    return .none
  }

  private static func single(_ places: [Place]) -> Match {
    guard let first = places.first else { return .none }
    return places.count == 1 ? .found(first) : .ambiguous
  }

  /// The row of a problem in its part; behind all others when it is unknown.
  func row(of id: String) -> Int {
    byID[id]?.row ?? .max
  }

  private static func digest(_ text: String) -> String {
    ContentID.make("q", [text])
  }

  /// Letters and digits of any script in lower case, other runs as one space.
  static func normalised(_ text: String) -> String {
    var result = ""
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      guard properties.isAlphabetic || properties.numericType != nil else {
        pendingSpace = !result.isEmpty
        continue
      }
      if pendingSpace { result.append(" ") }
      pendingSpace = false
      result.append(properties.lowercaseMapping)
    }
    return result
  }
}
