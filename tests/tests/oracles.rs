//! Two other readers of Dockerfiles against ours, on every case: where an answer differs, a
//! reason is listed.
//!
//! An answer is the keywords of the instructions, or a refusal. The verdicts in `cases/` are
//! BuildKit's; the two readers are independent witnesses, and what they get wrong is the reason
//! why most of the reading is our own code. A difference without a reason fails, and so does a
//! reason that explains nothing any more.

use layerwise_analyzer::dockerfile;
use layerwise_tests::{Case, markdown_files, read_cases};

type Answer = Option<Vec<String>>;

/// Ours: what [`dockerfile::parse`] alone says, before any plan.
fn ours(text: &str) -> Answer {
    let (dockerfile, errors) = dockerfile::parse(text);
    let keywords = dockerfile.instructions.iter();
    errors.is_empty().then(|| keywords.map(|one| one.keyword.text.to_uppercase()).collect())
}

fn parse_dockerfile(text: &str) -> Answer {
    use parse_dockerfile::Instruction as I;
    let instructions = parse_dockerfile::parse(text).ok()?.instructions;
    let keyword = |instruction: &I<'_>| match instruction {
        I::Add(_) => "ADD",
        I::Arg(_) => "ARG",
        I::Cmd(_) => "CMD",
        I::Copy(_) => "COPY",
        I::Entrypoint(_) => "ENTRYPOINT",
        I::Env(_) => "ENV",
        I::Expose(_) => "EXPOSE",
        I::From(_) => "FROM",
        I::Healthcheck(_) => "HEALTHCHECK",
        I::Label(_) => "LABEL",
        I::Maintainer(_) => "MAINTAINER",
        I::Onbuild(_) => "ONBUILD",
        I::Run(_) => "RUN",
        I::Shell(_) => "SHELL",
        I::Stopsignal(_) => "STOPSIGNAL",
        I::User(_) => "USER",
        I::Volume(_) => "VOLUME",
        I::Workdir(_) => "WORKDIR",
        _ => "?",
    };
    Some(instructions.iter().map(|instruction| keyword(instruction).to_owned()).collect())
}

fn dockerfile_parser(text: &str) -> Answer {
    use dockerfile_parser::Instruction as I;
    let instructions = dockerfile_parser::Dockerfile::parse(text).ok()?.instructions;
    let keyword = |instruction: &I| match instruction {
        I::From(_) => "FROM".to_owned(),
        I::Arg(_) => "ARG".to_owned(),
        I::Label(_) => "LABEL".to_owned(),
        I::Run(_) => "RUN".to_owned(),
        I::Entrypoint(_) => "ENTRYPOINT".to_owned(),
        I::Cmd(_) => "CMD".to_owned(),
        I::Copy(_) => "COPY".to_owned(),
        I::Env(_) => "ENV".to_owned(),
        I::Misc(misc) => misc.instruction.content.to_uppercase(),
    };
    Some(instructions.iter().map(keyword).collect())
}

/// A reader and the reasons why it differs from BuildKit, each with the cases it explains.
struct Reader {
    name: &'static str,
    read: fn(&str) -> Answer,
    reasons: &'static [(&'static str, &'static [&'static str])],
}

const READERS: &[Reader] = &[
    Reader {
        name: "parse-dockerfile",
        read: parse_dockerfile,
        reasons: &[
            (
                "takes a heredoc only as the first word, and its name right behind <<",
                &[
                    "heredoc as an argument of a command",
                    "two heredocs of one command",
                    "space between the arrows and the delimiter",
                ],
            ),
            ("wants a command", &["empty exec form", "CMD without arguments"]),
            ("continues after an escaped escape", &["a doubled backslash does not continue"]),
            ("wants stage names to differ", &["the same stage name twice"]),
            (
                "looks into a trigger before it fires",
                &[
                    "ONBUILD of an unknown instruction fails only where it is used",
                    "ONBUILD of a COPY without destination waits",
                ],
            ),
            ("wants directives at the left edge", &["a directive behind an indent counts"]),
        ],
    },
    Reader {
        name: "dockerfile-parser",
        read: dockerfile_parser,
        reasons: &[
            (
                "knows no heredocs",
                &[
                    "a script",
                    "a quoted delimiter does not expand",
                    "tabs are stripped with a dash",
                    "a file from a heredoc",
                    "two files from heredocs",
                    "heredoc as an argument of a command",
                    "two heredocs of one command",
                    "comments and directives inside a heredoc are content",
                    "an empty heredoc",
                    "delimiter with a dot",
                    "ADD from a heredoc",
                    "heredoc in ONBUILD",
                    "heredoc behind a continuation",
                    "mixed files and heredocs",
                    "space between the arrows and the delimiter",
                    "Windows line ends in a heredoc",
                    "a heredoc named in quotes with a blank",
                    "the delimiter with a blank behind it ends nothing",
                ],
            ),
            ("wants a command", &["CMD without arguments", "RUN without a command"]),
            ("splits COPY at blanks, JSON or not", &["copy names with spaces as JSON"]),
            (
                "knows fewer characters in names than BuildKit",
                &["stage names with dots, dashes and digits", "FROM a tag with a bad character"],
            ),
            (
                "refuses empty, escaped and half-quoted values",
                &[
                    "ENV in its new form",
                    "quotes inside ENV words",
                    "the old ENV keeps quotes and signs of equality",
                ],
            ),
            (
                "reads JSON by rules of its own",
                &[
                    "JSON with text behind it is shell form",
                    "JSON with escapes and other alphabets",
                ],
            ),
            ("takes one ARG a line", &["ARG before and after FROM"]),
            (
                "reads continuations apart from the words they join",
                &[
                    "empty line inside a continuation is skipped",
                    "a word split by a continuation",
                    "a backslash at the end of the file",
                ],
            ),
            ("continues after an escaped escape", &["a doubled backslash does not continue"]),
            (
                "knows no escape directive",
                &[
                    "escape directive makes the backtick continue",
                    "directives in upper case and with spaces",
                    "a directive behind an indent counts",
                ],
            ),
        ],
    },
];

fn all_cases() -> Vec<Case> {
    let read = |path| read_cases(&std::fs::read_to_string(path).expect("a case can be read"));
    markdown_files("cases").into_iter().flat_map(read).collect()
}

/// Whether a difference needs no reason of its own: both readers look at the form of a line and
/// leave flags, names, types, counts and the order of instructions to others.
fn only_looser(ours: &Answer, theirs: &Answer) -> bool {
    ours.is_none() && theirs.is_some()
}

#[test]
fn other_readers_differ_for_known_reasons_only() {
    let mut complaints = Vec::new();
    for reader in READERS {
        let mut explained: Vec<&str> =
            reader.reasons.iter().flat_map(|(_, cases)| cases.iter().copied()).collect();
        for case in all_cases() {
            let text = &case.fence("dockerfile").expect("a case has a dockerfile").text;
            let (ours, theirs) = (ours(text), (reader.read)(text));
            if ours == theirs || only_looser(&ours, &theirs) {
                continue;
            }
            match explained.iter().position(|name| *name == case.name) {
                Some(at) => _ = explained.swap_remove(at),
                None => complaints.push(format!(
                    "{}, case {:?}: it reads {theirs:?}, we read {ours:?}; find out who is right, and list the reason if it is us",
                    reader.name, case.name
                )),
            }
        }
        for name in explained {
            complaints.push(format!(
                "{}: nothing differs in {name:?} any more; take it off the list",
                reader.name
            ));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
