internal import ArgumentParser
internal import Foundation
internal import TandemRollouts
internal import TandemShards

/// The cache that a command works on.
struct CacheFolder: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the rollout cache.",
      discussion: "The default is tandem/rollouts below $XDG_CACHE_HOME or ~/.cache.",
      valueName: "dir"))
  var cache: String?

  var path: String {
    cache ?? RolloutCache.defaultFolder(environment: ProcessInfo.processInfo.environment)
  }

  /// Opens a cache that is there.
  func open() throws -> RolloutCache {
    guard RolloutCache.isCache(path) else {
      throw RolloutError(path, "holds no rollout cache: `cold` makes one, or give --cache")
    }
    return try RolloutCache(path)
  }
}
