internal import Foundation
internal import Glibc
internal import TandemRecords

/// Keeps downloaded files in a folder, each checked against its SHA-256.
///
/// Transfers are left to `curl`; one that was broken off goes on where it stopped.
package struct Downloader: Sendable {
  /// A file in the folder.
  package struct File: Hashable, Sendable {
    /// Where it is.
    package var path: String
    /// Its SHA-256 in hexadecimal digits.
    package var sha256: String
    /// Whether it was downloaded just now.
    package var isNew: Bool
  }

  /// The folder.
  package let folder: String
  private let program: String

  /// Keeps files in `folder`, which is made when it is needed.
  package init(folder: String = Downloader.defaultFolder, program: String = "curl") {
    self.folder = folder
    self.program = program
  }

  /// `tandem/downloads` in `$XDG_CACHE_HOME`, or in `~/.cache`.
  package static var defaultFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let named = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (named ?? NSHomeDirectory() + "/.cache") + "/tandem/downloads"
  }

  /// The file at a URL, from the folder where it is there already.
  ///
  /// Without a known SHA-256 that of the first download is written down and later ones compared.
  /// - Throws: ``SourceError`` when the transfer fails or the SHA-256 differs.
  package func fetch(_ url: String, sha256: String?) throws(SourceError) -> File {
    let name = try Self.name(of: url)
    // A folder for each URL, so that the file keeps the name which rows give as their source.
    let folder = "\(folder)/\(SHA256.hex(of: url.utf8).prefix(16))"
    let path = "\(folder)/\(name)"
    try Self.make(folder)
    let lock = try Lock(path + ".lock")
    defer { lock.release() }
    let expected = sha256 ?? Self.recorded(path)
    if FileManager.default.fileExists(atPath: path) {
      let found = try DatasetDescriptor.digest(of: path)
      if expected == nil || expected == found {
        return File(path: path, sha256: found, isNew: false)
      }
      // A damaged file in the folder is no better than none.
      unlink(path)
    }
    let part = path + ".part"
    try transfer(url, to: part)
    let found = try DatasetDescriptor.digest(of: part)
    guard expected == nil || expected == found else {
      unlink(part)
      throw SourceError(
        url, "SHA-256 is \(found), not \(expected ?? ""): the download was removed; try again")
    }
    if sha256 == nil { try record(found, path) }
    guard rename(part, path) == 0 else {
      throw SourceError(path, "cannot be written: \(String(cString: strerror(errno)))")
    }
    return File(path: path, sha256: found, isNew: true)
  }

  // MARK: Transfer

  private func transfer(_ url: String, to part: String) throws(SourceError) {
    var failure = try run(url, part)
    // A server may refuse to go on, or the part may be whole already: begin anew.
    if failure?.canRestart == true, FileManager.default.fileExists(atPath: part) {
      unlink(part)
      failure = try run(url, part)
    }
    if let failure {
      throw SourceError(url, "cannot be downloaded (\(failure.message)); run again to go on")
    }
  }

  private struct Failure {
    var message: String
    var canRestart: Bool
  }

  private func run(_ url: String, _ part: String) throws(SourceError) -> Failure? {
    guard let executable = Self.find(program) else {
      throw SourceError(
        url,
        "`\(program)` is not installed: install it, or download the file and name it with --from")
    }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = [
      "--fail", "--location", "--silent", "--show-error", "--proto", "=https,file",
      "--proto-redir", "=https", "--connect-timeout", "30", "--speed-limit", "1",
      "--speed-time", "60", "--retry", "3", "--continue-at", "-", "--output", part, "--url", url,
    ]
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    let text: Data
    do {
      try process.run()
      text = try errors.fileHandleForReading.readToEnd() ?? Data()
    } catch {
      throw SourceError(url, "`\(program)` cannot be started")
    }
    process.waitUntilExit()
    guard process.terminationReason != .exit || process.terminationStatus != 0 else { return nil }
    let line = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).last
    // 22: refused by the server, such as a range behind the end; 33 and 36: no resuming.
    return Failure(
      message: SourceName.printable(line.map(String.init) ?? "status \(process.terminationStatus)"),
      canRestart: [22, 33, 36].contains(process.terminationStatus))
  }

  private static func find(_ program: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(
      separator: ":")
    let paths = program.contains("/") ? [program] : folders.map { "\($0)/\(program)" }
    return paths.first { access($0, X_OK) == 0 }
  }

  // MARK: Folder

  /// The last part of a URL's path, made safe as a file name.
  private static func name(of url: String) throws(SourceError) -> String {
    guard url.hasPrefix("https://") || url.hasPrefix("file:///") else {
      throw SourceError(url, "is not a URL that starts with https://")
    }
    let path = url.prefix { $0 != "?" && $0 != "#" }
    let last = path.split(separator: "/").last ?? "file"
    let safe = last.unicodeScalars.map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "._-".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    }
    return String(safe.suffix(100))
  }

  private static func make(_ folder: String) throws(SourceError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw SourceError(
        folder, "cannot be made: set XDG_CACHE_HOME to a folder that can be written")
    }
  }

  private static func recorded(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path + ".sha256") else { return nil }
    let text = String(decoding: data.prefix(64), as: UTF8.self)
    return text.utf8.count == 64 ? text : nil
  }

  private func record(_ digest: String, _ path: String) throws(SourceError) {
    do {
      try Data((digest + "\n").utf8).write(to: URL(filePath: path + ".sha256"), options: .atomic)
    } catch {
      throw SourceError(path, "cannot be written")
    }
  }
}

/// Keeps two processes from writing one file.
private struct Lock {
  private let descriptor: CInt

  init(_ path: String) throws(SourceError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
      throw SourceError(path, "cannot be locked: \(String(cString: strerror(errno)))")
    }
  }

  func release() { close(descriptor) }
}

extension DatasetDescriptor {
  /// Downloads a split, from the first of its forms that has a URL.
  ///
  /// - Throws: ``SourceError`` when there is none, or as ``Downloader/fetch(_:sha256:)`` does.
  package func download(_ name: String, with downloader: Downloader = Downloader())
    throws(SourceError) -> LocatedSplit
  {
    let split = try split(name)
    for form in split.forms {
      guard let url = form.url else { continue }
      let file = try downloader.fetch(url, sha256: form.sha256)
      return LocatedSplit(
        path: file.path, form: form, sha256: file.sha256, isKnown: form.sha256 != nil)
    }
    throw SourceError(
      self.name, "\(name) has no known download: get it from \(homepage) and name it with --from")
  }
}
