//! Which line made which layer.

use super::{MeasuredLayer, classic};
use crate::order;

/// The most pairs that are looked at; a Dockerfile and an image have some dozens of each.
const MOST_PAIRS: usize = 250_000;

/// What Docker writes of an instruction, without what differs between builders and versions: the
/// shell, flags, the mark of BuildKit.
pub(super) fn normalize(created_by: &str) -> String {
    let text = created_by.trim();
    let text = text.strip_suffix("# buildkit").unwrap_or(text).trim();
    // The classic builder writes what it does not run as a comment of the shell.
    let comment = text.split_once("#(nop)").filter(|(shell, _)| shell.len() < 40);
    let text = comment.map_or(text, |(_, text)| text).trim_start();
    let (keyword, rest) = match text.split_once(char::is_whitespace) {
        Some((keyword, rest)) if is_keyword(keyword) => (keyword, rest),
        // The classic builder writes a RUN as the shell that ran it.
        _ => ("RUN", text),
    };
    let rest = if keyword == "RUN" { without_shell(rest) } else { rest };
    let mut words = rest.split_whitespace().peekable();
    let is_flag = |word: &&str| word.starts_with("--") && classic::source_in(word).is_none();
    while words.next_if(is_flag).is_some() {}
    if keyword == "EXPOSE" {
        return ports(rest);
    }
    // Docker writes the list of a CMD without commas.
    let is_list = rest.trim_start().starts_with('[') && keyword != "RUN";
    let mut normal = keyword.to_owned();
    for word in words {
        normal.push(' ');
        // The classic builder leaves no room behind the owner.
        let word = classic::source_in(word).filter(|_| word.starts_with("--")).unwrap_or(word);
        normal.push_str(if is_list { word.trim_end_matches(',') } else { word });
    }
    normal
}

/// `EXPOSE` of ports in one way of writing: `80 443/tcp`, `map[80/tcp:{}]`, `[80/tcp]`.
fn ports(written: &str) -> String {
    let written = written.replace("map[", " ");
    let ports = written.split(|it: char| it.is_whitespace() || "[]{}:,".contains(it));
    let ports = ports.filter(|port| !port.is_empty());
    let mut ports: Vec<&str> = ports.map(|it| it.strip_suffix("/tcp").unwrap_or(it)).collect();
    order::sort(&mut ports);
    format!("EXPOSE {}", ports.join(" "))
}

/// What is left of what Docker cut off, without a beginning of BuildKit's mark.
fn uncut(layer: &MeasuredLayer) -> &str {
    const MARK: &str = " # buildkit";
    let text = layer.created_by.as_str();
    let ends = (1..MARK.len()).rev().filter_map(|length| MARK.get(..length));
    let mut ends = ends.filter(|_| layer.is_cut);
    ends.find_map(|end| text.strip_suffix(end)).unwrap_or(text)
}

fn is_keyword(word: &str) -> bool {
    let known = [
        "RUN",
        "COPY",
        "ADD",
        "WORKDIR",
        "ENV",
        "ARG",
        "LABEL",
        "CMD",
        "ENTRYPOINT",
        "EXPOSE",
        "USER",
        "VOLUME",
        "SHELL",
        "STOPSIGNAL",
        "HEALTHCHECK",
        "ONBUILD",
        "MAINTAINER",
    ];
    known.contains(&word)
}

/// A command without the build arguments and the shells before it: `|1 A=b /bin/sh -c make`.
fn without_shell(text: &str) -> &str {
    let text = text.trim_start();
    let mut rest = text;
    loop {
        if let Some(mut command) = after_shell(rest) {
            // A command may begin with a shell of its own, wherever it is written.
            while let Some(inner) = after_shell(command) {
                command = inner;
            }
            return command;
        }
        match rest.split_once(' ') {
            Some((_, after)) if text.starts_with('|') => rest = after,
            _ => return text,
        }
    }
}

/// What follows a shell and its options: `/bin/bash -o pipefail -c `.
fn after_shell(text: &str) -> Option<&str> {
    let (shell, mut rest) = text.split_once(' ')?;
    if shell == "cmd" {
        return rest.strip_prefix("/S /C ");
    }
    if !shell.starts_with('/') || !shell.ends_with("sh") {
        return None;
    }
    loop {
        let (word, after) = rest.split_once(' ')?;
        match word.strip_prefix('-') {
            Some(options) if options.ends_with('c') => return Some(after),
            None if word != "pipefail" => return None,
            _ => rest = after,
        }
    }
}

/// For each layer of a real image, from the lowest, the step that made it: the most that fit in
/// order, those at the end first. `steps` are normalized.
pub(super) fn align(layers: &[MeasuredLayer], steps: &[String]) -> Vec<Option<usize>> {
    let made = layers.iter().map(|layer| (normalize(uncut(layer)), layer.is_cut));
    let made: Vec<(String, bool)> = made.collect();
    let mut pairs = vec![None; layers.len()];
    if made.len().saturating_mul(steps.len()) > MOST_PAIRS {
        return pairs;
    }
    let fits = |layer: usize, step: usize| {
        made.get(layer).zip(steps.get(step)).is_some_and(|((text, is_cut), step)| {
            step == text
                || *is_cut && step.starts_with(text.trim_end())
                || classic::may_be(text, *is_cut, step)
        })
    };
    // How many fit of the layers below one and the steps before one.
    let width = steps.len() + 1;
    let mut best = vec![0_u32; (made.len() + 1) * width];
    let at = |layer: usize, step: usize| layer * width + step;
    for layer in 0..made.len() {
        for step in 0..steps.len() {
            let skip = best[at(layer, step + 1)].max(best[at(layer + 1, step)]);
            let both = best[at(layer, step)] + u32::from(fits(layer, step));
            best[at(layer + 1, step + 1)] = skip.max(both);
        }
    }
    let (mut layer, mut step) = (made.len(), steps.len());
    while layer > 0 && step > 0 {
        let here = best[at(layer, step)];
        if fits(layer - 1, step - 1) && here == best[at(layer - 1, step - 1)] + 1 {
            pairs[layer - 1] = Some(step - 1);
            (layer, step) = (layer - 1, step - 1);
        } else if here == best[at(layer - 1, step)] {
            layer -= 1;
        } else {
            step -= 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builders_write_one_instruction_in_many_ways() {
        for (written, normal) in [
            ("RUN /bin/sh -c npm ci # buildkit", "RUN npm ci"),
            ("RUN |1 VERSION=1 /bin/sh -c npm  ci # buildkit", "RUN npm ci"),
            ("/bin/sh -c npm ci", "RUN npm ci"),
            ("/bin/sh -c #(nop)  CMD [\"node\"]", "CMD [\"node\"]"),
            ("COPY --chown=node . . # buildkit", "COPY . ."),
            ("RUN --mount=type=cache,target=/root/.npm npm ci", "RUN npm ci"),
            ("WORKDIR /app", "WORKDIR /app"),
            ("RUN /bin/bash -euxo pipefail -c make # buildkit", "RUN make"),
            ("RUN /bin/sh -c /bin/bash -c make # buildkit", "RUN make"),
            ("RUN /bin/bash -c make", "RUN make"),
            ("cmd /S /C #(nop) WORKDIR C:\\app", "WORKDIR C:\\app"),
            ("EXPOSE map[80/tcp:{} 53/udp:{}]", "EXPOSE 53/udp 80"),
            ("EXPOSE [80/tcp]", "EXPOSE 80"),
            ("EXPOSE 80 53/udp", "EXPOSE 53/udp 80"),
            ("/bin/sh -c #(nop) COPY dir:8a9b in /app ", "COPY dir:8a9b in /app"),
            ("/bin/sh -c #(nop) COPY --chown=node:nodedir:8a in ./ ", "COPY dir:8a in ./"),
        ] {
            assert_eq!(normalize(written), normal, "{written}");
        }
    }
}
