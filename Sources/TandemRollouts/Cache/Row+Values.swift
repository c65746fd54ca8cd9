internal import Foundation
internal import GRDB

/// Values as they may stand in a damaged file: of any type, of any size.
extension Row {
  /// A count or a size; anything that cannot be one is damage.
  func count(_ column: Int, limit: Int = 1 << 50) throws -> Int {
    guard let value = Int.fromDatabaseValue(self[column]), (0...limit).contains(value) else {
      throw Self.damage
    }
    return value
  }

  /// A row's number, or a time, which may be any.
  func integer(_ column: Int) throws -> Int64 {
    guard let value = Int64.fromDatabaseValue(self[column]) else { throw Self.damage }
    return value
  }

  func text(_ column: Int) throws -> String {
    guard let value = String.fromDatabaseValue(self[column]) else { throw Self.damage }
    return value
  }

  func optionalText(_ column: Int) throws -> String? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try text(column)
  }

  /// Nil for everything but bytes.
  func bytes(_ column: Int) -> [UInt8]? {
    Data.fromDatabaseValue(self[column]).map { [UInt8]($0) }
  }

  private static var damage: DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "a value is not of the kind that was stored")
  }
}
