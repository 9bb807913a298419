//! Java built with Maven.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

/// What tells any Java project.
pub(super) const SIGNS: Signs = Signs {
    images: &[
        ("eclipse-temurin", 5),
        ("amazoncorretto", 5),
        ("openjdk*", 5),
        ("java*", 5),
        ("liberica*", 5),
        ("zulu-openjdk*", 5),
    ],
    commands: &[("java", 3), ("javac", 5)],
    files: &[("*.java", 5), ("*.jar", 4), ("*.war", 4)],
    ignored: &[("*.class", 4), ("*.iml", 3)],
};

/// Sources and leftovers of any Java project.
pub(super) const FILES: &[TypicalFile] = &[
    TypicalFile::many(
        "src/main/java/com/example/App.java",
        120,
        [20_000, 500_000, 10_000_000],
        Typical("a service's sources"),
    ),
    TypicalFile::many(
        "src/main/resources/application.yml",
        10,
        [500, 50_000, 5_000_000],
        Typical("settings and templates"),
    ),
    TypicalFile::many(
        "src/test/java/com/example/AppTest.java",
        60,
        [5_000, 250_000, 5_000_000],
        Typical("tests"),
    ),
    TypicalFile::one(".idea/workspace.xml", [2_000, 30_000, 500_000], Typical("editor settings"))
        .junk(),
];

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "maven",
    title: "Java with Maven",
    families: &["java"],
    signs: &[
        SIGNS,
        Signs {
            images: &[("maven*", 7)],
            commands: &[("mvn", 7), ("mvnw", 7)],
            files: &[("pom.xml", 8), ("mvnw", 7), (".mvn", 6), ("target/", 5)],
            ignored: &[("target", 3), (".mvn", 4)],
        },
    ],
    installers: &[("mvn", &["pom.xml"])],
    main_file: "App.java",
    files: &[
        FILES,
        &[
            TypicalFile::many(
                "target/classes/com/example/App.class",
                200,
                [50_000, 800_000, 15_000_000],
                Typical("compiled classes"),
            )
            .junk(),
            TypicalFile::one(
                "target/app.jar",
                [1_000_000, 25_000_000, 150_000_000],
                Typical("an application with its libraries"),
            )
            .junk(),
        ],
    ],
    ignore: &[
        &[IgnoreGroup {
            comment: "Output: Maven makes it again",
            lines: &["**/target", "**/*.class"],
            made_by: &[],
        }],
        JAVA_EDITORS,
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY pom.xml .\nRUN mvn dependency:go-offline\n\
                 COPY src src\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/app.jar /app.jar\n",
};

/// What Java editors leave beside the sources.
pub(super) const JAVA_EDITORS: &[IgnoreGroup] = &[IgnoreGroup {
    comment: "Java editors",
    lines: &["**/*.iml", "**/.classpath", "**/.project", "**/.settings"],
    made_by: &[],
}];
