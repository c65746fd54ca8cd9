package import TandemRecords
package import TandemShards

/// What a stage would do, for `--dry-run`; touches nothing.
package struct StagePreview: Hashable, Sendable {
  package var folder: String
  /// Parts that are up to date.
  package var kept: Int
  /// The numbers of the parts that would be made.
  package var missing: [Int]

  /// How many parts would be made.
  package var toMake: Int { missing.count }

  package init<Row: Record>(
    _ row: Row.Type, in folder: String, plan: Plan, inputs: [StageInput], context: StageContext
  ) throws {
    let map = try PartMap(over: inputs, context: context)
    let fingerprints = map.fingerprints(
      planDigest: plan.compressed(context.compression).digest)
    missing = fingerprints.indices.filter { index in
      StageOutput<Row>.finished(index, in: folder, fingerprint: fingerprints[index]) == nil
    }
    self.folder = folder
    kept = map.count - missing.count
  }
}

extension StagePreview: CustomStringConvertible {
  package var description: String {
    "\(folder): \(kept) parts are up to date, \(toMake) would be made"
  }
}
