internal import CSimdJSON

/// Why a text is not the JSON that was expected.
///
/// Never holds the text itself.
package struct JSONError: Error, Hashable, CustomStringConvertible {
  /// One clause, lower case, without a final stop.
  package let description: String

  package init(_ description: String) {
    self.description = description
  }

  init(status: CInt) {
    description = String(cString: sj_error_message(status))
  }
}
