internal import TandemMath

/// The activations of one step.
struct Workspace {
  /// The number of tokens of a step.
  let tokens: Int
  /// The number of rows of logits at a time.
  let logitRows: Int
  private let configuration: ModelConfiguration
  private let residualMemory: FloatBuffer
  private let normedMemory: FloatBuffer
  private let queryMemory: FloatBuffer
  private let attendedMemory: FloatBuffer
  private let innerMemory: FloatBuffer
  private let logitMemory: FloatBuffer
  /// The inner rows of an adapter.
  let adapterHidden: FloatBuffer

  /// Memory for steps of so many tokens.
  ///
  /// - Throws: `MemoryError`.
  init(_ configuration: ModelConfiguration, tokens: Int, rank: Int) throws {
    self.configuration = configuration
    self.tokens = tokens
    let hidden = configuration.hiddenSize
    // Enough rows to use a matrix that is read once, in memory that does not matter.
    logitRows = max(1, min(64, (4 << 20) / configuration.vocabularySize))
    residualMemory = try FloatBuffer(capacity: tokens * hidden)
    normedMemory = try FloatBuffer(capacity: tokens * hidden)
    queryMemory = try FloatBuffer(
      capacity: tokens * (configuration.queryWidth + 2 * configuration.keyValueWidth))
    attendedMemory = try FloatBuffer(capacity: tokens * configuration.queryWidth)
    innerMemory = try FloatBuffer(capacity: tokens * 2 * configuration.intermediateSize)
    logitMemory = try FloatBuffer(capacity: logitRows * configuration.vocabularySize)
    adapterHidden = try FloatBuffer(capacity: tokens * rank)
  }

  /// The residual stream, `[count, hidden]`.
  func residual(_ count: Int) -> Rows {
    residualMemory.rows(count, width: configuration.hiddenSize)
  }

  /// What matrices read, `[count, hidden]`.
  func normed(_ count: Int) -> Rows { normedMemory.rows(count, width: configuration.hiddenSize) }

  /// Queries, keys and values beside each other, `[count, q + 2 kv]`.
  func queryKeyValue(_ count: Int) -> Rows {
    queryMemory.rows(count, width: configuration.queryWidth + 2 * configuration.keyValueWidth)
  }

  /// What attention gives, `[count, q]`.
  func attended(_ count: Int) -> Rows {
    attendedMemory.rows(count, width: configuration.queryWidth)
  }

  /// Gate and up beside each other, `[count, 2 intermediate]`.
  func inner(_ count: Int) -> Rows {
    innerMemory.rows(count, width: 2 * configuration.intermediateSize)
  }

  /// Logits, `[count, vocabulary]` with `count` up to ``logitRows``.
  func logits(_ count: Int) -> Rows {
    logitMemory.rows(count, width: configuration.vocabularySize)
  }
}

extension ModelConfiguration {
  /// The width of all query heads together.
  var queryWidth: Int { headCount * headSize }
  /// The width of all key heads together.
  var keyValueWidth: Int { keyValueHeadCount * headSize }
}
