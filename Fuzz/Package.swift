// swift-tools-version: 6.2
import PackageDescription

// The fuzz targets and, as links, the modules that they feed: one package, so that `package` access works, and another
// one than the program's, so that only this one is built with the sanitizers.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]

let package = Package(
  name: "fuzz",
  products: [
    .executable(name: "FuzzEventStream", targets: ["FuzzEventStream"]),
    .executable(name: "FuzzExpression", targets: ["FuzzExpression"]),
    .executable(name: "FuzzJSON", targets: ["FuzzJSON"]),
    .executable(name: "FuzzYAML", targets: ["FuzzYAML"]),
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CCatalog", exclude: ["apis", "shapes"]),
    target("ComposeBasic", []),
    target("ComposeSyntax", ["CYAML", "ComposeBasic"]),
    target("ComposeSema", ["CCatalog", "ComposeBasic", "ComposeSyntax"]),
    target("ComposePlan", ["ComposeBasic", "ComposeSema", "ComposeSyntax"]),
    target("ComposeHTTP", ["CCurl"]),
    target("ComposeRuntime", ["ComposeBasic", "ComposePlan", "ComposeSema"]),
    .systemLibrary(name: "CFuzzer"),
    target("FuzzSupport", ["CFuzzer"]),
    fuzzer("FuzzEventStream", ["ComposeHTTP"]),
    fuzzer("FuzzExpression", ["ComposeBasic", "ComposeSyntax"]),
    fuzzer("FuzzJSON", ["ComposeBasic", "ComposeRuntime"]),
    fuzzer("FuzzYAML", ["ComposeBasic", "ComposeSyntax"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies + ["FuzzSupport"],
    swiftSettings: settings,
    linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]
  )
}
