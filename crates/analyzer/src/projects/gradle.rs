//! Java and Kotlin built with Gradle.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common, maven};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "gradle",
    title: "Java with Gradle",
    families: &["java"],
    signs: &[
        maven::SIGNS,
        Signs {
            images: &[("gradle*", 7)],
            commands: &[("gradle", 7), ("gradlew", 7)],
            files: &[
                ("build.gradle", 8),
                ("build.gradle.kts", 8),
                ("settings.gradle", 8),
                ("settings.gradle.kts", 8),
                ("gradlew", 7),
                ("build/libs/", 5),
                ("*.kt", 5),
            ],
            ignored: &[(".gradle", 5)],
        },
    ],
    installers: &[
        ("gradle", &["settings.gradle", "build.gradle"]),
        ("gradlew", &["gradlew", "settings.gradle.kts", "build.gradle.kts"]),
    ],
    main_file: "App.java",
    files: &[
        maven::FILES,
        &[
            TypicalFile::many(
                ".gradle/8.14/executionHistory/executionHistory.bin",
                15,
                [100_000, 2_000_000, 30_000_000],
                Typical("Gradle's history"),
            )
            .junk(),
            TypicalFile::many(
                "build/classes/java/main/com/example/App.class",
                200,
                [50_000, 800_000, 15_000_000],
                Typical("compiled classes"),
            )
            .junk(),
            TypicalFile::one(
                "build/libs/app.jar",
                [1_000_000, 25_000_000, 150_000_000],
                Typical("an application with its libraries"),
            )
            .junk(),
        ],
    ],
    ignore: &[
        &[IgnoreGroup {
            comment: "Output: Gradle makes it again (a package may be named build, so only as deep as projects are)",
            lines: &["build", "*/build", "*/*/build", "**/.gradle", "**/*.class"],
            made_by: &[],
        }],
        maven::JAVA_EDITORS,
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM gradle:8-jdk21 AS build\nWORKDIR /src\nCOPY build.gradle settings.gradle ./\nCOPY src src\nCOPY . .\n\
                 RUN gradle bootJar\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/build/libs/app.jar /app.jar\n",
};
