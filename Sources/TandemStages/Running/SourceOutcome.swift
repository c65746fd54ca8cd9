package import TandemShards

/// What a stage that reads the user's files has done.
package struct SourceOutcome: Sendable {
  package var manifest: Manifest
  /// Whether everything was there already.
  package var upToDate: Bool
}
