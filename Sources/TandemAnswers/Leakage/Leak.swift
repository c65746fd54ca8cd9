internal import TandemRecords

/// A place of a reading that gives an answer away.
struct Leak {
  var tokens: Range<Int>
  var severity: Severity
  var rule: String
}
