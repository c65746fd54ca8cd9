package import TandemShards

/// What every stage is given besides its own options; none of it but the compression changes a byte.
package struct StageContext: Sendable {
  /// How many threads work at once.
  package var threads: Int
  /// How parts are compressed.
  package var compression: Compression
  package var cancellation: Cancellation
  package var progress: Progress

  package init(
    threads: Int, compression: Compression = Compression(),
    cancellation: Cancellation = Cancellation(), progress: Progress = Progress()
  ) {
    self.threads = threads
    self.compression = compression
    self.cancellation = cancellation
    self.progress = progress
  }
}
