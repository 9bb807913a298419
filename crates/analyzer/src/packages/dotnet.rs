//! .NET: the folder of NuGet packages, `bin` and `obj`, and what `publish` makes.
//!
//! Published sizes: a "hello" of .NET on a chiseled base is an image of 193 MB with its runtime,
//! 73.7 MB self-contained and trimmed, 36 MB without ICU, 14.8 MB with Native AOT
//! (<https://github.com/richlander/container-workshop/blob/7f40c5b9cfe0/publish-options.md>); one
//! for Windows a self-contained single file of 69 MB, 28 MB trimmed
//! (<https://gist.github.com/takekazuomi/771ae2c51f60adbe2ae199ec3eaf607f>). That a service brings
//! ASP.NET Core on top, some 25 MB, and all the rest is assumed.

use super::common::{self, BINARY, Kilobytes, OUTPUT, PACKAGES, flag, join, percent};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// .NET.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "dotnet",
    title: ".NET",
    programs: &["dotnet"],
    caches: &[
        CacheFolder {
            path: "~/.nuget/packages",
            holds: "NuGet packages",
            cleaner: "dotnet nuget locals all --clear",
        },
        CacheFolder {
            path: "~/.local/share/NuGet",
            holds: "NuGet's answers from the registry",
            cleaner: "dotnet nuget locals all --clear",
        },
    ],
    read,
    perform,
    examples: &[
        ("dotnet restore Api/Api.csproj", ActionKind::Install, ""),
        ("dotnet tool install --global dotnet-ef", ActionKind::Install, "dotnet-ef"),
        ("dotnet build -c Release --no-restore", ActionKind::Build, ""),
        ("dotnet publish Api.csproj -c Release -o /app/publish", ActionKind::Build, ""),
        ("dotnet test", ActionKind::Build, ""),
        ("dotnet clean", ActionKind::Clean, ""),
        ("dotnet nuget locals all --clear", ActionKind::Clean, ""),
        ("dotnet --info", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "-c",
    "--configuration",
    "-o",
    "--output",
    "-r",
    "--runtime",
    "-f",
    "--framework",
    "-v",
    "--verbosity",
    "-a",
    "--arch",
    "--os",
    "--version",
    "--tool-path",
    "--source",
    "-s",
    "--self-contained",
    "--sc",
];

/// Packages of a service with Entity Framework and Swagger; a runtime to bring along.
const RESTORED: Kilobytes = [60_000, 110_000, 200_000];
const RUNTIME_PACKS: Kilobytes = [110_000, 140_000, 180_000];

/// What `publish` makes of a service with some 8 MB of libraries.
const PORTABLE: Kilobytes = [4_000, 8_000, 16_000];
const SELF_CONTAINED: Kilobytes = [80_000, 108_000, 140_000];
const TRIMMED: Kilobytes = [22_000, 40_000, 75_000];
const NATIVE: Kilobytes = [8_000, 14_000, 30_000];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let (kind, named) = match words.as_slice() {
        ["tool", "install" | "update", rest @ ..] => (ActionKind::Install, rest),
        ["restore", ..] | ["tool" | "workload", "restore" | "install", ..] => {
            (ActionKind::Install, [].as_slice())
        }
        ["build" | "publish" | "test" | "pack" | "run" | "msbuild", ..] => {
            (ActionKind::Build, [].as_slice())
        }
        ["clean", ..] | ["nuget", "locals", ..] => (ActionKind::Clean, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let packages = named.iter().map(|&name| name.to_owned()).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, VALUED);
    let Some(command) = words.first() else { return };
    let file = words.get(1).copied().unwrap_or_default();
    let is_file = file.ends_with("proj") || file.ends_with(".sln") || file.ends_with(".slnx");
    let folder = match is_file {
        true => file.rsplit_once('/').map_or("", |(folder, _)| folder),
        false => file,
    };
    match (*command, action.kind) {
        ("tool", ActionKind::Install) => install_tools(action, machine),
        (_, ActionKind::Install) => restore(folder, line, machine),
        ("nuget", _) if words.contains(&"all") || words.contains(&"global-packages") => {
            machine.remove(&packages(machine));
        }
        ("clean", _) => machine.remove(&join(folder, "bin")),
        (command, ActionKind::Build) => {
            if !line.has_flag(&["--no-restore", "--no-build"]) {
                restore(folder, line, machine);
            }
            let project = project_text(file, machine);
            build(command, folder, line, machine);
            if command == "publish" {
                publish(folder, &project, line, machine);
            }
        }
        _ => {}
    }
}

fn project_text(file: &str, machine: &dyn Machine) -> String {
    let directory = common::project_name(machine);
    let own = machine.text(file).or_else(|| machine.text(&format!("{directory}.csproj")));
    own.unwrap_or_default().to_owned()
}

fn packages(machine: &dyn Machine) -> String {
    common::folder_of(machine, "NUGET_PACKAGES", ".nuget/packages")
}

fn restore(folder: &str, line: &CommandLine, machine: &mut dyn Machine) {
    let why = "NuGet packages, packed and unpacked; those of a service with Entity Framework and \
               Swagger are assumed.";
    common::fill(&packages(machine), PACKAGES.assumed(RESTORED, why), machine);
    if flag(line, &["-r", "--runtime", "-a", "--arch"]).is_some() {
        let packs = join(&packages(machine), "microsoft.aspnetcore.app.runtime");
        let why = "The runtime to bring along, as packages; the size is assumed.";
        common::fill(&packs, PACKAGES.assumed(RUNTIME_PACKS, why), machine);
    }
    let why = "NuGet's list of what the project needs, assumed.";
    common::fill(&join(folder, "obj"), OUTPUT.assumed([150, 300, 600], why), machine);
}

fn configuration<'line>(command: &str, line: &'line CommandLine) -> &'line str {
    let default = if command == "publish" { "Release" } else { "Debug" };
    flag(line, &["-c", "--configuration"]).unwrap_or(default)
}

fn build(command: &str, folder: &str, line: &CommandLine, machine: &mut dyn Machine) {
    let output = flag(line, &["-o", "--output"]).filter(|_| command == "build");
    let why = "Assemblies and the packages they need, of a typical service, assumed.";
    let output = match output {
        Some(output) => output.to_owned(),
        None => join(folder, &format!("bin/{}", configuration(command, line))),
    };
    common::fill(&output, OUTPUT.assumed(PORTABLE, why), machine);
    let own = join(folder, &format!("obj/{}", configuration(command, line)));
    let why = "Assemblies before they are put together, assumed.";
    common::fill(&own, OUTPUT.assumed([500, 1_000, 2_000], why), machine);
}

/// Whether a property is set to true on the command line or in the project.
fn is_set(name: &str, project: &str, line: &CommandLine) -> bool {
    let wanted = format!("{name}=true").to_ascii_lowercase();
    let is_property = |word: &str| {
        let bare = word.trim_start_matches(['-', '/']).to_ascii_lowercase();
        let value = bare.strip_prefix("property:").or_else(|| bare.strip_prefix("p:"));
        value.unwrap_or(&bare) == wanted
    };
    line.words().any(is_property) || project.contains(&format!("<{name}>true</{name}>"))
}

fn publish(folder: &str, project: &str, line: &CommandLine, machine: &mut dyn Machine) {
    let set = |name: &str| is_set(name, project, line);
    let mut contained = line.values_of(&["--self-contained", "--sc"]).into_iter();
    let is_flag = line.has_flag(&["--self-contained", "--sc"]);
    let is_denied =
        contained.any(|value| value == "false") || line.has_flag(&["--no-self-contained"]);
    let is_contained = is_flag || set("SelfContained") || set("PublishSelfContained");
    let (size, what) = if set("PublishAot") {
        (NATIVE, "one program by Native AOT")
    } else if set("PublishTrimmed") {
        (TRIMMED, "with the runtime, trimmed")
    } else if is_contained && !is_denied {
        (SELF_CONTAINED, "with the whole runtime (self-contained)")
    } else {
        (PORTABLE, "without the runtime, which the image has to bring")
    };
    let is_packed = set("EnableCompressionInSingleFile") && set("PublishSingleFile");
    let size = if is_packed { percent(size, 50) } else { size };
    let files = if set("PublishSingleFile") { BINARY } else { OUTPUT };
    let mut default =
        format!("bin/{}/{}", configuration("publish", line), framework(project, line, machine));
    if let Some(runtime) = flag(line, &["-r", "--runtime"]) {
        default = join(&default, runtime);
    }
    let default = join(folder, &join(&default, "publish"));
    let output = flag(line, &["-o", "--output"]).unwrap_or(&default);
    let why = format!("A published service, {what}; a typical one on ASP.NET Core is assumed.");
    machine.put(output, files.assumed(size, why));
}

/// The folder of the framework, by the command line, the project, or the version of the SDK's image.
fn framework(project: &str, line: &CommandLine, machine: &dyn Machine) -> String {
    let named = common::between(project, "<TargetFramework>", "</TargetFramework>");
    if let Some(framework) = flag(line, &["-f", "--framework"]).or(named) {
        return framework.to_owned();
    }
    let tag = machine.base().and_then(|base| base.reference.rsplit_once(':'));
    let version = tag.map_or("8.0", |(_, tag)| tag.split('-').next().unwrap_or_default());
    let mut numbers = version.split('.');
    let major = numbers.next().filter(|major| major.parse::<u32>().is_ok()).unwrap_or("8");
    format!("net{major}.{}", numbers.next().unwrap_or("0"))
}

fn install_tools(action: &Action, machine: &mut dyn Machine) {
    let path = flag(&action.line, &["--tool-path"]).map(str::to_owned);
    let path = path.unwrap_or_else(|| join(&machine.home(), ".dotnet/tools"));
    for name in &action.packages {
        let why = format!("The tool {name}, of which 15 MB are assumed.");
        machine.put(&path, PACKAGES.assumed([8_000, 15_000, 30_000], why));
    }
}

#[cfg(test)]
mod tests;
