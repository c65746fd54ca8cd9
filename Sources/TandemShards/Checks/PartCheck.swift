internal import TandemJSON

/// What a complete reading of one part found.
package struct PartCheck: Hashable, Sendable {
  package var path: String
  package var rows = 0
  /// Each names the file and what is wrong with it; none for a sound part.
  package var faults: [ShardError] = []

  /// Decodes every frame of a part, parses every row, and compares it with what its label and, if given, its
  /// manifest say.
  package init(_ path: String, expected: Manifest.Part? = nil) {
    self.path = path
    do throws(ShardError) { try inspect(expected) } catch { faults.append(error) }
  }

  private mutating func inspect(_ expected: Manifest.Part?) throws(ShardError) {
    var part = try PartReader(path)
    if let expected {
      if part.size != expected.bytes {
        add("has \(part.size) bytes, its manifest says \(expected.bytes)")
      }
      if try part.sha256() != expected.sha256 {
        add("is not the file that its manifest names (SHA-256)")
      }
      if part.label.fingerprint != expected.fingerprint {
        add("was made from other inputs than its manifest says")
      }
      if part.label.rows != expected.rows {
        add("is labelled with \(part.label.rows) rows, its manifest says \(expected.rows)")
      }
    }
    let counted = try countRows(&part)
    rows = counted
    if counted != part.label.rows {
      add("holds \(counted) rows, its label says \(part.label.rows)")
    }
  }

  private mutating func countRows(_ part: inout PartReader) throws(ShardError) -> Int {
    var rows = 0
    for index in 0..<part.frameCount {
      let content: UnsafeRawBufferPointer
      do throws(ShardError) { content = try part.frame(index) } catch {
        faults.append(error)
        continue
      }
      var lines = LineCursor(content)
      while let line = lines.next() {
        rows += 1
        if let problem = Self.parseFault(line) {
          faults.append(ShardError(path, row: rows, "is not JSON: \(problem)"))
        }
      }
    }
    return rows
  }

  private mutating func add(_ message: String) {
    faults.append(ShardError(path, message))
  }

  private static func parseFault(_ line: UnsafeRawBufferPointer) -> JSONError? {
    do throws(JSONError) {
      var parser = try JSONParser()
      _ = try parser.parse(padded: line)
      return nil
    } catch {
      return error
    }
  }
}

/// What a complete reading of a stage's folder found.
package struct StageCheck: Hashable, Sendable {
  package var folder: String
  package var parts: [PartCheck] = []
  /// Faults of the folder as a whole, such as a missing part.
  package var faults: [ShardError] = []

  /// Checks every part that the manifest names and every part that lies there.
  package init(_ folder: String) throws(ShardError) {
    self.folder = folder
    let names = try Folder.names(in: folder)
    let found = Set(names.filter { PartName.index($0) != nil })
    let manifest: Manifest
    do throws(ShardError) { manifest = try Manifest(of: folder) } catch {
      faults.append(error)
      parts = found.sorted().map { PartCheck("\(folder)/\($0)") }
      return
    }
    for part in manifest.parts {
      if found.contains(part.name) {
        parts.append(PartCheck("\(folder)/\(part.name)", expected: part))
      } else {
        faults.append(ShardError("\(folder)/\(part.name)", "is missing"))
      }
    }
    for name in found.subtracting(manifest.parts.map(\.name)).sorted() {
      faults.append(ShardError("\(folder)/\(name)", "is not in manifest.json"))
    }
  }

  /// All faults, of the folder and of its parts.
  package var allFaults: [ShardError] { faults + parts.flatMap(\.faults) }
}
