import Foundation
import Synchronization
import TandemJSON
import TandemLM
import TandemPrompts
import TandemRecords
import TandemTestSupport
import TandemTokenizer
import Testing

@testable import TandemRollouts

/// The embedded engine on tiny random checkpoints.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct EmbeddedEngineTests {
  static let models = SharedData.path + "/fixtures/engine"
  static let qwen = models + "/qwen2-tied-f32"

  /// Hands requests out and takes what comes of them.
  final class Tray: RolloutQueue {
    private let rest: Mutex<ArraySlice<RolloutRequest>>
    private let taken = Mutex<[RolloutRequest: RolloutOutcome]>([:])
    let tokens = Mutex(0)

    init(_ requests: [RolloutRequest]) { rest = Mutex(requests[...]) }

    var outcomes: [RolloutRequest: RolloutOutcome] { taken.withLock { $0 } }

    func next() -> RolloutRequest? { rest.withLock { $0.popFirst() } }

    func end(_ request: RolloutRequest, _ outcome: RolloutOutcome) {
      taken.withLock { taken in
        #expect(taken[request] == nil)
        taken[request] = outcome
      }
    }

    func generated(_ more: Int) { tokens.withLock { $0 += more } }
  }

  /// The text before the first occurrence, by brute force over characters.
  static func front(of mark: String, in text: String) -> String {
    let (characters, mark) = (Array(text), Array(mark))
    for start in characters.indices
    where characters[start...].prefix(mark.count).elementsEqual(mark) {
      return String(characters[..<start])
    }
    return text
  }

  private func engine(
    batch: Int = 16, adapter: String? = nil, format: PromptFormat = .text
  )
    throws -> EmbeddedEngine
  {
    var options = EmbeddedEngine.Options()
    options.batch = batch
    return try EmbeddedEngine(
      folder: Self.qwen + "/model", adapter: adapter, format: format, options: options)
  }

  private func requests(
    _ engine: EmbeddedEngine, prompts: Int = 6, samples: Int = 3,
    change: (inout RolloutParameters) -> Void = { _ in }
  ) throws -> [RolloutRequest] {
    var parameters = RolloutParameters()
    parameters.temperature = 1
    parameters.topP = 1
    parameters.maxTokens = 40
    parameters.stopTokenIDs = engine.stopTokenIDs
    change(&parameters)
    return try (0..<prompts).flatMap { number in
      let prompt = try engine.prompt(
        String(repeating: "The box holds pears. ", count: number + 1) + "\(number)")
      return (0..<samples).map { sample in
        RolloutRequest(
          engine: engine.identity, prompt: prompt, sampling: parameters,
          seed: ContentID.seed(["\(number)", "\(sample)"]), sample: sample)
      }
    }
  }

  private func sampled(_ engine: EmbeddedEngine, _ requests: [RolloutRequest]) throws
    -> [RolloutRequest: RolloutSample]
  {
    let tray = Tray(requests)
    try engine.sample(tray)
    #expect(tray.outcomes.count == requests.count)
    return tray.outcomes.compactMapValues { outcome in
      if case .sample(let sample) = outcome { sample } else { nil }
    }
  }

  @Test func neitherOrderNorBatchNorGroupsChangeASample() throws {
    let engine = try engine()
    let requests = try requests(engine)
    let all = try sampled(engine, requests)
    #expect(all.count == 18 && Set(all.values.map(\.text)).count == 18)
    #expect(try sampled(self.engine(batch: 2), requests.reversed()) == all)
    for request in requests.prefix(4) {
      #expect(try sampled(engine, [request])[request] == all[request])
    }
  }

  @Test func everyTokenHasItsProbabilities() throws {
    let engine = try engine()
    let requests = try requests(engine)
    for (request, sample) in try sampled(engine, requests) {
      let ids = try #require(sample.tokenIDs)
      #expect(ids.count == sample.rawLogprobsE4?.count && ids.count == sample.completionTokens)
      // At temperature 1 with nothing cut both distributions are one.
      for (raw, sampling) in zip(sample.rawLogprobsE4 ?? [], sample.samplingLogprobsE4 ?? []) {
        #expect(abs(raw - sampling) <= 2 && raw <= 0)
      }
      #expect(sample.promptTokens == request.prompt.ids?.count)
    }
  }

  @Test func aStopTokenIsTheLastAndNotInTheText() throws {
    let engine = try engine()
    let tokenizer = try Tokenizer(folder: Self.qwen + "/model")
    let free = try sampled(engine, requests(engine))
    // Tokens that occur in the middle of some samples are made to end them.
    let stops = Set(free.values.compactMap { $0.tokenIDs?.dropFirst(8).first })
    let requests = try requests(engine) { $0.stopTokenIDs = stops.sorted() }
    var ended = 0
    for sample in try sampled(engine, requests).values {
      let ids = try #require(sample.tokenIDs)
      let isStopped = stops.contains(ids[ids.count - 1])
      #expect(sample.finishReason == (isStopped ? FinishReason.stop : FinishReason.length))
      #expect(!ids.dropLast().contains(where: stops.contains))
      #expect(isStopped || ids.count == 40)
      let written = isStopped ? Array(ids.dropLast()) : ids
      #expect(sample.text == tokenizer.decode(written, skipSpecialTokens: true))
      ended += isStopped ? 1 : 0
    }
    #expect(ended > 5)
  }

  @Test func aStopStringIsFoundWhereverTokensCutIt() throws {
    let engine = try engine()
    let tokenizer = try Tokenizer(folder: Self.qwen + "/model")
    var found = 0
    for (request, free) in try sampled(engine, requests(engine)) {
      // Three characters from the middle of the free text, which it may hold earlier too.
      let characters = Array(free.text)
      for start in [5, 9, 14] where start + 3 < characters.count {
        let stop = String(characters[start..<start + 3])
        guard !stop.contains("\u{FFFD}") else { continue }
        var stopped = request
        stopped.sampling.stopStrings = ["never to be seen", stop]
        let sample = try #require(try sampled(engine, [stopped])[stopped])
        // By brute force: the fewest tokens whose text holds the string.
        let ids = try #require(free.tokenIDs)
        let count = try #require(
          (1...ids.count).first { count in
            tokenizer.decode(Array(ids.prefix(count)), skipSpecialTokens: true).contains(stop)
          })
        #expect(sample.finishReason == FinishReason.stopString)
        #expect(sample.tokenIDs == Array(ids.prefix(count)))
        let whole = tokenizer.decode(Array(ids.prefix(count)), skipSpecialTokens: true)
        #expect(sample.text == Self.front(of: stop, in: whole))
        found += 1
      }
    }
    #expect(found > 10)
  }

  @Test func whatTheModelCannotTakeFailsAlone() throws {
    let engine = try engine()
    let good = try requests(engine, prompts: 1, samples: 1)
    func altered(_ change: (inout RolloutRequest) -> Void) -> RolloutRequest {
      var request = good[0]
      change(&request)
      return request
    }
    let positions = try ModelConfiguration(folder: Self.qwen + "/model").maximumPositions
    let bad = [
      altered { $0.prompt.ids = [] }, altered { $0.prompt.ids = nil },
      altered { $0.prompt.ids = [-1] }, altered { $0.prompt.ids = [100_000] },
      altered { $0.prompt.ids = Array(repeating: 5, count: positions) },
    ]
    let tray = Tray(bad + good)
    try engine.sample(tray)
    #expect(tray.outcomes.count == 6)
    for request in bad {
      guard case .failure(let reason)? = tray.outcomes[request] else {
        Issue.record("a request that cannot be sampled was")
        continue
      }
      #expect(reason.hasPrefix("the prompt has"))
    }
    #expect(try sampled(engine, good).count == 1)
  }

  @Test func anAdapterChangesSamplesAndIdentity() throws {
    let plain = try engine()
    let adapted = try engine(adapter: Self.qwen + "/adapter")
    #expect(plain.identity.adapter == nil && plain.identity.model == adapted.identity.model)
    #expect(plain.identity.model == (try WeightsDigest.model(folder: Self.qwen + "/model")))
    #expect(adapted.identity.adapter == (try WeightsDigest.adapter(folder: Self.qwen + "/adapter")))
    let requests = try requests(plain)
    let (a, b) = (try sampled(plain, requests), try sampled(adapted, requests))
    #expect(requests.count { a[$0] != b[$0] } > 15)
  }

  @Test func changedFilesAreAnotherModel() throws {
    let folder = try WorkFolder()
    let copy = folder.path("model")
    try FileManager.default.copyItem(atPath: Self.qwen + "/model", toPath: copy)
    let engine = try EmbeddedEngine(folder: copy)
    try engine.confirmIdentity()
    let path = copy + "/model.safetensors"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect {
      try engine.confirmIdentity()
    } throws: {
      "\($0)".contains("model.safetensors: has changed while it was in use")
    }
    let changed = try EmbeddedEngine(folder: copy)
    #expect(changed.identity.model != engine.identity.model)
    #expect(changed.identity.tokenizer == engine.identity.tokenizer)
    _ = try folder.write("{\"chat_template\": \"<|im_start|>\"}", to: "model/tokenizer_config.json")
    #expect(try EmbeddedEngine(folder: copy).identity.tokenizer != engine.identity.tokenizer)
  }

  @Test func promptsFollowTheFolderOrTheChoice() throws {
    #expect(try engine().prompt("2+2 is").text == "2+2 is")
    #expect(try engine(format: .automatic).prompt("2+2?").text == "Question: 2+2?\nAnswer:")
    let chat = try engine(format: .chat(.chatML(defaultSystem: nil)))
    #expect(
      try chat.prompt("2+2?").text
        == "<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n")
    #expect(try engine().promptFormat == "text" && chat.promptFormat == "chatml")
    // In plain text what looks like markup is text.
    let tokenizer = try Tokenizer(folder: Self.qwen + "/model")
    if let (id, token) = tokenizer.specialTokens.min(by: { $0.key < $1.key }) {
      #expect(try engine(format: .automatic).prompt(token).ids?.contains(id) == false)
      #expect(try engine().prompt(token).ids?.contains(id) == true)
    }
  }
}
