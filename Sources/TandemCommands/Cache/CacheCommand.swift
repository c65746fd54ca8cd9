internal import ArgumentParser

/// Looks after the rollout cache.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Look after the rollout cache: stats, gc, verify, export.",
    discussion: """
      `cold` and `rescue` keep every sample in a cache that all runs share, under a digest of all \
      that decides it: engine, weights, adapter, prompt, sampling parameters, seed and number. What \
      is in it is not computed again, by any run or process.

        tandem cache stats
        tandem cache gc --older-than 30d --max-size 10GB

      A sample that was counted as done is on the disk: it survives the death of the process at any \
      instant, and a loss of power as far as the disk keeps its word. Two processes compute nothing \
      twice. Weights are known by their content; a change that leaves size and all times of a file \
      as they were is not seen.

      The cache is the folder of --cache, else tandem/rollouts below $XDG_CACHE_HOME or ~/.cache. \
      It must lie on a local disk.
      """,
    subcommands: [CacheStats.self, CacheCollect.self, CacheVerify.self, CacheExport.self])
}
