//! What of a step itself is in its key, in the order in which differences are looked for.
//!
//! Not in it: comments, spelling that the plan has already evened out, stage names, and whatever
//! only changes the image's configuration.

use std::rc::Rc;

use super::{Versions, image_name};
use crate::dockerfile::Heredoc;
use crate::images::Platform;
use crate::plan::{
    BuildState, CopySource, CopyStep, Mount, MountKind, RunCommand, SourceForm, Step, StepKind,
    paths,
};

/// What a part of a key says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PartKind {
    /// What the step stands on.
    Parent,
    /// The base image.
    Base,
    /// The platform.
    Platform,
    /// What is done, and its flags.
    Instruction,
    /// The shell of a `RUN`.
    Shell,
    /// `ENV` in force.
    Environment,
    /// `ARG` with a value in scope.
    BuildArgument,
    /// The user.
    User,
    /// The working directory.
    WorkingDirectory,
    /// A mount.
    Mount,
    /// Files.
    Content,
    /// Nothing: the cache was not asked, or had nothing.
    NoCache,
}

impl PartKind {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Base => "base",
            Self::Platform => "platform",
            Self::Instruction => "instruction",
            Self::Shell => "shell",
            Self::Environment => "environment",
            Self::BuildArgument => "build-arg",
            Self::User => "user",
            Self::WorkingDirectory => "workdir",
            Self::Mount => "mount",
            Self::Content => "content",
            Self::NoCache => "no-cache",
        }
    }
}

/// One part of the key of a step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyPart {
    /// What it says.
    pub kind: PartKind,
    /// What it says of it, one thing a line.
    pub text: Rc<str>,
}

impl KeyPart {
    fn new(kind: PartKind, text: impl Into<Rc<str>>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// The most bytes of variables that are listed for all the steps of a build. A file of thousands of
/// `ENV` and `RUN` in turn would list millions; steps behind that are told apart by the rest.
const MOST_VARIABLE_BYTES: usize = 1 << 24;

/// Lists the variables of states, each state once.
#[derive(Default)]
pub(super) struct VariableLists {
    last: Option<(Rc<BuildState>, [KeyPart; 2])>,
    bytes: usize,
}

impl VariableLists {
    /// What `RUN` sees, in the order it does. Arguments stand apart so that a difference can be
    /// named; their order among each other counts as that of `ENV` does, and whether a name is set
    /// by the one or the other does not.
    fn of(&mut self, state: &Rc<BuildState>) -> [KeyPart; 2] {
        if let Some((last, parts)) = &self.last
            && Rc::ptr_eq(last, state)
        {
            return parts.clone();
        }
        let mut text = String::new();
        let mut arguments = String::new();
        if self.bytes < MOST_VARIABLE_BYTES {
            for (name, value) in state.variables.list() {
                text.extend([name, "=", value, "\n"]);
                if state.arguments.get(name) == Some(value) {
                    arguments.extend([name, "\n"]);
                }
            }
        }
        self.bytes = self.bytes.saturating_add(text.len());
        let parts = [
            KeyPart::new(PartKind::Environment, text),
            KeyPart::new(PartKind::BuildArgument, arguments),
        ];
        self.last = Some((Rc::clone(state), parts.clone()));
        parts
    }
}

/// The parts of a step's own, without what it stands on and the files it takes; beside them the names
/// of variables that are build arguments, which is for sentences and in no key.
pub(super) fn parts_of(
    step: &Step,
    platform: &Platform,
    configuration: &str,
    lists: &mut VariableLists,
) -> (Vec<KeyPart>, Rc<str>) {
    let state = &step.state;
    match &step.kind {
        StepKind::Run { command, mounts, network, security, devices } => {
            let [environment, arguments] = lists.of(state);
            let mut parts = vec![KeyPart::new(PartKind::Platform, platform.to_string())];
            push_command(command, state, &mut parts);
            let devices = devices.join(" ");
            let flags = format!("network={network} security={security} devices={devices}");
            parts.push(KeyPart::new(PartKind::Instruction, flags));
            parts.push(environment);
            parts.push(KeyPart::new(PartKind::User, &*state.user));
            parts.push(KeyPart::new(PartKind::WorkingDirectory, &*state.working_directory));
            parts.push(KeyPart::new(PartKind::Base, configuration));
            let mounts = mounts.iter().map(mount_text);
            parts.push(KeyPart::new(PartKind::Mount, mounts.collect::<String>()));
            (parts, arguments.text)
        }
        StepKind::Copy(copy) => (copy_parts(copy), "".into()),
        StepKind::Workdir(directory) => {
            let made = format!("WORKDIR {}", paths::clean("/", directory));
            let parts = vec![
                KeyPart::new(PartKind::Instruction, made),
                KeyPart::new(PartKind::User, &*state.user),
            ];
            (parts, "".into())
        }
        StepKind::Configuration(_) => (Vec::new(), "".into()),
    }
}

/// The arguments of the process: the shell form is the shell's own and then the text.
///
/// `dispatchRun` of
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.
fn push_command(command: &RunCommand, state: &BuildState, parts: &mut Vec<KeyPart>) {
    let mut script = None;
    let mut arguments: Vec<String> = Vec::new();
    match command {
        RunCommand::Exec(list) => arguments.clone_from(list),
        RunCommand::Shell { text, heredocs } => match lone_heredoc(text, heredocs) {
            Some(heredoc) if heredoc.content.starts_with("#!") => script = Some(heredoc),
            Some(heredoc) => {
                arguments.extend_from_slice(&state.shell);
                arguments.push(heredoc.content.clone());
            }
            None => {
                arguments.extend_from_slice(&state.shell);
                let mut whole = text.trim().to_owned();
                for heredoc in heredocs {
                    whole.extend(["\n", &heredoc.content, &heredoc.name]);
                }
                arguments.push(whole);
            }
        },
    }
    if let Some(heredoc) = script {
        let text = format!("/dev/pipes/{}\n{}", heredoc.name, heredoc.content);
        parts.push(KeyPart::new(PartKind::Instruction, text));
        return;
    }
    // The last argument first: of a shell form it is what people edit.
    let last = arguments.pop().unwrap_or_default();
    parts.push(KeyPart::new(PartKind::Instruction, last));
    parts.push(KeyPart::new(PartKind::Shell, arguments.join("\n")));
}

/// The heredoc that a `RUN` is nothing but.
fn lone_heredoc<'run>(text: &str, heredocs: &'run [Heredoc]) -> Option<&'run Heredoc> {
    let word = text.trim().trim_start_matches(|digit: char| digit.is_ascii_digit());
    let name = word.strip_prefix("<<")?;
    let name = name.strip_prefix('-').unwrap_or(name).trim_matches(['"', '\'']);
    heredocs.first().filter(|heredoc| heredocs.len() == 1 && heredoc.name == name)
}

/// A mount, without the files in it. The sharing of a cache mount does not count, nor does the value
/// of a secret; a cache mount without `id` has its target as one.
///
/// `dispatchRunMounts` of
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert_runmount.go>.
fn mount_text(mount: &Mount) -> String {
    let target = paths::clean("/", &mount.target);
    let id = match mount.kind {
        MountKind::Cache => paths::clean("/", mount.id.as_deref().unwrap_or(&mount.target)),
        _ => mount.id.clone().unwrap_or_else(|| mount.source.clone()),
    };
    let Mount { read_only, required, mode, uid, gid, size, environment, .. } = mount;
    match mount.kind {
        MountKind::Bind => format!("bind {target} read-only={read_only}\n"),
        MountKind::Tmpfs => format!("tmpfs {target} {size:?}\n"),
        MountKind::Cache => {
            format!("cache {target} id={id} {mode:?} {uid:?} {gid:?} read-only={read_only}\n")
        }
        MountKind::Secret => {
            format!("secret {target} id={id} {required} {mode:?} {uid:?} {gid:?} {environment:?}\n")
        }
        MountKind::Ssh => format!("ssh {target} id={id} {required} {mode:?} {uid:?} {gid:?}\n"),
    }
}

/// Of a source only its last name counts, the rest is in the content.
fn copy_parts(copy: &CopyStep) -> Vec<KeyPart> {
    let unpack = copy.unpack.unwrap_or(copy.add);
    let mut flags = vec![
        format!("unpack={unpack}"),
        format!("chown={}", copy.chown.as_deref().unwrap_or_default()),
        format!("chmod={}", copy.chmod.as_deref().unwrap_or_default()),
        format!("link={} parents={}", copy.link, copy.parents),
        format!("keep-git-dir={}", copy.keep_git_dir),
    ];
    flags.extend(copy.excludes.iter().map(|pattern| format!("exclude={pattern}")));
    let mut sources = String::new();
    for source in &copy.sources {
        let name = match copy.form_of(source) {
            SourceForm::Heredoc(name) => name.to_owned(),
            SourceForm::Path if copy.parents => source.clone(),
            SourceForm::Path => last_name(&paths::clean("/", source)),
            SourceForm::Url | SourceForm::Git => last_name(source),
        };
        sources.extend([&name, "\n"]);
    }
    vec![
        KeyPart::new(PartKind::Instruction, flags.join("\n")),
        KeyPart::new(PartKind::Instruction, format!("from {sources}")),
        KeyPart::new(PartKind::Instruction, format!("to {}", copy.destination)),
    ]
}

fn last_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() { "/".to_owned() } else { name.to_owned() }
}

/// The parts that stand for an image: what a stage starts from, or files are copied from.
pub(super) fn image_parts(
    reference: &str,
    platform: &Platform,
    versions: &Versions,
) -> Vec<KeyPart> {
    let name = image_name(reference);
    let version = versions.images.get(&name).copied().unwrap_or_default();
    vec![
        KeyPart::new(PartKind::Base, format!("{name}\n{version}")),
        KeyPart::new(PartKind::Platform, platform.to_string()),
    ]
}

/// What stands for the settings that an image brings beside its files.
pub(super) fn configuration_of(reference: &str, versions: &Versions) -> String {
    let name = image_name(reference);
    let version = versions.configurations.get(&name).copied().unwrap_or_default();
    if version == 0 { String::new() } else { format!("{name} {version}") }
}

/// What a linked layer is put on the layers below with.
pub(super) fn merge_parts() -> Vec<KeyPart> {
    vec![KeyPart::new(PartKind::Instruction, "merge")]
}

/// Where the files of a step come from that have no tree here.
pub(super) fn remote_name(source: &str, copy: &CopyStep) -> String {
    match (&copy.checksum, &copy.from) {
        (Some(checksum), CopySource::Context) => checksum.clone(),
        _ => source.to_owned(),
    }
}
