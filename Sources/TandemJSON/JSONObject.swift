/// The members of a JSON object, in order.
///
/// Look-up is linear: objects here have few members.
package struct JSONObject: Hashable, Sendable {
  /// One key with its value.
  package struct Member: Hashable, Sendable {
    /// The name, unescaped.
    package var key: String
    /// The value.
    package var value: JSONValue

    /// Pairs a key with a value.
    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The members, in the order in which they were written.
  package var members: [Member]

  /// An object with the members given, in that order.
  package init(_ members: [Member] = []) {
    self.members = members
  }

  /// The value of the first member with this key.
  ///
  /// Setting replaces it in place, appends it, or with nil removes it.
  package subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}
