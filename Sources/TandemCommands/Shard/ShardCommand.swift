internal import ArgumentParser

/// Looks into parts.
struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Look into parts: cat, head, stats, grep, verify, read.",
    discussion: """
      A part is a file of JSON rows compressed with zstd: `zstd -dc part-00000.jsonl.zst | jq .` \
      reads it as well. Wherever a part is asked for, a stage's folder or a run may be given: all \
      parts in it are meant, in order.
      """,
    subcommands: [
      ShardCat.self, ShardHead.self, ShardGrep.self, ShardStats.self, ShardVerify.self,
      ShardRead.self,
    ])
}
