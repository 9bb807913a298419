//! Gradle: its home with the wrapper's distribution and the libraries, and the jars in `build/libs`.
//!
//! The wrapper keeps the archive beside what it unpacks
//! (<https://github.com/gradle/gradle/issues/19480>): `gradle-8.3-bin.zip` has 125 MB
//! (<https://github.com/elastic/elasticsearch/issues/99511>, September 2023), `gradle-9.7.1-bin`
//! 162 MB unpacked and `-all` 517 MB (<https://github.com/iBotPeaches/Apktool/pull/4226>, September
//! 2026). The rest is assumed as for Maven.

use super::common::{self, ARCHIVE, Kilobytes, OUTPUT, PACKED, PROGRAMS, between, flag, join};
use super::maven::jar_of;
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Gradle.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "gradle",
    title: "Gradle",
    programs: &["gradle", "gradlew"],
    caches: &[CacheFolder {
        path: "~/.gradle",
        holds: "libraries, plug-ins and the wrapper's Gradle",
        cleaner: "rm -rf ~/.gradle",
    }],
    read,
    perform,
    examples: &[
        ("./gradlew dependencies --no-daemon", ActionKind::Install, ""),
        ("gradle clean build -x test --no-daemon", ActionKind::Build, ""),
        ("./gradlew :api:bootJar", ActionKind::Build, ""),
        ("gradle installDist", ActionKind::Build, ""),
        ("gradle clean", ActionKind::Clean, ""),
        ("gradle --version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &["-x", "--exclude-task", "-p", "--project-dir", "-b", "-c", "-I", "-g"];

/// Libraries and plug-ins, with what Gradle compiles of the build scripts.
const LIBRARIES: Kilobytes = [120_000, 220_000, 400_000];
const WRAPPER: Kilobytes = [230_000, 290_000, 330_000];
const WHOLE_WRAPPER: Kilobytes = [450_000, 620_000, 750_000];

fn read(line: &CommandLine) -> Option<Action> {
    let tasks = tasks(line);
    let fetches = ["dependencies", "resolveDependencies", "downloadDependencies", "wrapper"];
    let idle = ["tasks", "projects", "properties", "help", "init"];
    let is_word =
        |words: &[&str]| tasks.iter().all(|task| words.contains(task) || *task == "clean");
    let kind = match tasks.as_slice() {
        [] => ActionKind::Nothing,
        tasks if tasks.iter().all(|task| *task == "clean") => ActionKind::Clean,
        _ if is_word(&idle) => ActionKind::Nothing,
        _ if is_word(&fetches) => ActionKind::Install,
        _ => ActionKind::Build,
    };
    Some(Action::new(kind, line))
}

/// Tasks without the path of their project.
fn tasks(line: &CommandLine) -> Vec<&str> {
    let words = common::words(line, VALUED).into_iter();
    words.map(|task| task.rsplit(':').next().unwrap_or_default()).collect()
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let folder = subproject(line);
    if tasks(line).contains(&"clean") {
        machine.remove(&join(&folder, "build"));
    }
    if !matches!(action.kind, ActionKind::Install | ActionKind::Build) {
        return;
    }
    let home = flag(line, &["-g", "--gradle-user-home"]).map(str::to_owned);
    let home = home.unwrap_or_else(|| common::folder_of(machine, "GRADLE_USER_HOME", ".gradle"));
    if line.program_name() == "gradlew" {
        fetch_wrapper(&home, machine);
    }
    let why = "Libraries and plug-ins in Gradle's caches; those of a Spring Boot service are \
               assumed.";
    common::fill(&join(&home, "caches"), PACKED.assumed(LIBRARIES, why), machine);
    if action.kind == ActionKind::Build {
        build(&folder, line, machine);
    }
}

fn fetch_wrapper(home: &str, machine: &mut dyn Machine) {
    let settings = machine.text("gradle/wrapper/gradle-wrapper.properties").unwrap_or_default();
    let what = "The Gradle that its wrapper fetches, packed and unpacked";
    let contents = match settings.contains("-all.zip") {
        true => {
            let why =
                format!("{what}, with sources and documentation (-all); its archive is assumed.");
            PROGRAMS.assumed(WHOLE_WRAPPER, why)
        }
        false => {
            let why = format!("{what}, programs alone (-bin).");
            PROGRAMS.sized(WRAPPER, !settings.is_empty(), why)
        }
    };
    common::fill(&join(home, "wrapper/dists"), contents, machine);
}

/// The folder of the project whose tasks run: that of `-p`, or of the first task with a path.
fn subproject(line: &CommandLine) -> String {
    if let Some(folder) = flag(line, &["-p", "--project-dir"]) {
        return folder.to_owned();
    }
    let words = common::words(line, VALUED);
    let path = words.iter().find_map(|task| task.rsplit_once(':')).map_or("", |(path, _)| path);
    path.trim_matches(':').replace(':', "/")
}

/// The project's name and version, as its files have them or Spring's starter makes them.
fn identity(folder: &str, manifest: &str, machine: &dyn Machine) -> (String, Option<String>) {
    let quoted = |text: &str, key: &str| {
        let (_, rest) = text.split_once(key)?;
        let rest = rest.lines().next()?.replace('\'', "\"");
        between(&rest, "\"", "\"").map(str::to_owned)
    };
    let text = |name: &str| machine.text(&join(folder, name));
    let settings = text("settings.gradle.kts").or_else(|| text("settings.gradle"));
    let named = settings.and_then(|text| quoted(text, "rootProject.name"));
    let name = named.unwrap_or_else(|| match folder {
        "" => common::project_name(machine),
        folder => common::last_name(folder, "app").to_owned(),
    });
    let mut lines = manifest.lines();
    let version = match manifest.is_empty() {
        true => Some("0.0.1-SNAPSHOT".to_owned()),
        false => {
            lines.find(|line| line.starts_with("version")).and_then(|line| quoted(line, "version"))
        }
    };
    (name, version)
}

fn build(folder: &str, line: &CommandLine, machine: &mut dyn Machine) {
    let text = |name: &str| machine.text(&join(folder, name));
    let manifest = text("build.gradle.kts").or_else(|| text("build.gradle"));
    let manifest = manifest.unwrap_or_default().to_owned();
    let (name, version) = identity(folder, &manifest, machine);
    let stem = version.map_or_else(|| name.clone(), |version| format!("{name}-{version}"));
    let output = join(folder, "build");
    let why = "Classes and reports of a typical service, assumed.";
    machine.put(&output, OUTPUT.assumed([1_000, 2_000, 4_000], why));
    let (size, what) = jar_of(&manifest);
    let why = format!("{what}.");
    let tasks = tasks(line);
    let makes = |names: &[&str]| tasks.iter().any(|task| names.contains(task));
    if makes(&["build", "assemble", "bootJar", "jar", "shadowJar", "buildFatJar", "bootWar", "war"])
    {
        let suffix =
            if makes(&["shadowJar"]) || manifest.contains("shadow") { "-all.jar" } else { ".jar" };
        let path = format!("libs/{stem}{suffix}");
        machine.write(&join(&output, &path), ARCHIVE.assumed(size, &why));
    }
    if makes(&["installDist", "installShadowDist"]) {
        let [low, likely, high] = size;
        let size = [low.max(9_000), likely.max(18_000), high.max(36_000)];
        let why = "The program's jars and scripts; some 20 MB of libraries are assumed.";
        machine.put(&join(&output, &format!("install/{name}")), ARCHIVE.assumed(size, why));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn a_jar_and_the_home_of_gradle() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /root/.gradle/wrapper/dists: 290 MB (230 MB to 330 MB), Dependencies, assumed. The Gradle that its wrapper fetches, packed and unpacked, programs alone (-bin).
            put /root/.gradle/caches: 220 MB (120 MB to 400 MB), Dependencies, assumed. Libraries and plug-ins in Gradle's caches; those of a Spring Boot service are assumed.
            put api/build: 2.00 MB (1.00 MB to 4.00 MB), Build, assumed. Classes and reports of a typical service, assumed.
            write api/build/libs/api-0.0.1-SNAPSHOT.jar: 35.0 MB (18.0 MB to 65.0 MB), Build, assumed. A jar of Spring Boot with its libraries, assumed without a build file."#]].assert_eq(&machine.run("./gradlew :api:bootJar --no-daemon"));
        let settings = "distributionUrl=gradle-9.1-all.zip";
        let path = "gradle/wrapper/gradle-wrapper.properties";
        machine.texts.insert(path.into(), settings.into());
        machine.held.insert("/home/gradle/.gradle/caches".into());
        machine.variables.insert("GRADLE_USER_HOME".into(), "/home/gradle/.gradle".into());
        let manifest = "plugins { id 'org.springframework.boot' }\nversion = '1.4'\n";
        machine.texts.insert("build.gradle".into(), manifest.into());
        machine.texts.insert("settings.gradle".into(), "rootProject.name = 'shop'\n".into());
        expect![[r#"
            remove build
            put /home/gradle/.gradle/wrapper/dists: 620 MB (450 MB to 750 MB), Dependencies, assumed. The Gradle that its wrapper fetches, packed and unpacked, with sources and documentation (-all); its archive is assumed.
            put build: 2.00 MB (1.00 MB to 4.00 MB), Build, assumed. Classes and reports of a typical service, assumed.
            write build/libs/shop-1.4.jar: 23.0 MB (17.0 MB to 40.0 MB), Build, assumed. A jar of Spring Boot with its libraries."#]].assert_eq(&machine.run("./gradlew clean build -x test"));
        expect![[r#"
            put build: 2.00 MB (1.00 MB to 4.00 MB), Build, assumed. Classes and reports of a typical service, assumed.
            put build/install/shop: 23.0 MB (17.0 MB to 40.0 MB), Build, assumed. The program's jars and scripts; some 20 MB of libraries are assumed."#]].assert_eq(&machine.run("gradle installDist"));
        expect![[r#""#]].assert_eq(&machine.run("gradle dependencies"));
    }
}
