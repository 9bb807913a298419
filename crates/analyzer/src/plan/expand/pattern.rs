//! The patterns of `${x#p}`, `${x%p}` and `${x/p/r}`: `*`, `?` and backslash escapes.
//!
//! BuildKit turns them into regular expressions of Go, whose `.` does not match a line break and
//! whose replacement text knows `$1` and `$$`. Matching here takes time in proportion to pattern
//! times text, whatever they hold.

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// Exactly this character.
    One(char),
    /// `?`: any character of the line.
    Any,
    /// `*`: any run of characters of the line.
    Run,
}

impl Piece {
    fn takes(self, character: char) -> bool {
        match self {
            Self::One(wanted) => wanted == character,
            Self::Any | Self::Run => character != '\n',
        }
    }
}

/// A parsed pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    pieces: Vec<Piece>,
}

impl Pattern {
    /// Reads a pattern; the error says which escape is not known.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            pieces.push(match character {
                '*' => Piece::Run,
                '?' => Piece::Any,
                '\\' => match characters.next() {
                    Some(escaped @ ('*' | '?' | '\\' | '}' | '/')) => Piece::One(escaped),
                    Some(other) => {
                        return Err(format!(
                            "`\\{other}` in its pattern escapes nothing; only `\\*`, `\\?`, `\\\\`, `\\}}` and `\\/` can be escaped"
                        ));
                    }
                    None => return Err("its pattern ends in a lone `\\`; write `\\\\`".into()),
                },
                other => Piece::One(other),
            });
        }
        Ok(Self { pieces })
    }

    /// `text` without the shortest or longest match at its start.
    pub(super) fn trim_start<'text>(&self, text: &'text str, longest: bool) -> &'text str {
        let characters: Vec<char> = text.chars().collect();
        let taken = match_length(&self.pieces, &characters, longest).unwrap_or(0);
        let mut rest = text.chars();
        rest.by_ref().take(taken).for_each(drop);
        rest.as_str()
    }

    /// `text` without the shortest or longest match at its end.
    pub(super) fn trim_end<'text>(&self, text: &'text str, longest: bool) -> &'text str {
        let characters: Vec<char> = text.chars().rev().collect();
        let pieces: Vec<Piece> = self.pieces.iter().rev().copied().collect();
        let taken = match_length(&pieces, &characters, longest).unwrap_or(0);
        let mut rest = text.chars();
        rest.by_ref().rev().take(taken).for_each(drop);
        rest.as_str()
    }

    /// `text` with the first match, or every match, replaced. `None` once the result is longer
    /// than `room` bytes.
    pub(super) fn replace(
        &self,
        text: &str,
        replacement: &str,
        all: bool,
        room: usize,
    ) -> Option<String> {
        let characters: Vec<char> = text.chars().collect();
        let starts = find_starts(&self.pieces, &characters);
        let mut result = String::new();
        let (mut copied, mut from) = (0, 0);
        while let Some(start) = (from..starts.len()).find(|at| starts.get(*at) == Some(&true)) {
            let rest = characters.get(start..).unwrap_or_default();
            let end = start + match_length(&self.pieces, rest, true).unwrap_or(0);
            result.extend(characters.get(copied..start).unwrap_or_default());
            // Go leaves out an empty match right after another match.
            if (end > copied || start == 0) && all {
                let whole = characters.get(start..end).unwrap_or_default();
                fill_in(replacement, whole, room, &mut result);
            } else if end > copied || start == 0 {
                result.push_str(replacement);
            }
            if result.len() > room {
                return None;
            }
            copied = end;
            // Go looks on behind the match, and at least one character further than before.
            from = end.max(from + 1);
            if !all {
                break;
            }
        }
        result.extend(characters.get(copied..).unwrap_or_default());
        (result.len() <= room).then_some(result)
    }
}

/// Number of characters of the shortest or longest match at the start of `text`.
fn match_length(pieces: &[Piece], text: &[char], longest: bool) -> Option<usize> {
    // `open[n]` says whether the first n pieces match what was read so far.
    let mut open = vec![false; pieces.len() + 1];
    let mut next = open.clone();
    open.iter_mut().take(1).for_each(|start| *start = true);
    let mut found = None;
    for position in 0..=text.len() {
        pass_runs(pieces, &mut open);
        if open.last() == Some(&true) {
            found = Some(position);
        }
        let dead = !open.contains(&true);
        let Some(character) = text.get(position) else { break };
        if dead || (found.is_some() && !longest) {
            break;
        }
        next.fill(false);
        for (index, piece) in pieces.iter().enumerate().filter(|(index, _)| open[*index]) {
            let after = if *piece == Piece::Run { index } else { index + 1 };
            next[after] |= piece.takes(*character);
        }
        std::mem::swap(&mut open, &mut next);
    }
    found
}

/// Opens what follows each open run, since a run may be empty.
fn pass_runs(pieces: &[Piece], open: &mut [bool]) {
    for (index, _) in pieces.iter().enumerate().filter(|(_, piece)| **piece == Piece::Run) {
        open[index + 1] |= open[index];
    }
}

/// For each position of `text`, its end included, whether some match starts there.
fn find_starts(pieces: &[Piece], text: &[char]) -> Vec<bool> {
    // `open[n]` says whether the pieces from n on match at the position looked at.
    let mut open = vec![false; pieces.len() + 1];
    let mut starts = vec![false; text.len() + 1];
    for position in (0..=text.len()).rev() {
        let character = text.get(position);
        let mut further = vec![false; pieces.len() + 1];
        further[pieces.len()] = true;
        for (index, piece) in pieces.iter().enumerate().rev() {
            let taken = character.is_some_and(|character| piece.takes(*character));
            further[index] = match piece {
                Piece::Run => further[index + 1] || (taken && open[index]),
                Piece::One(_) | Piece::Any => taken && open[index + 1],
            };
        }
        starts[position] = further[0];
        open = further;
    }
    starts
}

/// Appends `replacement` with Go's `$0`, `${0}` and `$$` filled in. A pattern has no groups, so
/// any other name is empty. Stops once `result` is longer than `room` bytes.
fn fill_in(replacement: &str, whole: &[char], room: usize, result: &mut String) {
    let mut rest = replacement;
    while let Some((before, after)) = rest.split_once('$').filter(|_| result.len() <= room) {
        result.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            result.push('$');
            rest = after;
            continue;
        }
        let braced = rest.strip_prefix('{');
        let named = braced.unwrap_or(rest);
        let is_name = |character: char| character.is_alphanumeric() || character == '_';
        let end = named.find(|character: char| !is_name(character)).unwrap_or(named.len());
        let (name, after) = named.split_at(end);
        let after = if braced.is_some() { after.strip_prefix('}') } else { Some(after) };
        match after {
            Some(after) if !name.is_empty() => {
                if name == "0" {
                    result.extend(whole);
                }
                rest = after;
            }
            _ => result.push('$'),
        }
    }
    result.push_str(rest);
}
