// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// pkg-config is asked where it is needed: by default SwiftPM warns everybody whose system does not have libpq, also those
// who do not use it. On Linux the header is found without.
#if os(Linux)
    let libpqPackage = Context.environment["PKG_CONFIG_PATH"].map { _ in "libpq" }
#else
    let libpqPackage: String? = "libpq"
#endif

// What needs Google Cloud is asked for only where the trait is on.
func googleCloud(_ name: String, package: String) -> Target.Dependency {
    .product(name: name, package: package, condition: .when(traits: ["GoogleCloud"]))
}

let package = Package(
    name: "swift-event-store",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "EventSourcing", targets: ["EventSourcing"]),
        .library(name: "EventSourcingSQLite", targets: ["EventSourcingSQLite"]),
        .library(name: "EventSourcingPostgres", targets: ["EventSourcingPostgres"]),
        .library(name: "EventSourcingGoogleCloud", targets: ["EventSourcingGoogleCloud"]),
        .library(name: "EventSourcingTesting", targets: ["EventSourcingTesting"]),
        .library(name: "SQLMigrations", targets: ["SQLMigrations"]),
        .executable(name: "event-store", targets: ["event-store"]),
        .executable(name: "row-generator", targets: ["row-generator"]),
        .plugin(name: "RowMappers", targets: ["RowMappers"]),
    ],
    traits: [
        .trait(name: "Postgres", description: "The store on PostgreSQL, which needs libpq"),
        .trait(
            name: "GoogleCloud", description: "Google Cloud SQL and BigQuery, which need SwiftNIO",
            enabledTraits: ["Postgres"]),
        .default(enabledTraits: ["Postgres", "GoogleCloud"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        // What the store on PostgreSQL reports to.
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.1.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
        // Google's interfaces, the signatures for them, and the tunnel to Cloud SQL.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.26.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.81.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.3.0"),
    ],
    targets: [
        // The store contract: events, expectations, errors, in-memory stores. No SQL.
        .target(name: "JSONText", swiftSettings: settings),
        .target(name: "EventSourcing", dependencies: ["JSONText"], swiftSettings: settings),
        .target(name: "EventSourcingTesting", dependencies: ["EventSourcing"], swiftSettings: settings),

        // From SQL files to a catalog, and from a catalog to Swift.
        .target(name: "SQLSchema", dependencies: ["JSONText"], swiftSettings: settings),
        .target(name: "SQLMigrations", dependencies: ["SQLSchema"], swiftSettings: settings),
        .target(name: "RowGenerator", dependencies: ["SQLSchema"], swiftSettings: settings),
        .executableTarget(name: "row-generator", dependencies: ["RowGenerator", "SQLSchema"], swiftSettings: settings),
        .plugin(name: "RowMappers", capability: .buildTool(), dependencies: ["row-generator"]),

        // What the stores on SQL databases share, and the databases themselves.
        .target(
            name: "EventSourcingSQL", dependencies: ["EventSourcing", "JSONText", "SQLMigrations", "SQLSchema"],
            swiftSettings: settings),
        .target(
            name: "StandardSchema", dependencies: ["EventSourcingSQL"], swiftSettings: settings,
            plugins: ["RowMappers"]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(
            name: "EventSourcingSQLite", dependencies: ["CSQLite", "EventSourcingSQL", "StandardSchema"],
            swiftSettings: settings),
        .systemLibrary(
            name: "CLibpq", pkgConfig: libpqPackage, providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "EventSourcingPostgres",
            dependencies: [
                .target(name: "CLibpq", condition: .when(traits: ["Postgres"])), "EventSourcingSQL", "JSONText",
                "StandardSchema",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Postgres"])),
                .product(name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["Postgres"])),
                .product(
                    name: "Tracing", package: "swift-distributed-tracing", condition: .when(traits: ["Postgres"])),
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["Postgres"])),
            ],
            swiftSettings: settings),

        // Cloud SQL is PostgreSQL with another way to connect; BigQuery is what the feed is exported to.
        .target(
            name: "EventSourcingGoogleCloud",
            dependencies: [
                "EventSourcingPostgres", "EventSourcingSQLite", "JSONText",
                googleCloud("AsyncHTTPClient", package: "async-http-client"),
                googleCloud("NIOCore", package: "swift-nio"), googleCloud("NIOPosix", package: "swift-nio"),
                googleCloud("NIOHTTP1", package: "swift-nio"), googleCloud("NIOTLS", package: "swift-nio"),
                googleCloud("NIOSSL", package: "swift-nio-ssl"),
                googleCloud("Crypto", package: "swift-crypto"), googleCloud("CryptoExtras", package: "swift-crypto"),
                googleCloud("X509", package: "swift-certificates"), googleCloud("SwiftASN1", package: "swift-asn1"),
                googleCloud("ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        .target(name: "DeferredLibpq", dependencies: ["CLibpq"]),
        .executableTarget(
            name: "event-store",
            dependencies: [
                .target(name: "DeferredLibpq", condition: .when(traits: ["Postgres"])),
                .target(name: "EventSourcingGoogleCloud", condition: .when(traits: ["GoogleCloud"])),
                .target(name: "EventSourcingPostgres", condition: .when(traits: ["Postgres"])), "EventSourcingSQLite",
                "JSONText", "RowGenerator", "SQLMigrations", "SQLSchema", "StandardSchema",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: ["EventSourcingPostgres"], path: "Tests/TestSupport",
            swiftSettings: settings),
        .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: settings),
        .testTarget(
            name: "EventSourcingTests", dependencies: ["EventSourcing", "EventSourcingTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "EventSourcingTestingTests", dependencies: ["EventSourcing", "EventSourcingTesting"],
            swiftSettings: settings),
        .testTarget(name: "SQLSchemaTests", dependencies: ["SQLSchema"], swiftSettings: settings),
        .testTarget(
            name: "SQLMigrationsTests", dependencies: ["SQLMigrations", "SQLSchema"], swiftSettings: settings),
        // What is generated for a team on both databases, and for one on PostgreSQL; it compiles, and is tested.
        .target(
            name: "TeamPostgresCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/team-postgres/expected", swiftSettings: settings),
        .target(
            name: "PostgresOnlyCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/postgres-only/expected", swiftSettings: settings),
        // And for two contexts in one schema, with row-mappers.json files of their own; and for a module by itself.
        .target(
            name: "OrdersCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/contexts-orders",
            exclude: ["row-mappers.json", "schema.json", "target.txt"],
            swiftSettings: settings),
        .target(
            name: "BillingCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/contexts-billing/expected", swiftSettings: settings),
        .target(
            name: "EveryTypeCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/every-type/expected", swiftSettings: settings),
        .target(
            name: "QueriesCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/queries/expected", swiftSettings: settings),
        .target(
            name: "InternalCode", dependencies: ["EventSourcingSQL"],
            path: "Tests/RowGeneratorTests/Cases/internal-access/expected", swiftSettings: settings),
        .testTarget(
            name: "RowGeneratorTests",
            dependencies: [
                "BillingCode", "EventSourcingPostgres", "EventSourcingSQL", "EventSourcingSQLite",
                "EventSourcingTesting", "EveryTypeCode", "InternalCode", "OrdersCode", "PostgresOnlyCode",
                "QueriesCode", "RowGenerator", "SQLMigrations", "SQLSchema", "TeamPostgresCode", "TestSupport",
                "row-generator",
            ],
            exclude: ["Cases", "SchemaChanges.txt"], swiftSettings: settings),
        // A process of the tests on SQLite that can be killed, limited and measured, and what it shares with them.
        .target(
            name: "SQLiteTestSupport", dependencies: ["EventSourcingSQLite", "TestSupport"],
            path: "Tests/SQLiteTestSupport", swiftSettings: settings),
        .executableTarget(
            name: "sqlite-worker", dependencies: ["CSQLite", "EventSourcingSQLite", "SQLiteTestSupport"],
            path: "Tests/SQLiteWorker", swiftSettings: settings),
        .testTarget(
            name: "EventSourcingSQLiteTests",
            dependencies: [
                "EventSourcingSQLite", "EventSourcingTesting", "SQLMigrations", "SQLSchema", "SQLiteTestSupport",
                "TestSupport", "sqlite-worker",
            ],
            swiftSettings: settings),
        // A process that holds a server, for the tests to kill.
        .executableTarget(
            name: "throwaway-server-program", dependencies: ["EventSourcingPostgres"],
            path: "Tests/ThrowawayServerProgram", swiftSettings: settings),
        .testTarget(
            name: "EventSourcingPostgresTests",
            dependencies: [
                "EventSourcingPostgres", "EventSourcingTesting", "SQLMigrations", "SQLSchema", "TestSupport",
                "throwaway-server-program",
                .product(name: "InMemoryLogging", package: "swift-log", condition: .when(traits: ["Postgres"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["Postgres"])),
                .product(
                    name: "InMemoryTracing", package: "swift-distributed-tracing",
                    condition: .when(traits: ["Postgres"])),
                .product(
                    name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle",
                    condition: .when(traits: ["Postgres"])),
            ],
            swiftSettings: settings),
        // What plays Google's services for the tests.
        .target(
            name: "GoogleCloudTestSupport",
            dependencies: [
                "JSONText", "TestSupport", googleCloud("NIOCore", package: "swift-nio"),
                googleCloud("NIOPosix", package: "swift-nio"), googleCloud("NIOHTTP1", package: "swift-nio"),
                googleCloud("NIOTLS", package: "swift-nio"),
                googleCloud("NIOSSL", package: "swift-nio-ssl"), googleCloud("Crypto", package: "swift-crypto"),
                googleCloud("CryptoExtras", package: "swift-crypto"),
                googleCloud("X509", package: "swift-certificates"), googleCloud("SwiftASN1", package: "swift-asn1"),
            ],
            path: "Tests/GoogleCloudTestSupport", swiftSettings: settings),
        .testTarget(
            name: "EventSourcingGoogleCloudTests",
            dependencies: [
                "EventSourcingGoogleCloud", "EventSourcingTesting", "GoogleCloudTestSupport", "JSONText",
                "SQLMigrations", "SQLSchema", "TestSupport",
                googleCloud("NIOCore", package: "swift-nio"), googleCloud("NIOPosix", package: "swift-nio"),
                googleCloud("NIOSSL", package: "swift-nio-ssl"), googleCloud("Crypto", package: "swift-crypto"),
                googleCloud("CryptoExtras", package: "swift-crypto"),
                googleCloud("X509", package: "swift-certificates"), googleCloud("SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: settings),
        .testTarget(name: "DocumentationTests", dependencies: ["TestSupport"], swiftSettings: settings),
        // Depends on the executable so that it is built; the tests run it as a process.
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "EventSourcingGoogleCloud", "EventSourcingPostgres", "EventSourcingSQLite", "JSONText", "SQLMigrations",
                "SQLSchema", "GoogleCloudTestSupport", "StandardSchema", "TestSupport", "event-store",
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
