//! A container that builds what it runs whenever it starts.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "builds-at-start",
    title: "Build in the image, and start what was built",
    aliases: &[],
    why: "A start that compiles takes as long as a build and as much memory, needs the compiler and \
          the sources in the image, and may fetch packages, so that a container starts only with a \
          network. A server for developers serves one person and is not made for more.",
    source: "https://docs.docker.com/build/building/multi-stage/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM golang:1.26\nCOPY . .\nCMD [\"go\", \"run\", \".\"]\n",
            "FROM golang:1.26\nCOPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM eclipse-temurin:21\nCOPY . .\nCMD ./mvnw spring-boot:run\n",
            "FROM eclipse-temurin:21\nCOPY . .\nRUN ./mvnw package\nCMD [\"java\", \"-jar\", \"a.jar\"]\n",
        ),
        Example::new(
            "FROM node:24\nCOPY . .\nRUN npm ci\nCMD [\"npx\", \"ng\", \"serve\", \"--host\", \"0.0.0.0\"]\n",
            "FROM node:24\nCOPY . .\nRUN npm ci\nCMD [\"npx\", \"serve\", \"dist\"]\n",
        ),
    ],
    check,
};

/// Starts that build, a word after the other with nothing but options between, and what to build with.
const STARTS: [(&str, &str, &str); 16] = [
    ("go", "run", "`go build`"),
    ("cargo", "run", "`cargo build --release`"),
    ("cargo", "watch", "`cargo build --release`"),
    ("dotnet", "run", "`dotnet publish`"),
    ("dotnet", "watch", "`dotnet publish`"),
    ("mvn", "spring-boot:run", "`mvn package`"),
    ("mvnw", "spring-boot:run", "`./mvnw package`"),
    ("mvn", "quarkus:dev", "`mvn package`"),
    ("mvnw", "quarkus:dev", "`./mvnw package`"),
    ("gradle", "bootRun", "`gradle bootJar`"),
    ("gradlew", "bootRun", "`./gradlew bootJar`"),
    ("ng", "serve", "`ng build`"),
    ("vue-cli-service", "serve", "`vue-cli-service build`"),
    ("react-scripts", "start", "`react-scripts build`"),
    ("next", "dev", "`next build`"),
    ("nuxt", "dev", "`nuxt build`"),
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let stages = subject.final_chain().iter();
    let own = stages.flat_map(|stage| subject.instructions_of(*stage)).map(|(_, it)| it);
    let starts = own
        .filter(|it| matches!(it.kind, InstructionKind::Cmd(_) | InstructionKind::Entrypoint(_)));
    let findings = starts.filter_map(|it| {
        let text = it.span.slice(subject.text());
        let (program, task, instead) = STARTS.iter().find(|(program, task, _)| calls(text, program, task))?;
        let message = format!(
            "`{program} {task}` builds whenever the container starts: build with {instead} in a RUN, in a stage of its own, and start what that makes."
        );
        Some(Finding::new(it.span, message).unsure(Confidence::Likely))
    });
    findings.collect()
}

/// Whether a text calls a program with a task, options between them.
fn calls(text: &str, program: &str, task: &str) -> bool {
    let is_between = |it: char| it.is_whitespace() || "\"'[],;&|()".contains(it);
    let words: Vec<&str> = text.split(is_between).filter(|word| !word.is_empty()).collect();
    let name = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
    words.iter().enumerate().any(|(at, word)| {
        let mut rest = words.iter().skip(at + 1).skip_while(|word| word.starts_with('-'));
        name(word) == program && rest.next() == Some(&task)
    })
}
