//! The text of `layerwise context`, for people at a terminal.

use std::fmt::Write;

use layerwise_analyzer::report::{
    CopyOrigin, PatternConcern, ReportedContext, ReportedCopy, ReportedPattern, StarterIgnore,
    describe_amount, describe_files,
};
use layerwise_analyzer::size::Bytes;

use super::Subject;
use super::folders::heaviest;

/// The most folders that the list of the largest names.
const MOST_FOLDERS: usize = 10;
/// The widest a column of patterns gets, in characters.
const PATTERN_WIDTH: usize = 32;

/// Writes the totals, the largest folders, the patterns and what each `COPY` takes.
pub(super) fn write(subject: &Subject<'_>) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(subject, &mut text);
    text
}

fn write_all(subject: &Subject<'_>, text: &mut String) -> std::fmt::Result {
    let context = &subject.report.context;
    write_totals(subject, text)?;
    write_folders(subject, text)?;
    write_patterns(context, subject.ignore_name, text)?;
    write_copies(context, text)?;
    if let Some(starter) = &context.starter {
        write_starter(starter, subject, text)?;
    }
    if !subject.report.errors.is_empty() {
        writeln!(text, "\nErrors: BuildKit would refuse this Dockerfile")?;
    }
    for error in &subject.report.errors {
        writeln!(text, "  {}  {}", error.position, error.message)?;
    }
    Ok(())
}

fn write_totals(subject: &Subject<'_>, text: &mut String) -> std::fmt::Result {
    let context = &subject.report.context;
    writeln!(text, "Context     {}", describe_amount(context.files, &context.bytes))?;
    if !context.ignore_errors.is_empty() {
        return writeln!(text, "Sent        nothing: the builder refuses {}", subject.ignore_name);
    }
    writeln!(text, "Sent        {}", describe_amount(context.sent_files, &context.sent_bytes))?;
    let entries = subject.entries().filter(|(_, _, verdict)| !verdict.sent);
    let (mut files, mut bytes, mut all_known) = (0, 0_u64, true);
    for (_, file, _) in entries {
        files += file.count();
        bytes = bytes.saturating_add(file.bytes.unwrap_or(0));
        all_known &= file.bytes.is_some() || file.count() == 0;
    }
    if files == 0 {
        writeln!(text, "Left out    nothing")?;
    } else {
        let (files, least) = (describe_files(files), if all_known { "" } else { "at least " });
        writeln!(text, "Left out    {files}, {least}{} by {}", Bytes(bytes), subject.ignore_name)?;
    }
    write_request(context, text)
}

/// What of the sent files the builder asks for, which is what a build prints.
fn write_request(context: &ReportedContext, text: &mut String) -> std::fmt::Result {
    let amount = match context.requested_files {
        0 if context.sent_files == 0 => return writeln!(text, "Asked for   nothing"),
        0 => {
            let why = "no COPY, ADD or mount of a needed stage names any of it";
            return writeln!(text, "Asked for   nothing: {why}");
        }
        files if files == context.sent_files => "all of it".to_owned(),
        files => describe_amount(files, &context.requested_bytes),
    };
    let why = "what COPY, ADD and mounts of needed stages name (\"transferring context\")";
    writeln!(text, "Asked for   {amount}: {why}")
}

fn write_folders(subject: &Subject<'_>, text: &mut String) -> std::fmt::Result {
    let mut folders = heaviest(subject, MOST_FOLDERS);
    // A listing without sizes, as git prints one, tells nothing of what is heavy.
    folders.retain(|folder| folder.bytes > 0);
    if !folders.is_empty() {
        writeln!(text, "\nLargest folders sent")?;
    }
    for folder in folders {
        let size = Bytes(folder.bytes).to_string();
        writeln!(text, "  {size:>8}  {}/ ({})", folder.path, describe_files(folder.files))?;
    }
    Ok(())
}

fn write_patterns(context: &ReportedContext, name: &str, text: &mut String) -> std::fmt::Result {
    if !context.patterns.is_empty() {
        writeln!(text, "\nPatterns of {name}")?;
    }
    let widths = context.patterns.iter().map(|pattern| pattern.text.chars().count());
    let width = widths.max().unwrap_or(0).min(PATTERN_WIDTH);
    for pattern in &context.patterns {
        let effect = match context.ignore_errors.is_empty() {
            true => describe_effect(pattern),
            false => "not applied".into(),
        };
        writeln!(text, "  line {:>3}  {:width$}  {effect}", pattern.line, pattern.text)?;
    }
    for error in &context.ignore_errors {
        writeln!(text, "  line {:>3}  {}", error.line, error.message)?;
    }
    Ok(())
}

/// What a pattern does, and what may be wrong with it.
fn describe_effect(pattern: &ReportedPattern) -> String {
    let verb = if pattern.exception { "brings back" } else { "leaves out" };
    let decided = format!("{verb} {}", describe_amount(pattern.files, &pattern.bytes));
    match &pattern.concern {
        None if pattern.files == 0 => "decides nothing".into(),
        None => decided,
        Some(PatternConcern::MatchesNothing) => "matches nothing".into(),
        Some(PatternConcern::Overruled { line }) => {
            format!("decides nothing: line {line} decides for what it matches")
        }
        Some(PatternConcern::NothingToBringBack) => {
            "brings back nothing: no line leaves these paths out".into()
        }
        Some(PatternConcern::TrailingComment) => {
            "matches nothing: # and what follows is part of the pattern; give the comment a line \
             of its own"
                .into()
        }
        Some(PatternConcern::OnlyAtRoot { files, bytes, example, instead }) => format!(
            "{decided}; only at the root, so it misses {}, such as {example}: write {instead}",
            describe_amount(*files, bytes)
        ),
    }
}

fn write_copies(context: &ReportedContext, text: &mut String) -> std::fmt::Result {
    let own = |copy: &&ReportedCopy| copy.from == CopyOrigin::Context;
    let copies: Vec<&ReportedCopy> = context.copies.iter().filter(own).collect();
    if !copies.is_empty() {
        writeln!(text, "\nWhat each COPY takes")?;
    }
    for copy in copies {
        let needed = if copy.needed { "" } else { ", in a stage that is not needed" };
        let first = copy.instruction.lines().next().unwrap_or_default();
        writeln!(text, "  line {:>3}  {first}", copy.line)?;
        writeln!(text, "            {}{needed}", describe_amount(copy.files, &copy.bytes))?;
        let largest = copy.largest.iter().filter(|_| copy.largest.len() > 1);
        for part in largest {
            let amount = describe_amount(part.files, &part.bytes);
            writeln!(text, "              {}: {amount}", part.path)?;
        }
        write_rest(copy, text)?;
        for missing in copy.sources.iter().filter_map(|source| source.missing.as_ref()) {
            writeln!(text, "            {missing}")?;
        }
    }
    Ok(())
}

/// How many files are in none of the parts that are named. Parts of several sources may overlap, and
/// their files then cannot be added up.
fn write_rest(copy: &ReportedCopy, text: &mut String) -> std::fmt::Result {
    let named = copy.largest.iter().fold(0_u64, |sum, part| sum.saturating_add(part.files));
    match copy.files.saturating_sub(named) {
        rest if rest > 0 && copy.largest.len() > 1 && copy.sources.len() == 1 => {
            writeln!(text, "              and {} more", describe_files(rest))
        }
        _ => Ok(()),
    }
}

/// The lines that the ignore file lacks.
fn write_starter(
    starter: &StarterIgnore,
    subject: &Subject<'_>,
    text: &mut String,
) -> std::fmt::Result {
    let saving = describe_amount(starter.files, &starter.bytes);
    let (title, name) = (&starter.title, subject.ignore_name);
    writeln!(text, "\nFor {title}, these lines in {name} would leave out {saving} more")?;
    let added = starter.text.strip_prefix(subject.ignore_text).unwrap_or(&starter.text);
    for line in added.lines().filter(|line| !line.trim().is_empty()) {
        writeln!(text, "  {line}")?;
    }
    Ok(())
}
