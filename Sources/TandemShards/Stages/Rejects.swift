/// The file of rows that a stage left out, each with its reason.
package enum Rejects {
  package static let fileName = "rejects.jsonl"
}
