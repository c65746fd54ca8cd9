internal import GRDB
package import TandemJSON

extension RolloutCache {
  /// What a cache holds.
  package struct Statistics: Hashable, Sendable {
    /// The entries of one model.
    package struct Model: Hashable, Sendable {
      package var identity: EngineIdentity
      package var entries: Int
      /// Tokens generated.
      package var tokens: Int
      /// Bytes of the samples as stored.
      package var bytes: Int
      /// When the latest was used, in seconds since 1970.
      package var lastUse: Int
    }

    /// By engine, model and adapter; the ones used last first.
    package var models: [Model]
    /// Bytes of the files.
    package var fileBytes: Int

    package var entries: Int { models.reduce(0) { $0 + $1.entries } }
    package var tokens: Int { models.reduce(0) { $0 + $1.tokens } }
    package var bytes: Int { models.reduce(0) { $0 + $1.bytes } }
  }

  /// Counts what is there; reads the index alone.
  package func statistics() throws -> Statistics {
    let models = try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT engine, model, adapter, count(*), sum(tokens), sum(bytes), max(used) FROM rollout
          GROUP BY engine, model, adapter ORDER BY max(used) DESC, engine, model, adapter
          """
      ).map { row throws in
        Statistics.Model(
          identity: EngineIdentity(
            engine: try row.text(0), model: try row.text(1), adapter: try row.optionalText(2)),
          entries: try row.count(3), tokens: try row.count(4), bytes: try row.count(5),
          lastUse: try row.count(6))
      }
    }
    return Statistics(models: models, fileBytes: fileBytes)
  }

  /// Bytes of the database and its log.
  var fileBytes: Int {
    ["", "-wal"].reduce(0) { $0 + (FileStamp(path + $1)?.size ?? 0) }
  }
}

extension RolloutCache.Statistics {
  /// The counts for machines.
  package var json: JSONValue {
    [
      "entries": .number(entries), "tokens": .number(tokens), "bytes": .number(bytes),
      "file_bytes": .number(fileBytes),
      "models": .array(
        models.map { model in
          [
            "engine": .string(model.identity.engine), "model": .string(model.identity.model),
            "adapter": model.identity.adapter.map(JSONValue.string) ?? .null,
            "entries": .number(model.entries), "tokens": .number(model.tokens),
            "bytes": .number(model.bytes), "last_use": .number(model.lastUse),
          ]
        }),
    ]
  }
}
