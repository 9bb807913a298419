//! Who needs whom, circles, and the target.
//!
//! `resolveTarget`, `toCommand` and `validateCircularDependency` in `convert.go` and
//! `validations.go` of
//! <https://github.com/moby/buildkit/tree/v0.33.0/frontend/dockerfile/dockerfile2llb>.

use super::circles::Circles;
use super::stages::Planner;
use super::{
    Base, BuildGraph, BuildOptions, CopySource, Edge, EdgeKind, EdgeSource, PlanError, Stage,
    StageIndex, reference, shorten,
};
use crate::dockerfile::nearest;
use crate::text::Span;

impl BuildGraph {
    /// The stage at the bottom of those that a stage starts from; itself where it starts from none.
    #[must_use]
    pub fn bottom(&self, mut stage: StageIndex) -> Option<&Stage> {
        // A parent comes earlier in the text, so the walk ends.
        while let Base::Stage(parent) = self.stages.get(stage)?.base {
            stage = Some(parent).filter(|parent| *parent < stage)?;
        }
        self.stages.get(stage)
    }

    /// Which stages the target needs; one flag a stage.
    #[must_use]
    pub fn reachable(&self) -> Vec<bool> {
        let mut sources: Vec<Vec<StageIndex>> = vec![Vec::new(); self.stages.len()];
        for edge in &self.edges {
            if let (EdgeSource::Stage(from), Some(sources)) = (&edge.from, sources.get_mut(edge.to))
            {
                sources.push(*from);
            }
        }
        let mut needed = vec![false; self.stages.len()];
        let mut open: Vec<StageIndex> = self.target.into_iter().collect();
        while let Some(stage) = open.pop() {
            if let Some(needed) = needed.get_mut(stage).filter(|needed| !**needed) {
                *needed = true;
                open.append(&mut sources[stage]);
            }
        }
        needed
    }
}

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
        let source = match number {
            Some(number) => self.source_of_number(number),
            None => self.source_of_name(from, numbers),
        };
        let source = match source {
            Ok(source) => source,
            Err(message) => {
                self.refuse_source(stage, kind, span, message);
                return CopySource::Unresolved(from.into());
            }
        };
        if number.is_none() && kind != EdgeKind::Onbuild {
            self.count_unnamed(&source);
        }
        let from = match &source {
            CopySource::Stage(found) if *found >= stage => {
                self.forward.push(Forward { from: *found, to: stage, span, kind });
                return CopySource::Unresolved(from.into());
            }
            CopySource::Stage(found) => EdgeSource::Stage(*found),
            CopySource::Image(image) => EdgeSource::Image(image.clone()),
            _ => return source,
        };
        self.graph.edges.push(Edge { from, to: stage, kind, span, instruction });
        source
    }

    /// What `COPY --from=` with a number means: a stage, or what [`Planner::count_unnamed`] put
    /// behind the stages.
    fn source_of_number(&self, number: i64) -> Result<CopySource, String> {
        let stages = self.headers.len();
        let index = usize::try_from(number).ok();
        if let Some(index) = index.filter(|index| *index < stages) {
            return Ok(CopySource::Stage(index));
        }
        let behind = index.and_then(|index| self.unnamed.get(index - stages));
        behind.cloned().ok_or_else(|| {
            let range = match stages {
                1 => "the only stage is number 0".to_owned(),
                _ => format!("stages are numbered from 0 to {}", stages.saturating_sub(1)),
            };
            format!("There is no stage number {number}; {range}, and a name is safer.")
        })
    }

    fn source_of_name(&self, from: &str, numbers: bool) -> Result<CopySource, String> {
        if let Some(found) = self.names.get(&from.to_ascii_lowercase()) {
            return Ok(CopySource::Stage(*found));
        }
        if from == "scratch" {
            return Ok(CopySource::Scratch);
        }
        if let Err(problem) = reference::check(from) {
            let from = shorten(from);
            return Err(format!("`{from}` is no stage, and as an image reference it {problem}."));
        }
        if !numbers && from.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!(
                "`from={0}` of a mount is an image called `{0}`, since mounts take no stage numbers; give the stage a name with AS and write that.",
                shorten(from)
            ));
        }
        Ok(CopySource::Image(from.into()))
    }

    /// Counts a source that is no stage: BuildKit keeps a nameless stage for it behind those of
    /// the text, which a later `COPY --from=` reaches by number (`buildStageDependencyGraph`).
    pub(super) fn count_unnamed(&mut self, source: &CopySource) {
        if matches!(source, CopySource::Image(_) | CopySource::Scratch) {
            self.unnamed.push(source.clone());
        }
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
        if let Some(found) = self.names.get(&wanted.to_ascii_lowercase()) {
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

    /// Reports references to the own stage or a later one. BuildKit looks for circles of copies
    /// and mounts before it knows which stages are needed, and minds everything else that points
    /// forwards only where it is. By then a trigger may even copy from its own stage, which is
    /// what the base left so far.
    pub(super) fn report_forward(&mut self) {
        let copies = self.circles(|kind| matches!(kind, EdgeKind::Copy | EdgeKind::Mount));
        let all = self.circles(|_| true);
        for Forward { from, to, span, kind } in std::mem::take(&mut self.forward) {
            let (source, user) = (self.name_of(from), self.name_of(to));
            let message = if from == to {
                match kind {
                    EdgeKind::Onbuild => continue,
                    EdgeKind::Mount => format!(
                        "Stage {source} cannot mount itself; its own files are there already, so leave the mount out or name another stage."
                    ),
                    _ => format!(
                        "Stage {source} cannot copy from itself; its own files are there already, so use RUN or another stage."
                    ),
                }
            } else if all.joins(from, to) {
                format!(
                    "Stages {user} and {source} need each other; move what both need into a stage of its own above them."
                )
            } else {
                format!(
                    "Stage {source} stands further down; move it above stage {user}, which needs it."
                )
            };
            if kind != EdgeKind::Onbuild && copies.joins(from, to) {
                self.refuse(span, message);
            } else {
                self.refuse_in(to, PlanError { span, message });
            }
        }
    }

    /// The circles of what the stages need from each other, by the edges that `counts` keeps.
    fn circles(&self, counts: impl Fn(EdgeKind) -> bool) -> Circles {
        let backward = self.graph.edges.iter().filter_map(|edge| match edge.from {
            EdgeSource::Stage(from) if counts(edge.kind) => Some((from, edge.to)),
            _ => None,
        });
        let forward = self.forward.iter().filter(|forward| counts(forward.kind));
        let forward = forward.map(|forward| (forward.from, forward.to));
        Circles::find(self.headers.len(), backward.chain(forward))
    }

    fn name_of(&self, stage: StageIndex) -> String {
        let name = self.headers.get(stage).and_then(|header| header.name.as_deref());
        name.map_or_else(|| stage.to_string(), |name| format!("`{}`", shorten(name)))
    }
}

/// The first few of `names`, for a message.
fn list(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(8).map(|name| format!("`{}`", shorten(name))).collect();
    let more = if names.len() > shown.len() { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}
