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
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "tandem",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
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
    .target(name: "CKernels", exclude: ["body"]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),

    // MARK: - Floor 1: values

    library("TandemJSON", ["CSimdJSON"]),
    library(
      "TandemRecords", ["TandemJSON", "CCrypto"], resources: [.embedInCode("Schemas")]),
    library("TandemMath", ["CKernels"]),
    library("TandemTokenizer", ["TandemJSON", "CPCRE2"]),

    // MARK: - Floor 2: files, answers, language models

    library("TandemShards", ["TandemJSON", "TandemRecords", "CZstd"]),
    library("TandemAnswers", ["TandemRecords"]),
    library("TandemDedup", ["TandemRecords"]),
    library("TandemPrompts", ["TandemJSON", "TandemRecords", "TandemTokenizer"]),
    library("TandemLM", ["TandemJSON", "TandemRecords", "TandemMath"]),

    // MARK: - Floor 3: sources, the method

    library(
      "TandemSources",
      ["TandemJSON", "TandemRecords", "CArchive", "CSnappy", "CZlib", "CZstd", yams],
      exclude: ["Datasets/README.md"], resources: [.embedInCode("Datasets")]),
    library("TandemMethod", ["TandemJSON", "TandemRecords", "TandemAnswers"]),
    library(
      "TandemRollouts",
      [
        "TandemJSON", "TandemLM", "TandemMath", "TandemPrompts", "TandemRecords", "TandemShards",
        "TandemTokenizer", grdb,
      ]),
    library(
      "TandemTraining",
      ["TandemJSON", "TandemRecords", "TandemShards", "TandemLM", "COpenBLAS", "CElementwise"]),

    // MARK: - Floor 4 to 6: stages, commands

    library(
      "TandemStages",
      [
        "TandemJSON", "TandemRecords", "TandemShards", "TandemAnswers", "TandemDedup",
        "TandemPrompts", "TandemSources", "TandemMethod", "TandemRollouts", "TandemTokenizer",
      ]),
    library(
      "TandemCommands",
      [
        "TandemJSON", "TandemRecords", "TandemShards", "TandemAnswers", "TandemDedup",
        "TandemPrompts", "TandemSources", "TandemMethod", "TandemRollouts", "TandemStages",
        "TandemTokenizer", "TandemLM", "TandemMath", "TandemTraining", argumentParser,
      ]),
    .executableTarget(name: "tandem", dependencies: ["TandemCommands"], swiftSettings: settings),
    .executableTarget(
      name: "tandem-bench", dependencies: ["TandemLM", "TandemMath"], path: "Benchmarks/engine",
      swiftSettings: settings),

    // MARK: - Tests

    library("TandemTestSupport", ["TandemJSON"]),
    library("TandemTestEngine", ["TandemRecords", "TandemRollouts"]),
    .executableTarget(
      name: "sampling-trial",
      dependencies: [
        "TandemRecords", "TandemRollouts", "TandemShards", "TandemStages", "TandemTestEngine",
      ],
      path: "Tests/SamplingTrial", swiftSettings: settings),
    tests(of: "TandemJSON"),
    tests(of: "TandemRecords"),
    tests(of: "TandemMath"),
    tests(of: "TandemTokenizer", ["TandemJSON"], exclude: ["Reference", "Vectors"]),
    tests(of: "TandemShards", ["TandemJSON", "TandemRecords"]),
    tests(
      of: "TandemAnswers", ["TandemJSON", "TandemRecords"], exclude: ["Cases", "Leakage/Cases"]),
    tests(of: "TandemDedup", ["TandemJSON", "TandemRecords"]),
    tests(of: "TandemLM", ["TandemJSON", "TandemRecords"], exclude: ["Reference", "Vectors"]),
    tests(of: "TandemMethod", ["TandemJSON", "TandemRecords", "TandemAnswers"]),
    tests(of: "TandemPrompts", ["TandemRecords", "TandemTokenizer"]),
    tests(
      of: "TandemRollouts",
      [
        "TandemJSON", "TandemLM", "TandemRecords", "TandemShards", "TandemTestEngine",
        "TandemTokenizer", grdb,
      ]),
    tests(
      of: "TandemTraining", ["TandemJSON", "TandemRecords", "TandemShards", "TandemLM"]),
    tests(of: "TandemSources", ["TandemJSON", "TandemRecords"], exclude: ["Fixtures"]),
    tests(
      of: "TandemStages",
      [
        "sampling-trial", "TandemJSON", "TandemRecords", "TandemShards", "TandemAnswers",
        "TandemMethod", "TandemPrompts", "TandemRollouts", "TandemTestEngine", "TandemTokenizer",
      ]),
    tests(
      of: "TandemCommands",
      [
        "tandem", "TandemJSON", "TandemLM", "TandemRecords", "TandemShards", "TandemAnswers",
        "TandemSources", "TandemStages", "TandemTokenizer",
      ]),
  ],
  cxxLanguageStandard: .cxx17
)
