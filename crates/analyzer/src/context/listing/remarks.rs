//! What is worth a look in a listing though every line of it could be read.

use super::disk_usage::Doubts;
use super::{ListingFormat, lines};
use crate::context::{BuildContext, FileKind, normalize_path};
use crate::order;

/// The most remarks on lines; those behind them are counted.
const MOST_REMARKS: usize = 20;

/// Something about a listing that is worth a look and no error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListingRemark {
    /// Line number, from 1.
    pub line: u32,
    /// What is so, which line counts, and what to do where something else is meant; sentences.
    pub message: String,
}

/// Paths of a listing that cannot all be what their lines say.
#[derive(Default)]
pub(super) struct Oddities {
    /// Paths that stand in several lines, once for each but the first; the last of them counts.
    pub(super) repeated: Vec<String>,
    /// Paths listed as files that hold files, sorted; they count as folders.
    pub(super) holding: Vec<String>,
    /// What the sums of `du` tell.
    pub(super) doubts: Doubts,
}

/// Every remark on a listing that was read as `context`, that on all of its lines first.
pub(super) fn list(
    text: &str,
    format: ListingFormat,
    context: &BuildContext,
    oddities: &mut Oddities,
) -> Vec<ListingRemark> {
    order::sort(&mut oddities.repeated);
    oddities.repeated.dedup();
    let mut remarks = Vec::new();
    if !oddities.repeated.is_empty() || !oddities.holding.is_empty() {
        remarks = by_line(text, format, oddities);
    }
    let more = remarks.len().saturating_sub(MOST_REMARKS);
    remarks.truncate(MOST_REMARKS);
    if let Some(last) = remarks.last_mut().filter(|_| more > 0) {
        last.message.push_str(&format!(" So it is in {more} more lines."));
    }
    if let Some((path, message)) = oddities.doubts.about_leaf() {
        remarks.push(ListingRemark { line: line_of(path, text, format), message });
    }
    if let Some(remark) = on_root(text, format, context) {
        remarks.insert(0, remark);
    }
    if let Some(message) = oddities.doubts.about_all() {
        remarks.insert(0, ListingRemark { line: 1, message: message.to_owned() });
    }
    remarks
}

/// The first line that lists the path.
fn line_of(path: &str, text: &str, format: ListingFormat) -> u32 {
    let is_meant = |listed: String| normalize_path(&listed).is_some_and(|it| it == path);
    let mut lines = lines(text);
    let found = lines.find(|(_, span)| {
        format.read(span.slice(text)).is_some_and(|(listed, _)| is_meant(listed))
    });
    found.map_or(1, |(line, _)| line)
}

fn by_line(text: &str, format: ListingFormat, oddities: &Oddities) -> Vec<ListingRemark> {
    let mut remarks = Vec::new();
    // For each repeated path its first and last line, and how many.
    let mut places = vec![(0_u32, 0_u32, 0_u32); oddities.repeated.len()];
    for (line, span) in lines(text) {
        let Some((path, file)) = format.read(span.slice(text)) else { continue };
        let Some(path) = normalize_path(&path) else { continue };
        if oddities.holding.binary_search(&path).is_ok() {
            if file.kind != FileKind::Folder {
                let message = holding_message(&path, format);
                remarks.push(ListingRemark { line, message });
            }
        } else if let Ok(at) = oddities.repeated.binary_search(&path)
            && let Some((first, last, times)) = places.get_mut(at)
        {
            *first = if *times == 0 { line } else { *first };
            (*last, *times) = (line, *times + 1);
        }
    }
    for (path, (first, line, times)) in oddities.repeated.iter().zip(places) {
        if times == 0 {
            continue;
        }
        let message = format!(
            "`{path}` is listed {times} times, first in line {first}; this line, the last, counts."
        );
        remarks.push(ListingRemark { line, message });
    }
    order::sort_by_key(&mut remarks, |remark| remark.line);
    remarks
}

fn holding_message(path: &str, format: ListingFormat) -> String {
    let advice = match format {
        ListingFormat::Find => " `find` leaves folders out with `-type f`.",
        _ => "",
    };
    format!(
        "`{path}` is listed as a file and other lines lie in it: it counts as a folder, without \
         bytes of its own.{advice}"
    )
}

/// Says that all lines share a folder, which the context would then hold. A listing made inside
/// its folder begins its paths with `./`, and git lists what lies in a project.
fn on_root(text: &str, format: ListingFormat, context: &BuildContext) -> Option<ListingRemark> {
    let mut read = lines(text).filter_map(|(line, span)| {
        let (path, _) = format.read(span.slice(text))?;
        Some((line, path))
    });
    let (line, first) = read.next()?;
    if first.starts_with("./") || format == ListingFormat::Git || context.files.len() < 2 {
        return None;
    }
    let is_absolute = first.starts_with('/');
    let common = common_folder(context).unwrap_or_default();
    if common.is_empty() && !is_absolute {
        return None;
    }
    let slash = if is_absolute { "/" } else { "" };
    let seen = match (common, slash) {
        ("", _) => {
            "Every path begins at `/`, so the context is taken to be that folder.".to_owned()
        }
        _ => format!(
            "Every path begins with `{slash}{common}/`, so a COPY must name `{common}/` too."
        ),
    };
    let instead = match format {
        ListingFormat::Find => "`find . -type f -printf '%s %p\\n'`",
        ListingFormat::DiskUsage => "`du -ab .`",
        ListingFormat::Tar => "`tar cf - . | tar tvf -`",
        ListingFormat::Table | ListingFormat::Git => "the command",
    };
    let which = match common {
        "" => "another folder".to_owned(),
        common => format!("`{slash}{common}`"),
    };
    let message =
        format!("{seen} Where {which} is what you give to docker build, run {instead} inside it.");
    Some(ListingRemark { line, message })
}

/// The innermost folder that every path of a context lies in; `None` where that is the root.
fn common_folder(context: &BuildContext) -> Option<&str> {
    let mut common: Option<&str> = None;
    for (path, file) in &context.files {
        let folder = match file.kind {
            FileKind::Folder => path,
            _ => path.rsplit_once('/')?.0,
        };
        common = Some(match common {
            None => folder,
            Some(before) => shared_folder(before, folder).filter(|shared| !shared.is_empty())?,
        });
    }
    common
}

/// The innermost folder that two folders lie in or are.
fn shared_folder<'path>(one: &'path str, other: &str) -> Option<&'path str> {
    let ends = one.match_indices('/').map(|(end, _)| end).chain([one.len()]);
    let is_shared = |end: &usize| {
        let behind = other.strip_prefix(one.get(..*end).unwrap_or(one));
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('/'))
    };
    ends.take_while(is_shared).last().and_then(|end| one.get(..end))
}

#[cfg(test)]
mod tests {
    use super::super::read_listing;

    /// The remarks on a listing, each with its line.
    fn remarks(listing: &str) -> Vec<String> {
        let (context, errors) = read_listing(listing);
        assert_eq!(errors, [], "every line of {listing:?} should be read");
        let remarks = context.remarks.iter();
        remarks.map(|remark| format!("{} {}", remark.line, remark.message)).collect()
    }

    #[test]
    fn a_folder_that_every_line_shares_is_told_with_what_to_run_instead() {
        for (listing, said) in [
            (
                "7 p/a.js\n8 p/src/b.js\n",
                "1 Every path begins with `p/`, so a COPY must name `p/` too. Where `p` is what you give to docker build, run `find . -type f -printf '%s %p\\n'` inside it.",
            ),
            (
                "7 /home/me/app/a.js\n8 /home/me/app/src/b.js\n",
                "1 Every path begins with `/home/me/app/`, so a COPY must name `home/me/app/` too. Where `/home/me/app` is what you give to docker build, run `find . -type f -printf '%s %p\\n'` inside it.",
            ),
            (
                "7 /etc/a\n8 /usr/b\n",
                "1 Every path begins at `/`, so the context is taken to be that folder. Where another folder is what you give to docker build, run `find . -type f -printf '%s %p\\n'` inside it.",
            ),
            (
                "7\tp/a\n8\tp/b/c\n12\tp/b\n20\tp\n",
                "1 Every path begins with `p/`, so a COPY must name `p/` too. Where `p` is what you give to docker build, run `du -ab .` inside it.",
            ),
            (
                "drwxr-xr-x me/us 0 2026-01-02 03:04 p/\n-rw-r--r-- me/us 7 2026-01-02 03:04 p/a\n",
                "1 Every path begins with `p/`, so a COPY must name `p/` too. Where `p` is what you give to docker build, run `tar cf - . | tar tvf -` inside it.",
            ),
        ] {
            assert_eq!(remarks(listing), [said], "reading {listing:?}");
        }
    }

    #[test]
    fn a_listing_of_a_project_is_not_remarked_on() {
        for listing in [
            "7 ./src/a.js\n8 ./src/b.js\n",
            "7 src/a.js\n8 srcs/b.js\n",
            "7 src/a.js\n8 Dockerfile\n",
            "7 src/a.js\n",
            "7\t./src/a\n8\t./src/b\n15\t./src\n15\t.\n",
            "100644 257cc5642cb1a054f08cc83f2d943e56fd3ebe99 0\tsrc/a\n\
             100644 257cc5642cb1a054f08cc83f2d943e56fd3ebe99 0\tsrc/b\n",
        ] {
            assert_eq!(remarks(listing), [""; 0], "reading {listing:?}");
        }
    }

    #[test]
    fn lines_that_contradict_each_other_say_which_counts() {
        let listing = "1 ./a\n4096 ./src\n2 ./src/b\n3 ./a\n4 ./c\n5 ./a\n";
        assert_eq!(
            remarks(listing),
            [
                "2 `src` is listed as a file and other lines lie in it: it counts as a folder, without bytes of its own. `find` leaves folders out with `-type f`.",
                "6 `a` is listed 3 times, first in line 1; this line, the last, counts.",
            ]
        );
        let (context, _) = read_listing(listing);
        let sizes: Vec<_> =
            context.files.iter().map(|(path, file)| (path.as_str(), file.bytes)).collect();
        assert_eq!(sizes, [("a", Some(5)), ("c", Some(4)), ("src/b", Some(2))]);
    }

    #[test]
    fn many_remarks_are_counted() {
        let listing: String = (0..30).map(|at| format!("1 ./{at:02}\n2 ./{at:02}\n")).collect();
        let remarks = remarks(&listing);
        assert_eq!(remarks.len(), 20);
        assert!(remarks[19].ends_with("counts. So it is in 10 more lines."), "{}", remarks[19]);
    }

    #[test]
    fn where_most_lines_cannot_be_read_no_form_is_held_against_them() {
        for listing in ["./a.js\n./src/b.js\n", "src/a.js\nsrc/b.js\n12 c.js\n"] {
            let (_, errors) = read_listing(listing);
            assert_eq!(errors.len(), 2);
            for error in errors {
                assert_eq!(
                    error.message,
                    "This line does not say the bytes of a file: write them before its path, as in `1204 ./src/index.js`, or bring what `find . -type f -printf '%s %p\\n'` prints."
                );
            }
        }
    }
}
