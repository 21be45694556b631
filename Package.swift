// swift-tools-version: 6.2
import PackageDescription

// Targets stand in dependency order, leaves first: a target may depend only on targets above it.
// Within one target, dependencies are sorted.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

// What a released program does before its first line: loading four shared libraries and keeping a table of 29,000 names
// for others to look up were half of `--version` (docs/architecture.md, "Few libraries at start").
let quickStart = [
  "-use-ld=lld", "-Xclang-linker", "-no-pie", "-Xlinker", "--no-export-dynamic", "-Xclang-linker", "-static-libgcc",
  "-L\(Context.packageDirectory)/Linking/static",
]

let package = Package(
  name: "model-compose",
  products: [
    .executable(name: "model-compose", targets: ["model-compose"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // MARK: C libraries and embedded files
    // No pkgConfig: the folder that it names would come before `Linking/static`, and libcurl, which is loaded on first
    // use, would be linked (docs/architecture.md).
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CCatalog", exclude: ["apis", "results", "shapes"]),
    .target(name: "CWebAssets", exclude: ["assets"]),
    .target(name: "CProcess"),

    // MARK: Language. Pure: no file, network, clock or environment access.
    target("ComposeBasic", []),
    target("ComposeSyntax", ["CYAML", "ComposeBasic"]),
    target("ComposeSema", ["CCatalog", "ComposeBasic", "ComposeSyntax"]),
    target("ComposePlan", ["ComposeBasic", "ComposeSema", "ComposeSyntax"]),

    // MARK: Execution
    target("ComposeHTTP", ["CCurl"]),
    target("ComposeProcess", ["CProcess"]),
    target("ComposeRuntime", ["ComposeBasic", "ComposePlan", "ComposeSema"]),
    target(
      "ComposeComponents",
      [
        "CSQLite", "ComposeBasic", "ComposeHTTP", "ComposePlan", "ComposeProcess", "ComposeRuntime", "ComposeSema",
        "ComposeSyntax",
      ]
    ),
    target(
      "ComposeConformance",
      [
        "ComposeBasic", "ComposeComponents", "ComposeHTTP", "ComposePlan", "ComposeRuntime", "ComposeSema",
        "ComposeSyntax",
      ]
    ),

    // MARK: Applications
    target(
      "ComposeServer",
      [
        "CWebAssets", "ComposeBasic", "ComposePlan", "ComposeRuntime", "ComposeSema",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]
    ),
    .executableTarget(
      name: "model-compose",
      dependencies: [
        "ComposeBasic", "ComposeComponents", "ComposeConformance", "ComposeHTTP", "ComposePlan", "ComposeRuntime",
        "ComposeSema", "ComposeServer", "ComposeSyntax",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings,
      linkerSettings: [.unsafeFlags(quickStart, .when(platforms: [.linux], configuration: .release))]
    ),

    // MARK: Benchmarks
    .executableTarget(
      name: "stage-costs",
      dependencies: ["ComposeBasic", "ComposeHTTP", "ComposePlan", "ComposeRuntime", "ComposeSema", "ComposeSyntax"],
      path: "Benchmarks/StageCosts",
      swiftSettings: settings
    ),

    // MARK: Tests
    .target(
      name: "ComposeTestSupport",
      dependencies: ["ComposeBasic", "ComposeHTTP"],
      path: "Tests/ComposeTestSupport",
      swiftSettings: settings
    ),
    tests("ComposeBasic", []),
    tests("ComposeSyntax", ["ComposeBasic"]),
    tests("ComposeSema", ["ComposeBasic", "ComposePlan", "ComposeSyntax"]),
    tests("ComposePlan", ["ComposeBasic", "ComposeSema", "ComposeSyntax"]),
    tests("ComposeHTTP", ["ComposeBasic"]),
    tests("ComposeProcess", []),
    tests("ComposeRuntime", ["ComposeBasic", "ComposePlan", "ComposeSema", "ComposeSyntax"]),
    tests(
      "ComposeComponents",
      [
        "ComposeBasic", "ComposeHTTP", "ComposePlan", "ComposeProcess", "ComposeRuntime", "ComposeSema",
        "ComposeSyntax",
      ]
    ),
    tests("ComposeConformance", ["ComposeBasic", "ComposeRuntime"]),
    tests(
      "ComposeServer",
      [
        "ComposeBasic", "ComposeHTTP", "ComposePlan", "ComposeRuntime", "ComposeSema", "ComposeSyntax",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ]
    ),
    .testTarget(
      name: "ComposeTestSupportTests", dependencies: ["ComposeBasic", "ComposeTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: ["ComposeBasic", "ComposeTestSupport", "model-compose"],
      swiftSettings: settings),
    .testTarget(
      name: "TidyTests",
      dependencies: ["ComposeBasic", "ComposePlan", "ComposeSema", "ComposeSyntax", "ComposeTestSupport"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ subject: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: subject + "Tests",
    dependencies: [.byName(name: subject), "ComposeTestSupport"] + dependencies,
    swiftSettings: settings
  )
}
