internal import TandemRecords

/// The digest of all that a part's content follows from.
package enum Fingerprint {
  /// SHA-256 over the plan's digest and those of the input parts.
  package static func of(planDigest: String, inputs: [String]) -> String {
    SHA256.hex(of: ([planDigest] + inputs).joined(separator: "\n").utf8)
  }
}
