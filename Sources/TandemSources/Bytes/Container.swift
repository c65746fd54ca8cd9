/// What a file is on the outside, told from its first bytes.
enum Container {
  /// The rows themselves.
  case plain
  /// A gzip stream: one file, or a tar archive.
  case gzip
  /// An archive, or a file under another compression.
  case archive

  /// How many bytes are enough to tell.
  static let prefix = 512

  /// Looks at the first bytes.
  init(_ bytes: [UInt8]) {
    let archives: [[UInt8]] = [
      Array("PK\u{3}\u{4}".utf8), Array("PK\u{5}\u{6}".utf8), Array("BZh".utf8),
      [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18],
    ]
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if archives.contains(where: bytes.starts(with:)) {
      self = .archive
    } else if bytes.dropFirst(257).starts(with: "ustar".utf8) {
      self = .archive
    } else {
      self = .plain
    }
  }

  /// Suffixes of names that promise something other than plain rows.
  static let suffixes: Set<String> = [
    "zip", "7z", "tar", "gz", "tgz", "xz", "txz", "zst", "bz2", "lz4",
  ]
}
