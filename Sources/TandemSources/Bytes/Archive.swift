internal import CArchive

/// The members of an archive, one after another, without unpacking to disk.
///
/// A compressed file that is no archive has one member. Names of members are labels and never used
/// as paths.
final class Archive: ByteSource {
  /// What is known of a member before it is read.
  struct Entry {
    /// The name, with control characters replaced.
    var name: String
    /// Whether it is a file, rather than a folder or a link.
    var isFile: Bool
  }

  /// The name for messages.
  let name: String
  private let handle: OpaquePointer
  private let password: String?
  private let feed: Feed?
  private var entryName = ""
  private var isEncrypted = false

  /// Opens an archive on disk.
  ///
  /// - Throws: ``SourceError`` when it is none that can be read.
  init(path: String, name: String, _ container: Container, password: String?) throws(SourceError) {
    (self.name, self.password, feed) = (name, password, nil)
    handle = try Self.makeHandle(name: name, container, password: password)
    try check(archive_read_open_filename(handle, path, 1 << 16))
  }

  /// Opens an archive that arrives as a stream.
  ///
  /// - Throws: ``SourceError`` when it is none that can be read.
  init(_ source: any ByteSource, name: String, _ container: Container, password: String?)
    throws(SourceError)
  {
    let feed = Feed(source)
    (self.name, self.password, self.feed) = (name, password, feed)
    handle = try Self.makeHandle(name: name, container, password: password)
    // The feed lives as long as the handle: `self` owns both.
    let context = Unmanaged.passUnretained(feed).toOpaque()
    try check(archive_read_open(handle, context, nil, { Feed.read($1, $2) }, nil))
  }

  deinit { archive_read_free(handle) }

  /// Whether the file is compressed but no archive, so that its one member has no name of its own.
  var isSingleFile: Bool {
    archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_RAW
  }

  /// Goes to the next member; nil behind the last, when the checks at the end have been made.
  func next() throws(SourceError) -> Entry? {
    var entry: OpaquePointer?
    entryName = ""
    isEncrypted = false
    let status = archive_read_next_header(handle, &entry)
    if status == ARCHIVE_EOF {
      try feed?.source.drain()
      return nil
    }
    // A warning here is about the encoding of a name.
    if status != ARCHIVE_WARN { try check(status) }
    entryName = Self.name(of: entry)
    isEncrypted = archive_entry_is_encrypted(entry) != 0
    let regularFile: mode_t = 0o100000
    return Entry(name: entryName, isFile: archive_entry_filetype(entry) == regularFile)
  }

  /// Reads from the current member.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
    let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
    guard count < 0 else { return count }
    throw failure()
  }

  private static func name(of entry: OpaquePointer?) -> String {
    let utf8 = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    guard let utf8 else { return "?" }
    return SourceName.printable(String(cString: utf8))
  }

  /// Lets libarchive try only what the first bytes promise: it would take a cut zip file for a
  /// stream, and anything at all for a file without a format.
  private static func makeHandle(name: String, _ container: Container, password: String?)
    throws(SourceError) -> OpaquePointer
  {
    guard let handle = archive_read_new() else { throw SourceError(name, "out of memory") }
    switch container {
    case .plain, .tar: archive_read_support_format_tar(handle)
    case .zip: archive_read_support_format_zip_seekable(handle)
    case .sevenZip: archive_read_support_format_7zip(handle)
    case .gzip, .compressed:
      archive_read_support_filter_bzip2(handle)
      archive_read_support_filter_lz4(handle)
      archive_read_support_filter_xz(handle)
      archive_read_support_filter_zstd(handle)
      archive_read_support_format_tar(handle)
      archive_read_support_format_raw(handle)
    }
    if let password { archive_read_add_passphrase(handle, password) }
    return handle
  }
}

// MARK: - Errors

extension Archive {
  /// Turns a status of libarchive into an error.
  private func check(_ status: CInt) throws(SourceError) {
    guard status == ARCHIVE_OK else { throw failure() }
  }

  private func failure() -> SourceError {
    if let failure = feed?.failure { return failure }
    let reason = archive_error_string(handle).map { String(cString: $0) } ?? "unknown error"
    let label = entryName.isEmpty || isSingleFile ? "" : " at \(entryName)"
    if isEncrypted || reason.lowercased().contains("passphrase") || reason.contains("encrypted") {
      return encryptionFailure(reason)
    }
    if reason.contains("runcated") || reason.contains("Unrecognized archive format") {
      return SourceError(name, "is cut off or damaged\(label): get a fresh copy")
    }
    return SourceError(
      name, "is damaged\(label) (\(SourceName.printable(reason))): get a fresh copy")
  }

  private func encryptionFailure(_ reason: String) -> SourceError {
    let member = entryName.isEmpty ? "its list of members" : entryName
    if reason.contains("not supported") {
      return SourceError(
        name,
        "\(member) is encrypted in a way that cannot be read here; unpack it and give the folder")
    }
    if password == nil {
      return SourceError(name, "\(member) needs a password: give --password")
    }
    // A wrong password can also pass the short check of the old zip encryption and fail later.
    let certain = reason.lowercased().contains("passphrase")
    return SourceError(
      name,
      certain
        ? "wrong password for \(member): give --password"
        : "wrong password for \(member), or the file is damaged: give --password or get a fresh copy"
    )
  }
}

/// Feeds libarchive from a source, and keeps what the source threw.
private final class Feed {
  let source: any ByteSource
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
  var failure: SourceError?

  init(_ source: any ByteSource) {
    self.source = source
  }

  deinit { buffer.deallocate() }

  static func read(
    _ context: UnsafeMutableRawPointer?, _ result: UnsafeMutablePointer<UnsafeRawPointer?>?
  ) -> la_ssize_t {
    guard let context, let result else { return -1 }
    let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
    do throws(SourceError) {
      result.pointee = UnsafeRawPointer(feed.buffer.baseAddress)
      return try feed.source.read(into: feed.buffer)
    } catch {
      feed.failure = error
      return -1
    }
  }
}
