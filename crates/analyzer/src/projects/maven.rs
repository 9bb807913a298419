//! Java built with Maven.

use super::sizes::{APPLICATION, CONFIGURATION, OUTPUT, SOURCES, TESTS};
use super::{
    IgnoreGroup, ProjectKind, Signs, TypicalFile, common, file, ignore, ignore_remade, junk,
};

/// What tells any Java project.
pub(super) const SIGNS: Signs = Signs {
    images: &[(
        5,
        "eclipse-temurin, amazoncorretto, openjdk*, java1*, java2*, liberica*, zulu-openjdk*",
    )],
    commands: &[(5, "javac"), (3, "java")],
    files: &[(5, "*.java"), (4, "*.jar, *.war")],
    ignored: &[(4, "*.class"), (3, "*.iml")],
    taken: &[],
};

/// Sources and leftovers of any Java project.
pub(super) const FILES: &[TypicalFile] = &[
    file("src/main/java/com/example/App.java", &SOURCES),
    file("src/main/resources/application.yml", &CONFIGURATION),
    file("src/test/java/com/example/AppTest.java", &TESTS),
    junk(".idea/workspace.xml", &CONFIGURATION),
];

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "maven",
    title: "Java with Maven",
    families: &["java"],
    signs: &[
        SIGNS,
        Signs {
            images: &[(7, "maven*")],
            commands: &[(7, "mvn, mvnw")],
            files: &[(8, "pom.xml"), (7, "mvnw"), (6, ".mvn"), (5, "target/")],
            ignored: &[(4, ".mvn"), (3, "target")],
            taken: &[],
        },
    ],
    installers: &[("mvn", "pom.xml")],
    main_file: "App.java",
    files: &[
        FILES,
        &[
            junk("target/classes/com/example/App.class", &OUTPUT),
            junk("target/app.jar", &APPLICATION),
        ],
    ],
    ignore: &[
        &[ignore_remade(
            "Output: Maven makes it again",
            "**/target, **/*.class",
            "mvn, mvnw, make",
        )],
        JAVA_EDITORS,
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM maven:3.9-eclipse-temurin-21 AS build\n\
                 WORKDIR /src\n\
                 COPY pom.xml .\n\
                 RUN mvn dependency:go-offline\n\
                 COPY src src\n\
                 RUN mvn package\n\
                 FROM eclipse-temurin:21-jre\n\
                 COPY --from=build /src/target/app.jar /app.jar\n",
};

/// What Java editors leave beside the sources.
pub(super) const JAVA_EDITORS: &[IgnoreGroup] =
    &[ignore("Java editors", "**/*.iml, **/.classpath, **/.project, **/.settings")];
