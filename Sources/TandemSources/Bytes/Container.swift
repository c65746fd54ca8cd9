/// What a file is on the outside, told from its first bytes.
enum Container {
  /// The rows themselves.
  case plain
  /// A gzip stream: one file, or a tar archive.
  case gzip
  /// A file or a tar archive under another compression.
  case compressed
  case tar, zip, sevenZip

  /// How many bytes are enough to tell.
  static let prefix = 512

  /// Looks at the first bytes.
  init(_ bytes: [UInt8]) {
    let marks: [([UInt8], Container)] = [
      ([0x1F, 0x8B], .gzip), (Array("PK\u{3}\u{4}".utf8), .zip), (Array("PK\u{5}\u{6}".utf8), .zip),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip), (Array("BZh".utf8), .compressed),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed), ([0x28, 0xB5, 0x2F, 0xFD], .compressed),
      ([0x04, 0x22, 0x4D, 0x18], .compressed),
    ]
    let isTar = bytes.dropFirst(257).starts(with: "ustar".utf8)
    self = marks.first { bytes.starts(with: $0.0) }?.1 ?? (isTar ? .tar : .plain)
  }

  /// Suffixes of names that promise something other than plain rows.
  static let suffixes: Set<String> = [
    "zip", "7z", "tar", "gz", "tgz", "xz", "txz", "zst", "bz2", "lz4",
  ]
}
