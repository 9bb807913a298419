//! Who needs whom, circles, and the target.
//!
//! `resolveTarget`, `toCommand` and `validateCircularDependency` in `convert.go` and
//! `validations.go` of
//! <https://github.com/moby/buildkit/tree/v0.33.0/frontend/dockerfile/dockerfile2llb>.

use super::stages::Planner;
use super::{
    BuildOptions, CopySource, Edge, EdgeKind, EdgeSource, PlanError, StageIndex, reference, shorten,
};
use crate::text::Span;

/// A reference of the stage `to` to itself or to a later one.
pub(super) struct Forward {
    pub(super) from: StageIndex,
    pub(super) to: StageIndex,
    pub(super) span: Span,
    pub(super) kind: EdgeKind,
}

impl Planner<'_> {
    /// Resolves `--from=` or `from=` of `stage` and records the edge. Numbers name stages only
    /// for `COPY`.
    pub(super) fn resolve_source(
        &mut self,
        stage: StageIndex,
        instruction: usize,
        from: &str,
        span: Span,
        kind: EdgeKind,
        numbers: bool,
    ) -> CopySource {
        let number = if numbers { from.parse::<i64>().ok() } else { None };
        let found = match number {
            Some(number) => {
                match usize::try_from(number).ok().filter(|n| *n < self.headers.len()) {
                    Some(found) => Some(found),
                    None => {
                        let last = self.headers.len().saturating_sub(1);
                        self.refuse_source(stage, kind, span,
                        format!("There is no stage number {number}; stages are numbered from 0 to {last}, a name is safer."),
                    );
                        return CopySource::Unresolved(from.into());
                    }
                }
            }
            None => self.names.get(&from.to_lowercase()).copied(),
        };
        let source = match found {
            Some(found) if found >= stage => {
                self.forward.push(Forward { from: found, to: stage, span, kind });
                return CopySource::Unresolved(from.into());
            }
            Some(found) => EdgeSource::Stage(found),
            None if from == "scratch" => return CopySource::Scratch,
            None => {
                if let Err(problem) = reference::check(from) {
                    let message = format!(
                        "`{}` is no stage, and as an image reference it {problem}.",
                        shorten(from)
                    );
                    self.refuse_source(stage, kind, span, message);
                    return CopySource::Unresolved(from.into());
                }
                if !numbers && from.bytes().all(|byte| byte.is_ascii_digit()) {
                    let message = format!(
                        "`from={0}` of a mount is an image called `{0}`, since mounts take no stage numbers; give the stage a name with AS and write that.",
                        shorten(from)
                    );
                    self.refuse_in(stage, PlanError { span, message });
                    return CopySource::Unresolved(from.into());
                }
                EdgeSource::Image(from.into())
            }
        };
        let resolved = match &source {
            EdgeSource::Stage(found) => CopySource::Stage(*found),
            EdgeSource::Image(image) => CopySource::Image(image.clone()),
        };
        self.graph.edges.push(Edge { from: source, to: stage, kind, span, instruction });
        resolved
    }

    /// Reports a refused source: in a trigger it counts only where the stage is needed, since
    /// BuildKit reads triggers only there.
    fn refuse_source(&mut self, stage: StageIndex, kind: EdgeKind, span: Span, message: String) {
        if kind == EdgeKind::Onbuild {
            self.refuse_in(stage, PlanError { span, message });
        } else {
            self.refuse(span, message);
        }
    }

    pub(super) fn find_target(&mut self, options: &BuildOptions) -> Option<StageIndex> {
        let wanted = options.target.as_deref().filter(|target| !target.is_empty());
        let Some(wanted) = wanted else { return self.headers.len().checked_sub(1) };
        if let Some(found) = self.names.get(&wanted.to_lowercase()) {
            return Some(*found);
        }
        if self.headers.is_empty() {
            return None;
        }
        let numbered = wanted.parse::<usize>().ok().and_then(|number| self.headers.get(number));
        let named: Vec<&str> =
            self.headers.iter().filter_map(|header| header.name.as_deref()).collect();
        let hint = match (numbered.map(|header| header.name.as_deref()), nearest(wanted, &named)) {
            (Some(Some(name)), _) => format!("a target is named, not numbered; write `{name}`"),
            (Some(None), _) => {
                "a target is named, not numbered; give the stage a name with `AS`".into()
            }
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) if named.is_empty() => "name one with `FROM … AS name`".into(),
            (None, None) => format!("the stages are {}", list(&named)),
        };
        let span = numbered.or(self.headers.last()).map(|header| header.span).unwrap_or_default();
        let end = if hint.ends_with('?') { "" } else { "." };
        let wanted = shorten(wanted);
        self.refuse(span, format!("The target stage `{wanted}` could not be found; {hint}{end}"));
        None
    }

    /// Reports references to the own stage or a later one: circles always, others where the
    /// stage is needed.
    pub(super) fn report_forward(&mut self) {
        let circles = self.find_circles();
        for Forward { from, to, span, kind } in std::mem::take(&mut self.forward) {
            let name = self.name_of(from);
            if from == to {
                let message = format!(
                    "Stage {name} cannot copy from itself; files of the own stage are there already, so use RUN or another stage."
                );
                self.refuse_source(to, kind, span, message);
            } else if circles.get(from) == Some(&true) && circles.get(to) == Some(&true) {
                let message = format!(
                    "Stages {} and {name} need each other; move what both need into a stage of its own above them.",
                    self.name_of(to)
                );
                self.refuse_source(to, kind, span, message);
            } else {
                let message = format!(
                    "Stage {name} stands further down; move it above stage {}, which needs it.",
                    self.name_of(to)
                );
                self.refuse_in(to, PlanError { span, message });
            }
        }
    }

    fn name_of(&self, stage: StageIndex) -> String {
        let name = self.headers.get(stage).and_then(|header| header.name.as_deref());
        name.map_or_else(|| stage.to_string(), |name| format!("`{}`", shorten(name)))
    }

    /// Which stages stand on a circle of copies and mounts, or between two circles: what is left
    /// once stages without sources, then stages without users, are taken away again and again.
    fn find_circles(&self) -> Vec<bool> {
        let backward = self.graph.edges.iter().filter_map(|edge| match edge.from {
            EdgeSource::Stage(from) if edge.kind != EdgeKind::From => Some((from, edge.to)),
            _ => None,
        });
        let forward = self.forward.iter().map(|forward| (forward.from, forward.to));
        let edges: Vec<(usize, usize)> = backward.chain(forward).collect();
        let mut left = vec![true; self.headers.len()];
        peel(&edges, &mut left);
        let reversed: Vec<(usize, usize)> = edges.iter().map(|(from, to)| (*to, *from)).collect();
        peel(&reversed, &mut left);
        left
    }
}

/// Clears `left` for every node that no circle leads to along `edges`.
fn peel(edges: &[(usize, usize)], left: &mut [bool]) {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); left.len()];
    let mut sources = vec![0_usize; left.len()];
    for (from, to) in edges.iter().filter(|(from, to)| left[*from] && left[*to]) {
        users[*from].push(*to);
        sources[*to] += 1;
    }
    let mut open: Vec<usize> =
        (0..left.len()).filter(|node| left[*node] && sources[*node] == 0).collect();
    while let Some(node) = open.pop() {
        left[node] = false;
        for user in std::mem::take(&mut users[node]) {
            sources[user] -= 1;
            if sources[user] == 0 {
                open.push(user);
            }
        }
    }
}

/// The first few of `names`, for a message.
fn list(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(8).map(|name| format!("`{}`", shorten(name))).collect();
    let more = if names.len() > shown.len() { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The name that differs from `word` by at most two edits, as BuildKit suggests it.
fn nearest<'names>(word: &str, names: &[&'names str]) -> Option<&'names str> {
    const LONGEST: usize = 40;
    let word: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if word.len() > LONGEST {
        return None;
    }
    let close = names.iter().filter(|name| name.len() <= LONGEST + 2);
    let distances = close.map(|name| (distance(&word, name), *name));
    distances.filter(|(distance, _)| *distance <= 2).min().map(|(_, name)| name)
}

/// Insertions, removals and replacements that turn `word` into `name`.
fn distance(word: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (line, wanted) in name.chars().enumerate() {
        let mut left = line + 1;
        let mut diagonal = std::mem::replace(&mut row[0], left);
        for (cell, have) in row.iter_mut().skip(1).zip(word) {
            let replaced = diagonal + usize::from(*have != wanted);
            diagonal = *cell;
            left = replaced.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
