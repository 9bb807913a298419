//! Commands that run another one: `sudo`, `env`, `xargs`, `sh -c`.

use super::expand::joined;
use super::value::{ExpandedWord, Value};
use super::walk::Walker;

/// A program that runs the command behind its own options.
struct Prefix {
    name: &'static str,
    /// Options that take the next word.
    valued: &'static [&'static str],
    /// Words of its own before the command.
    words: usize,
}

const fn prefix(name: &'static str, valued: &'static [&'static str], words: usize) -> Prefix {
    Prefix { name, valued, words }
}

const PREFIXES: &[Prefix] = &[
    prefix("sudo", &["-u", "-g", "-h", "-p", "-C", "-D", "-r", "-t", "--user", "--group"], 0),
    prefix("doas", &["-u", "-C"], 0),
    prefix("env", &["-u", "--unset", "-C", "--chdir"], 0),
    prefix("time", &["-f", "-o", "--format", "--output"], 0),
    prefix("nice", &["-n", "--adjustment"], 0),
    prefix("ionice", &["-c", "-n", "-t"], 0),
    prefix("nohup", &[], 0),
    prefix("exec", &["-a"], 0),
    prefix("command", &[], 0),
    prefix("builtin", &[], 0),
    prefix("busybox", &[], 0),
    prefix("eatmydata", &[], 0),
    prefix("fakeroot", &[], 0),
    prefix("stdbuf", &["-i", "-o", "-e"], 0),
    prefix("setarch", &[], 1),
    prefix("linux32", &[], 0),
    prefix("timeout", &["-s", "-k", "--signal", "--kill-after"], 1),
    prefix("gosu", &[], 1),
    prefix("su-exec", &[], 1),
    prefix("runuser", &["-u", "-g"], 0),
    prefix(
        "xargs",
        &["-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs"],
        0,
    ),
    prefix("tini", &["-e"], 0),
    prefix("dumb-init", &[], 0),
    prefix("catchsegv", &[], 0),
    prefix("ccache", &[], 0),
    prefix("xvfb-run", &["-n", "-s", "-e", "-f", "--server-args"], 0),
];

/// Most programs of this kind before a command.
const MOST_PREFIXES: usize = 20;

/// The words of the command that the words run.
pub(super) fn see_through(
    mut words: Vec<ExpandedWord>,
    walker: &mut Walker<'_>,
) -> Vec<ExpandedWord> {
    let mut start = 0;
    for _ in 0..MOST_PREFIXES {
        let Some(own) = words.get(start..) else { break };
        let name = own.first().and_then(|word| word.known()).map(super::file_name);
        let found = PREFIXES.iter().find(|prefix| Some(prefix.name) == name);
        let Some(found) = found else { break };
        let Some(inner) = inner_words(found, own, walker) else { break };
        let options = own.get(1..inner).unwrap_or_default();
        let placeholder = placeholder(options).filter(|_| found.name == "xargs");
        start += inner;
        if found.name == "xargs" {
            walker.frame.repeated = true;
            add_input(&mut words, start, placeholder.as_deref());
        }
    }
    words.drain(..start);
    words
}

/// What `xargs -I` replaces in the command.
fn placeholder(options: &[ExpandedWord]) -> Option<String> {
    let at = options.iter().position(|word| word.text().starts_with("-I"))?;
    let attached = options.get(at)?.text().strip_prefix("-I").filter(|text| !text.is_empty());
    attached.or_else(|| options.get(at + 1)?.known()).map(str::to_owned)
}

/// What comes from the standard input of `xargs`: behind the command from `start` on, or where the
/// placeholder stands. Scripts that hold one are read as they stand.
fn add_input(words: &mut Vec<ExpandedWord>, start: usize, placeholder: Option<&str>) {
    let Some(placeholder) = placeholder else {
        if let Some(span) = words.last().map(|last| last.span) {
            words.push(ExpandedWord { value: Value::unknown(), span });
        }
        return;
    };
    for word in words.iter_mut().skip(start) {
        let text = word.text().to_owned();
        if text.contains(char::is_whitespace) {
            continue;
        }
        if let Some((before, after)) = text.split_once(placeholder) {
            word.value = Value::of(before);
            word.value.push_unknown();
            word.value.push_text(after);
        }
    }
}

/// How many words stand before the command behind a prefix; `None` where none stands.
fn inner_words(prefix: &Prefix, words: &[ExpandedWord], walker: &mut Walker<'_>) -> Option<usize> {
    let mut rest = words.get(1..)?;
    let mut own = prefix.words;
    while let [word, after @ ..] = rest {
        let text = word.known_start();
        if prefix.name == "command" && matches!(text, "-v" | "-V") {
            return None;
        }
        rest = if text == "--" {
            rest = after;
            break;
        } else if text.starts_with('-') && text.len() > 1 {
            let valued = prefix.valued.contains(&text);
            if valued { after.get(1..)? } else { after }
        } else if let Some((name, value)) = assignment(prefix, word) {
            walker.set(&name, value);
            after
        } else if own > 0 {
            own -= 1;
            after
        } else {
            break;
        };
    }
    if prefix.name == "ccache" && rest.len() + 1 != words.len() {
        return None;
    }
    (!rest.is_empty()).then(|| words.len() - rest.len())
}

/// `NAME=value` before the command of `env` and `sudo`.
fn assignment(prefix: &Prefix, word: &ExpandedWord) -> Option<(String, Value)> {
    if !matches!(prefix.name, "env" | "sudo" | "doas") {
        return None;
    }
    word.split_once('=').map(|(name, value)| (name.to_owned(), value))
}

/// Where the text of an inner script stands.
pub(super) struct Inner {
    /// Its place among the arguments.
    pub(super) index: usize,
    /// Whether a shell of its own runs it.
    pub(super) own_shell: bool,
}

/// The text that `sh -c` or `eval` runs, if it is known.
pub(super) fn inner_script(name: &str, arguments: &[ExpandedWord]) -> Option<(String, Inner)> {
    let text_at = |index: usize| arguments.get(index)?.known().map(str::to_owned);
    match super::file_name(name) {
        "eval" => {
            let text = joined(arguments).known()?.to_owned();
            Some((text, Inner { index: 0, own_shell: false }))
        }
        "sh" | "bash" | "ash" | "dash" | "zsh" | "ksh" => {
            let index = command_option(arguments, &["-o", "-O", "+o", "--rcfile", "--init-file"])?;
            Some((text_at(index)?, Inner { index, own_shell: true }))
        }
        "su" | "runuser" => {
            let index = arguments
                .iter()
                .position(|word| matches!(word.known(), Some("-c" | "--command")))?
                + 1;
            Some((text_at(index)?, Inner { index, own_shell: true }))
        }
        _ => None,
    }
}

/// The place behind the option that has a `c`: `-c`, `-lc`, `-euxc`, `-euxo pipefail -c`.
fn command_option(arguments: &[ExpandedWord], valued: &[&str]) -> Option<usize> {
    let mut at = 0;
    loop {
        let text = arguments.get(at)?.known()?;
        if !text.starts_with(['-', '+']) {
            return None;
        }
        let short = text.starts_with('-') && !text.starts_with("--");
        let takes_value = valued.contains(&text) || (short && text.ends_with('o'));
        at += 1;
        if takes_value {
            at += 1;
        }
        if short && text.contains('c') {
            return Some(at);
        }
    }
}
