//! Java and Kotlin built with Gradle.

use super::sizes::{APPLICATION, CACHE, OUTPUT};
use super::{ProjectKind, Signs, common, ignore_remade, junk, maven};

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "gradle",
    title: "Java with Gradle",
    families: &["java"],
    signs: &[
        maven::SIGNS,
        Signs {
            images: &[(7, "gradle*")],
            commands: &[(7, "gradle, gradlew")],
            files: &[
                (8, "build.gradle, build.gradle.kts, settings.gradle, settings.gradle.kts"),
                (7, "gradlew"),
                (5, "build/libs/, *.kt"),
            ],
            ignored: &[(5, ".gradle")],
            taken: &[],
        },
    ],
    installers: &[
        ("gradle", "settings.gradle, build.gradle"),
        ("gradlew", "gradlew, settings.gradle.kts, build.gradle.kts"),
    ],
    main_file: "App.java",
    files: &[
        maven::FILES,
        &[
            junk(".gradle/8.14/executionHistory/executionHistory.bin", &CACHE),
            junk("build/classes/java/main/com/example/App.class", &OUTPUT),
            junk("build/libs/app.jar", &APPLICATION),
        ],
    ],
    ignore: &[
        &[ignore_remade(
            "Output: Gradle makes it again (no **/build: a package may have that name)",
            "build, */build, */*/build, **/.gradle, **/*.class",
            "gradle, gradlew, make",
        )],
        maven::JAVA_EDITORS,
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM gradle:8-jdk21 AS build\n\
                 WORKDIR /src\n\
                 COPY build.gradle settings.gradle ./\n\
                 COPY src src\n\
                 COPY . .\n\
                 RUN gradle bootJar\n\
                 FROM eclipse-temurin:21-jre\n\
                 COPY --from=build /src/build/libs/app.jar /app.jar\n",
};
