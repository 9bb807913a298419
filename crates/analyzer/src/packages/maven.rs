//! Maven: the local repository, and the jar in `target`.
//!
//! No Maven build was measured. What is assumed follows what others published: a "hello world" of
//! Spring Boot 2.3 comes to 16 MB ("How to Shrink Docker Images from 16 MB to 5 KB with Spring Boot
//! Layered Builds"), a small web application to 40 or 50 MB (Martín Lamas, "Fitting the artifact
//! size in Spring Boot applications", February 2019), and a usual image to 150 to 250 MB, of which
//! `eclipse-temurin:21-jre-alpine` is 208.

use super::common::{self, ARCHIVE, Kilobytes, OUTPUT, PACKED, between, flag, join};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Maven.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "maven",
    title: "Maven",
    programs: &["mvn", "mvnw", "mvnd"],
    caches: &[CacheFolder {
        path: "~/.m2",
        holds: "libraries and plug-ins",
        cleaner: "rm -rf ~/.m2",
    }],
    read,
    perform,
    examples: &[
        ("mvn -B dependency:go-offline", ActionKind::Install, ""),
        ("mvn dependency:resolve-plugins dependency:resolve", ActionKind::Install, ""),
        ("./mvnw clean package -DskipTests", ActionKind::Build, ""),
        ("mvn -f /app/pom.xml verify", ActionKind::Build, ""),
        ("mvn clean", ActionKind::Clean, ""),
        ("mvn --version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] =
    &["-f", "--file", "-pl", "--projects", "-P", "-s", "--settings", "-T", "-gs"];

/// What the local repository holds after a build, plug-ins among it.
const REPOSITORY: Kilobytes = [80_000, 150_000, 280_000];
/// The wrapper's own Maven: 9 MB packed and 10 MB unpacked are assumed.
const WRAPPER: Kilobytes = [15_000, 19_000, 25_000];

fn read(line: &CommandLine) -> Option<Action> {
    let goals = common::words(line, VALUED);
    let builds = |goal: &&str| {
        matches!(*goal, "compile" | "test" | "package" | "verify" | "install" | "deploy")
            || goal.contains("spring-boot:") && !goal.ends_with(":help")
            || goal.contains("native:")
            || matches!(*goal, "quarkus:build" | "test-compile" | "process-classes")
    };
    let kind = if goals.iter().any(builds) {
        ActionKind::Build
    } else if goals.iter().any(|goal| goal.contains("dependency:") || *goal == "validate") {
        ActionKind::Install
    } else if goals.contains(&"clean") {
        ActionKind::Clean
    } else {
        ActionKind::Nothing
    };
    Some(Action::new(kind, line))
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let goals = common::words(line, VALUED);
    let project = Project::read(line, machine);
    if goals.contains(&"clean") {
        machine.remove(&join(&project.folder, "target"));
    }
    if !matches!(action.kind, ActionKind::Install | ActionKind::Build) {
        return;
    }
    let home = join(&machine.home(), ".m2");
    if line.program_name() == "mvnw" {
        let why = "The Maven that its wrapper fetches, packed and unpacked; 3.9 is assumed.";
        common::fill(&join(&home, "wrapper"), PACKED.assumed(WRAPPER, why), machine);
    }
    let repository = flag(line, &["-Dmaven.repo.local"]).map(str::to_owned);
    let repository = repository.unwrap_or_else(|| join(&home, "repository"));
    let why = "Libraries and plug-ins in Maven's local repository; those of a Spring Boot service \
               are assumed.";
    common::fill(&repository, PACKED.assumed(REPOSITORY, why), machine);
    let packs = ["package", "verify", "install", "deploy"];
    let packs = goals.iter().any(|goal| packs.contains(goal) || goal.contains(":repackage"));
    if action.kind != ActionKind::Build {
        return;
    }
    let target = join(&project.folder, "target");
    let why = "Classes and reports of a typical service, assumed.";
    machine.put(&target, OUTPUT.assumed([500, 1_000, 2_000], why));
    if packs {
        let (size, what) = jar_of(&project.manifest);
        let why = format!("{what}.");
        let jar = format!("{}.{}", project.artifact, project.packaging);
        machine.write(&join(&target, &jar), ARCHIVE.assumed(size, &why));
        if goals.iter().any(|goal| matches!(*goal, "install" | "deploy")) {
            machine.put(&repository, ARCHIVE.assumed(size, why));
        }
    }
}

/// How much a jar weighs, by what its build file names, and what that is. Shared with Gradle.
pub(super) fn jar_of(manifest: &str) -> (Kilobytes, &'static str) {
    let has = |name: &str| manifest.contains(name);
    if manifest.is_empty() {
        return (
            [18_000, 35_000, 65_000],
            "A jar of Spring Boot with its libraries, assumed without a build file",
        );
    }
    let is_spring = has("spring-boot") || has("org.springframework.boot");
    match (is_spring, has("-data-jpa") || has("hibernate") || has("spring-cloud")) {
        (true, true) => (
            [38_000, 50_000, 75_000],
            "A jar of Spring Boot with its libraries, data access among them",
        ),
        (true, false) => ([17_000, 23_000, 40_000], "A jar of Spring Boot with its libraries"),
        _ if has("shade") || has("assembly") || has("shadow") || has("quarkus") => {
            ([8_000, 16_000, 32_000], "A jar that holds its libraries, assumed")
        }
        _ => ([100, 200, 400], "A jar of the project's own classes, assumed"),
    }
}

/// What is known of the project.
struct Project {
    folder: String,
    manifest: String,
    /// Name of the jar without its suffix.
    artifact: String,
    packaging: String,
}

impl Project {
    fn read(line: &CommandLine, machine: &dyn Machine) -> Self {
        let file = flag(line, &["-f", "--file"]).unwrap_or("pom.xml");
        let (folder, file) = match file.ends_with(".xml") {
            true => (file.rsplit_once('/').map_or("", |(folder, _)| folder), file.to_owned()),
            false => (file, join(file, "pom.xml")),
        };
        let manifest = machine.text(&file).unwrap_or_default().to_owned();
        // The parent's own name and version stand before the project's.
        let own = manifest.split_once("</parent>").map_or(manifest.as_str(), |(_, rest)| rest);
        let value = |tag: &str| between(own, &format!("<{tag}>"), &format!("</{tag}>"));
        let directory = common::project_name(machine);
        let plain = |value: &&str| !value.contains("${");
        let name = value("artifactId").filter(plain).unwrap_or(&directory);
        let version = value("version").filter(plain).unwrap_or("0.0.1-SNAPSHOT");
        let artifact = match value("finalName").filter(plain) {
            Some(name) => name.to_owned(),
            None => format!("{name}-{version}"),
        };
        let packaging =
            value("packaging").filter(|it| matches!(*it, "jar" | "war")).unwrap_or("jar");
        let packaging = packaging.to_owned();
        Self { folder: folder.to_owned(), artifact, packaging, manifest }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    const MANIFEST: &str = "<project><parent><artifactId>spring-boot-starter-parent</artifactId>\
        <version>3.5.0</version></parent><artifactId>shop</artifactId><version>1.2</version>\
        <dependency>spring-boot-starter-data-jpa</dependency></project>";

    #[test]
    fn a_jar_weighs_by_what_the_build_file_names() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /root/.m2/wrapper: 19.0 MB (15.0 MB to 25.0 MB), Dependencies, assumed. The Maven that its wrapper fetches, packed and unpacked; 3.9 is assumed.
            put /root/.m2/repository: 150 MB (80.0 MB to 280 MB), Dependencies, assumed. Libraries and plug-ins in Maven's local repository; those of a Spring Boot service are assumed."#]].assert_eq(&machine.run("./mvnw -B dependency:go-offline"));
        machine.held.insert("/root/.m2/repository".into());
        expect![[r#"
            remove target
            put target: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Classes and reports of a typical service, assumed.
            write target/app-0.0.1-SNAPSHOT.jar: 35.0 MB (18.0 MB to 65.0 MB), Build, assumed. A jar of Spring Boot with its libraries, assumed without a build file."#]].assert_eq(&machine.run("mvn clean package -DskipTests"));
        machine.texts.insert("pom.xml".into(), MANIFEST.into());
        expect![[r#"
            put target: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Classes and reports of a typical service, assumed.
            write target/shop-1.2.jar: 50.0 MB (38.0 MB to 75.0 MB), Build, assumed. A jar of Spring Boot with its libraries, data access among them.
            put /root/.m2/repository: 50.0 MB (38.0 MB to 75.0 MB), Build, assumed. A jar of Spring Boot with its libraries, data access among them."#]].assert_eq(&machine.run("mvn install"));
        machine.texts.insert("pom.xml".into(), "<artifactId>shop</artifactId>".into());
        expect![[r#"
            put /m2: 150 MB (80.0 MB to 280 MB), Dependencies, assumed. Libraries and plug-ins in Maven's local repository; those of a Spring Boot service are assumed.
            put target: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Classes and reports of a typical service, assumed.
            write target/shop-0.0.1-SNAPSHOT.jar: 200 kB (100 kB to 400 kB), Build, assumed. A jar of the project's own classes, assumed."#]].assert_eq(&machine.run("mvn -Dmaven.repo.local=/m2 verify"));
        expect!["put target: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Classes and reports of a typical service, assumed."].assert_eq(&machine.run("mvn compile"));
    }
}
