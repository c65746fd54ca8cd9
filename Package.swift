// swift-tools-version: 6.2
import PackageDescription

// MARK: - Settings, the same for every Swift target

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

func library(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [])
  -> Target
{
  .testTarget(
    name: name + "Tests",
    dependencies: [.init(stringLiteral: name), "TandemTestSupport"] + dependencies,
    exclude: exclude, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "tandem",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: - Floor 0: C

    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CElementwise"),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),

    // MARK: - Floor 1: values

    library("TandemJSON", ["CSimdJSON"]),
    library(
      "TandemRecords", ["TandemJSON", "CCrypto"], resources: [.embedInCode("Schemas")]),
    library("TandemTokenizer", ["TandemJSON", "CPCRE2"]),

    // MARK: - Floor 2: files, answers, language models

    library("TandemShards", ["TandemJSON", "TandemRecords", "CZstd"]),
    library("TandemAnswers", ["TandemRecords"]),
    library("TandemDedup", ["TandemRecords"]),
    library("TandemLM", ["TandemJSON", "TandemRecords"]),

    // MARK: - Floor 3: sources, the method

    library(
      "TandemSources",
      ["TandemJSON", "TandemRecords", "CArchive", "CSnappy", "CZlib", "CZstd", yams],
      exclude: ["Datasets/README.md"], resources: [.embedInCode("Datasets")]),
    library("TandemMethod", ["TandemJSON", "TandemRecords"]),
    library(
      "TandemTraining",
      ["TandemJSON", "TandemRecords", "TandemShards", "TandemLM", "COpenBLAS", "CElementwise"]),

    // MARK: - Floor 4 to 6: stages, commands

    library(
      "TandemStages",
      [
        "TandemJSON", "TandemRecords", "TandemShards", "TandemAnswers", "TandemDedup",
        "TandemSources",
        "TandemMethod",
      ]),
    library(
      "TandemCommands",
      [
        "TandemJSON", "TandemRecords", "TandemShards", "TandemAnswers", "TandemDedup",
        "TandemSources", "TandemMethod", "TandemStages", "TandemTokenizer", "TandemLM",
        "TandemTraining", argumentParser,
      ]),
    .executableTarget(name: "tandem", dependencies: ["TandemCommands"], swiftSettings: settings),

    // MARK: - Tests

    library("TandemTestSupport", []),
    tests(of: "TandemJSON"),
    tests(of: "TandemRecords"),
    tests(of: "TandemTokenizer", ["TandemJSON"], exclude: ["Reference", "Vectors"]),
    tests(of: "TandemShards", ["TandemJSON", "TandemRecords"]),
    tests(
      of: "TandemAnswers", ["TandemJSON", "TandemRecords"], exclude: ["Cases", "Leakage/Cases"]),
    tests(of: "TandemDedup", ["TandemJSON", "TandemRecords"]),
    tests(of: "TandemLM", ["TandemJSON", "TandemRecords"], exclude: ["Reference", "Vectors"]),
    tests(of: "TandemMethod", ["TandemJSON", "TandemRecords"]),
    tests(
      of: "TandemTraining", ["TandemJSON", "TandemRecords", "TandemShards", "TandemLM"]),
    tests(of: "TandemSources", ["TandemJSON", "TandemRecords"], exclude: ["Fixtures"]),
    tests(
      of: "TandemStages",
      ["TandemJSON", "TandemRecords", "TandemShards", "TandemAnswers", "TandemMethod"]),
    tests(
      of: "TandemCommands",
      [
        "tandem", "TandemJSON", "TandemRecords", "TandemShards", "TandemSources", "TandemStages",
        "TandemLM",
      ]),
  ],
  cxxLanguageStandard: .cxx17
)
