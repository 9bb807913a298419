//! Listings of a folder as common commands print them.

mod disk_usage;
mod remarks;

use std::collections::HashSet;

pub use remarks::ListingRemark;

use super::{BuildContext, ContextFile, FileKind, normalize_path};
use crate::text::Span;
use disk_usage::Doubts;
use remarks::Oddities;

/// Forms a listing may have; the one that explains most lines is taken for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingFormat {
    /// `path<TAB>bytes[<TAB>digest]`.
    Table,
    /// `find . -type f -printf '%s %p\n'`.
    Find,
    /// `du -ab`: bytes, tab, path; folders are listed with the sum of what they hold.
    DiskUsage,
    /// `git ls-files -s` (no sizes) and `git ls-tree -r -l` (with sizes).
    Git,
    /// `tar tv`.
    Tar,
}

/// Every form, most particular first.
const FORMATS: [ListingFormat; 5] = [
    ListingFormat::Git,
    ListingFormat::Tar,
    ListingFormat::DiskUsage,
    ListingFormat::Find,
    ListingFormat::Table,
];

/// What is said of a line that names no file where most lines have no form.
const WITHOUT_BYTES: &str = "This line does not say the bytes of a file: write them before its path, as in \
     `1204 ./src/index.js`, or bring what `find . -type f -printf '%s %p\\n'` prints.";

const OUTSIDE: &str =
    "This path leads out of the folder; list the folder that the build gets, from inside it.";

/// A line that names no file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListingError {
    /// Line number, from 1.
    pub line: u32,
    /// The line.
    pub span: Span,
    /// What is wrong and what is expected.
    pub message: String,
}

/// Reads a listing. Lines that cannot be read are in the second value; the others still count, and
/// what is worth a look in them is in [`BuildContext::remarks`].
#[must_use]
pub fn read_listing(text: &str) -> (BuildContext, Vec<ListingError>) {
    let (format, is_plain) = detect(text);
    let mut context = BuildContext::default();
    let mut errors = Vec::new();
    let mut oddities = Oddities::default();
    let mut root = None;
    for (line, span) in lines(text) {
        let content = span.slice(text);
        match format.read(content).map(|(path, file)| (normalize(path), file)) {
            Some((Some(Some(path)), file)) => {
                if context.files.contains_key(&path) {
                    oddities.repeated.push(path.clone());
                }
                context.files.insert(path, file);
            }
            Some((Some(None), file)) => root = file.bytes,
            Some((None, _)) => {
                errors.push(ListingError { line, span, message: OUTSIDE.to_owned() });
            }
            None => {
                let message = if is_plain { format.explain() } else { WITHOUT_BYTES.to_owned() };
                errors.push(ListingError { line, span, message });
            }
        }
    }
    if format == ListingFormat::DiskUsage {
        oddities.doubts = Doubts::look(&context, root);
    }
    oddities.holding = take_out_holding(&mut context);
    if format == ListingFormat::DiskUsage {
        // It lists every folder beside its files.
        oddities.holding.clear();
    }
    context.remarks = remarks::list(text, format, &context, &mut oddities);
    (context, errors)
}

/// Lines with something in them, without line ends.
fn lines(text: &str) -> impl Iterator<Item = (u32, Span)> {
    // A byte order mark belongs to no line.
    let mut start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    text.get(start..).unwrap_or_default().split('\n').zip(1..).filter_map(move |(line, number)| {
        let content = line.strip_suffix('\r').unwrap_or(line);
        let span = Span::new(start, start + content.len());
        start += line.len() + 1;
        (!content.trim().is_empty()).then_some((number, span))
    })
}

/// The form most of the first thousand lines have, and whether at least half of them have it.
fn detect(text: &str) -> (ListingFormat, bool) {
    let mut counts = [0_usize; FORMATS.len()];
    let mut all = 0;
    for (_, span) in lines(text).take(1000) {
        all += 1;
        for (count, format) in counts.iter_mut().zip(FORMATS) {
            *count += usize::from(format.read(span.slice(text)).is_some());
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let first = counts.iter().zip(FORMATS).find(|(count, _)| **count == most);
    (first.map_or(ListingFormat::Table, |(_, format)| format), most * 2 >= all)
}

/// The inner `None` is the root itself, which every listing may name; the outer a path outside.
#[expect(clippy::option_option, reason = "the root and a path outside differ")]
fn normalize(path: String) -> Option<Option<String>> {
    if matches!(path.trim_end_matches('/'), "" | ".") {
        return Some(None);
    }
    normalize_path(&path).map(Some)
}

/// Takes out what is listed as a file and holds others, such as the folders that `du` lists beside
/// their files. The map is made anew: to take single entries out of one is more code than all of
/// this.
fn take_out_holding(context: &mut BuildContext) -> Vec<String> {
    let mut folders = HashSet::new();
    for path in context.files.keys() {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    let listed = context.files.iter().filter(|(_, file)| file.kind != FileKind::Folder);
    let holding = listed.map(|(path, _)| path).filter(|path| folders.contains(path.as_str()));
    // In the order of the context's paths.
    let holding: Vec<String> = holding.cloned().collect();
    if !holding.is_empty() {
        let files = std::mem::take(&mut context.files).into_iter();
        context.files.extend(files.filter(|(path, _)| holding.binary_search(path).is_err()));
    }
    holding
}

impl ListingFormat {
    /// Reads one line; `None` where it does not have this form.
    fn read(self, line: &str) -> Option<(String, ContextFile)> {
        match self {
            Self::Table => read_table(line),
            Self::Find => read_sized(line, ' '),
            Self::DiskUsage => read_sized(line, '\t'),
            Self::Git => read_git(line),
            Self::Tar => read_tar(line),
        }
    }

    /// What a line of this form looks like, for people whose line does not.
    fn explain(self) -> String {
        let example = match self {
            Self::Table => "a path, a tab and its bytes",
            Self::Find => "bytes, a space and a path, as `find -printf '%s %p\\n'` prints",
            Self::DiskUsage => "bytes, a tab and a path, as `du -ab` prints",
            Self::Git => "mode, id and path, as `git ls-files -s` prints",
            Self::Tar => "permissions, owner, bytes, date and path, as `tar tv` prints",
        };
        format!("This line does not look like the others: expected {example}.")
    }
}

fn read_table(line: &str) -> Option<(String, ContextFile)> {
    let mut columns = line.split('\t');
    let (path, bytes) = (columns.next()?, columns.next()?);
    let mut file = ContextFile::of_bytes(bytes.trim().parse().ok()?);
    file.digest = columns.next().map(|digest| digest.trim().to_owned());
    (!path.is_empty() && columns.next().is_none()).then(|| (path.to_owned(), file))
}

fn read_sized(line: &str, separator: char) -> Option<(String, ContextFile)> {
    let (bytes, path) = line.trim_start().split_once(separator)?;
    let file = ContextFile::of_bytes(bytes.parse().ok()?);
    (!path.is_empty() && !is_long_form(path)).then(|| (path.to_owned(), file))
}

/// Whether what follows the first number is the rest of a line of `find -ls`, whose first number
/// is an inode: blocks, then permissions such as `-rw-r--r--`.
fn is_long_form(rest: &str) -> bool {
    let mut columns = rest.split_whitespace();
    let blocks = columns.next().is_some_and(|blocks| blocks.bytes().all(|it| it.is_ascii_digit()));
    let is_permission = |it: u8| b"-rwxsStTdlbcp".contains(&it);
    let permissions =
        columns.next().is_some_and(|it| it.len() == 10 && it.bytes().all(is_permission));
    rest.starts_with(' ') && blocks && permissions
}

fn read_git(line: &str) -> Option<(String, ContextFile)> {
    let (head, path) = line.split_once('\t')?;
    let mut columns = head.split_whitespace();
    let mode = u32::from_str_radix(columns.next()?, 8).ok()?;
    let second = columns.next()?;
    let is_id = |text: &str| text.len() >= 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let (id, bytes) = match second {
        "blob" | "commit" => (columns.next()?, columns.next().and_then(|size| size.parse().ok())),
        id => {
            columns.next()?;
            (id, None)
        }
    };
    // 160000 is a submodule and 120000 a link, whose target git keeps as content.
    let kind = match mode {
        0o160_000 => FileKind::Folder,
        0o120_000 => FileKind::Link(String::new()),
        _ => FileKind::File,
    };
    let file = ContextFile { kind, bytes, mode: Some(mode & 0o777), digest: Some(id.to_owned()) };
    is_id(id).then(|| (unquote(path), file))
}

/// Undoes git's quoting of unusual paths: `"caf\303\251"`.
fn unquote(path: &str) -> String {
    let Some(inner) = path.strip_prefix('"').and_then(|path| path.strip_suffix('"')) else {
        return path.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = inner.bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(first @ b'0'..=b'7') => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    if let Some(digit) = rest.next_if(|digit| (b'0'..=b'7').contains(digit)) {
                        value = value * 8 + u32::from(digit - b'0');
                    }
                }
                bytes.push(u8::try_from(value & 0xFF).unwrap_or(b'?'));
            }
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read_tar(line: &str) -> Option<(String, ContextFile)> {
    let mut rest = line;
    let permissions = next_column(&mut rest)?;
    let _owner = next_column(&mut rest)?;
    let bytes: u64 = next_column(&mut rest)?.parse().ok()?;
    let (date, _time) = (next_column(&mut rest)?, next_column(&mut rest)?);
    let mode = read_permissions(permissions)?;
    if !date.contains('-') || rest.is_empty() {
        return None;
    }
    let (path, kind) = match permissions.as_bytes().first()? {
        b'd' => (rest, FileKind::Folder),
        b'l' => {
            let (path, target) = rest.split_once(" -> ")?;
            (path, FileKind::Link(target.to_owned()))
        }
        b'h' => (rest.split_once(" link to ")?.0, FileKind::File),
        _ => (rest, FileKind::File),
    };
    let file = ContextFile { kind, bytes: Some(bytes), mode: Some(mode), digest: None };
    Some((path.to_owned(), file))
}

/// Takes the next word and one space behind it.
fn next_column<'line>(rest: &mut &'line str) -> Option<&'line str> {
    let (column, behind) = rest.trim_start().split_once(' ')?;
    *rest = behind;
    Some(column)
}

/// Reads `-rwxr-xr-x`; `None` for anything else.
fn read_permissions(text: &str) -> Option<u32> {
    let letters = text.get(1..10)?.bytes();
    let mut mode = 0;
    for (letter, bit) in letters.zip((0..9).rev()) {
        match letter {
            b'-' | b'S' | b'T' => {}
            b'r' | b'w' | b'x' | b's' | b't' => mode |= 1 << bit,
            _ => return None,
        }
    }
    Some(mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<u64>)> {
        let (context, errors) = read_listing(text);
        assert_eq!(errors, [], "every line of {text:?} should be read");
        context.files.into_iter().map(|(path, file)| (path, file.bytes)).collect()
    }

    #[test]
    fn an_inode_is_not_taken_for_a_size() {
        let listing = "  1234      4 -rw-r--r--   1 root     root          9 Nov 26 01:28 ./.env\n";
        let (context, errors) = read_listing(listing);
        assert_eq!(context.files.len(), 0, "`find -ls` begins its lines with an inode");
        assert_eq!(errors.len(), 1);
        let (context, _) = read_listing("12  -rw odd name\n");
        assert_eq!(context.files.len(), 1, "a name may begin with a space");
    }

    #[test]
    fn every_form_of_listing_is_read() {
        let wanted = [("a b.js".to_owned(), Some(7)), ("src/c.js".to_owned(), Some(12))];
        for listing in [
            "a b.js\t7\nsrc/c.js\t12\tsha256:aa\n",
            "7 ./a b.js\r\n12 ./src/c.js\r\n",
            "7\t./a b.js\n12\t./src/c.js\n16\t./src\n4096\t.\n",
            "100644 blob 257cc5642cb1a054f08cc83f2d943e56fd3ebe99       7\ta b.js\n\
             100755 blob 257cc5642cb1a054f08cc83f2d943e56fd3ebe99      12\tsrc/c.js\n",
            "-rw-r--r-- me/us        7 2026-01-02 03:04 ./a b.js\n\
             -rwxr-xr-x me/us       12 2026-01-02 03:04 ./src/c.js\n",
        ] {
            assert_eq!(read(listing), wanted, "reading {listing:?}");
        }
    }

    #[test]
    fn git_without_sizes_says_so_and_unquotes() {
        let id = "257cc5642cb1a054f08cc83f2d943e56fd3ebe99";
        let (context, errors) = read_listing(&format!("100755 {id} 0\t\"caf\\303\\251\"\n"));
        assert_eq!(errors, []);
        let file = &context.files["café"];
        assert_eq!((file.bytes, file.mode, file.digest.as_deref()), (None, Some(0o755), Some(id)));
    }

    #[test]
    fn a_line_that_differs_is_named_and_the_rest_is_kept() {
        let (context, errors) = read_listing("7 a\nwhat?\n8 b\n9 ../outside\n");
        assert_eq!(context.files.len(), 2);
        let lines: Vec<u32> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn a_byte_order_mark_belongs_to_no_line_and_a_path_that_leads_out_is_named() {
        let (context, errors) = read_listing("\u{FEFF}12 a.js\n10 ../up\n3 b/c.js\n");
        assert_eq!(context.files.keys().collect::<Vec<_>>(), ["a.js", "b/c.js"]);
        let [error] = &errors[..] else { panic!("one line is wrong: {errors:?}") };
        assert_eq!((error.line, error.message.as_str()), (2, OUTSIDE));
    }
}
