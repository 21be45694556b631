// swift-tools-version: 6.2
import PackageDescription

// The benchmarks and, as links, the modules that they measure: one package, so that `package` access works.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "benchmarks",
  targets: [
    .systemLibrary(name: "CAllocator"),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CCatalog", exclude: ["apis", "results", "shapes"]),
    target("ComposeBasic", []),
    target("ComposeSyntax", ["CYAML", "ComposeBasic"]),
    target("ComposeSema", ["CCatalog", "ComposeBasic", "ComposeSyntax"]),
    target("ComposePlan", ["ComposeBasic", "ComposeSema", "ComposeSyntax"]),
    target("ComposeHTTP", ["CCurl"]),
    target("ComposeRuntime", ["ComposeBasic", "ComposePlan", "ComposeSema"]),
    .executableTarget(
      name: "measure",
      dependencies: [
        "CAllocator", "ComposeBasic", "ComposeHTTP", "ComposePlan", "ComposeRuntime", "ComposeSema", "ComposeSyntax",
      ],
      swiftSettings: settings
    ),
    .executableTarget(name: "transfer", dependencies: ["ComposeHTTP"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}
