//! A build context as bytes of a field: columns, so that what is alike stands together.
//!
//! The field's bytes keep to the rule of `fields`: no `0xFF`, and `0xFE` only behind a text. A
//! number is written in digits of base 126, the highest first, each but the last with `0x80`
//! added; so a number below 126 is one byte, and no byte of a number is `0xFE` or `0xFF`.
//!
//! A path is written as the bytes it shares with the path before it and the text of the rest.
//! What a file is (kind, mode, whether its size is known) is an index into a table of the few
//! combinations there are. Digests are not written: they would be most of the link, and no size
//! needs them.

use crate::MAXIMUM_BYTES;

/// Ends a text.
const END: u8 = 0xFE;
/// Digits of a number.
const BASE: u64 = 126;
/// Added to each digit but the last.
const MORE: u8 = 0x80;
/// What a file takes in memory beside its path, about, in bytes.
const FILE_OVERHEAD: usize = 40;

/// How the context came to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedOrigin {
    /// A listing.
    Listing,
    /// A folder, by its name.
    Folder(String),
}

/// What a path of a context is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedKind {
    /// A regular file.
    File,
    /// A folder that is named itself.
    Folder,
    /// A symbolic link and where it points.
    Link(String),
    /// This many files under the name of one of them.
    Summary(u64),
}

/// One path of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFile {
    /// What it is.
    pub kind: SharedKind,
    /// Content bytes; `None` where nobody knows.
    pub bytes: Option<u64>,
    /// Permission bits; `None` where nobody knows.
    pub mode: Option<u32>,
}

/// A build context in a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedContext {
    /// How it came to be known.
    pub origin: SharedOrigin,
    /// Its files by path, in the order of the paths' bytes so that a link is short: parts that are
    /// neither empty nor `.` nor `..`, with `/` between them. Other paths do not arrive.
    pub files: Vec<(String, SharedFile)>,
    /// Where files stand summed up, a number for the texts for which their sums are exact.
    pub condensed_for: Option<u64>,
}

impl SharedContext {
    /// Whether some entries stand for several files.
    #[must_use]
    pub fn is_summarized(&self) -> bool {
        self.files.iter().any(|(_, file)| matches!(file.kind, SharedKind::Summary(_)))
    }
}

/// Why the bytes of a field are no context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It would take more than [`MAXIMUM_BYTES`] of memory.
    TooLarge,
    /// No context is written like this.
    Malformed,
}

/// What files have in common: a row of the table.
type Shape = (u8, bool, Option<u32>);

fn shape_of(file: &SharedFile) -> Shape {
    let kind = match file.kind {
        SharedKind::File => 0,
        SharedKind::Folder => 1,
        SharedKind::Link(_) => 2,
        SharedKind::Summary(_) => 3,
    };
    (kind, file.bytes.is_some(), file.mode)
}

/// Writes a context; paths of another form than [`SharedContext::files`] asks for are left out.
pub(crate) fn write(context: &SharedContext) -> Vec<u8> {
    let mut writer = Writer::default();
    match &context.origin {
        SharedOrigin::Listing => writer.text("l"),
        SharedOrigin::Folder(name) => writer.text(&format!("f{name}")),
    }
    let files: Vec<&(String, SharedFile)> =
        context.files.iter().filter(|(path, _)| is_normal(path)).collect();
    let shapes: Vec<Shape> = files.iter().map(|(_, file)| shape_of(file)).collect();
    let mut table: Vec<Shape> = Vec::new();
    for shape in &shapes {
        // Few rows: a sort of them all would be more code than the rest of this.
        if let Err(at) = table.binary_search(shape) {
            table.insert(at, *shape);
        }
    }
    writer.size(table.len());
    for (kind, sized, mode) in &table {
        writer.number(u64::from(*kind) * 4 + u64::from(*sized) * 2 + u64::from(mode.is_some()));
        mode.iter().for_each(|mode| writer.number(u64::from(*mode)));
    }
    writer.size(files.len());
    for shape in &shapes {
        writer.size(table.partition_point(|row| row < shape));
    }
    let mut previous = "";
    for (path, _) in &files {
        let kept = shared_beginning(previous, path);
        writer.size(kept);
        writer.text(path.get(kept..).unwrap_or_default());
        previous = path;
    }
    for (_, file) in &files {
        file.bytes.iter().for_each(|bytes| writer.number(*bytes));
        match &file.kind {
            SharedKind::Link(target) => writer.text(target),
            SharedKind::Summary(count) => writer.number(*count),
            SharedKind::File | SharedKind::Folder => {}
        }
    }
    context.condensed_for.iter().for_each(|purpose| writer.text(&format!("c{purpose:x}")));
    writer.bytes
}

/// Reads a context, whole or not at all: sums over a part of one would be wrong numbers.
/// Columns of later versions may follow those read here, as texts.
///
/// # Errors
/// [`Refusal`] for bytes that [`write()`] does not write, and for a context that would grow too
/// large in memory.
pub(crate) fn read(bytes: &[u8]) -> Result<SharedContext, Refusal> {
    let mut reader = Reader { bytes };
    let origin = read_origin(&mut reader)?;
    let shapes = read_shapes(&mut reader)?;
    let mut paths = Vec::new();
    let mut memory = 0;
    for _ in &shapes {
        let path = read_path(&mut reader, paths.last().map_or("", String::as_str))?;
        memory += path.len() + FILE_OVERHEAD;
        if memory > MAXIMUM_BYTES {
            return Err(Refusal::TooLarge);
        }
        paths.push(path);
    }
    let mut files = Vec::new();
    for (path, shape) in paths.into_iter().zip(shapes) {
        files.push((path, read_file(&mut reader, shape)?));
    }
    Ok(SharedContext { origin, files, condensed_for: read_purpose(&mut reader)? })
}

/// Reads the column of [`SharedContext::condensed_for`]; `None` where it is not there.
fn read_purpose(reader: &mut Reader<'_>) -> Result<Option<u64>, Refusal> {
    if reader.bytes.is_empty() {
        return Ok(None);
    }
    let digits = reader.text()?.strip_prefix('c');
    Ok(digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()))
}

fn read_origin(reader: &mut Reader<'_>) -> Result<SharedOrigin, Refusal> {
    let origin = reader.text()?;
    match (origin, origin.strip_prefix('f')) {
        ("l", _) => Ok(SharedOrigin::Listing),
        (_, Some(name)) => Ok(SharedOrigin::Folder(name.to_owned())),
        _ => Err(Refusal::Malformed),
    }
}

/// Reads the table, and then the row of each file.
fn read_shapes(reader: &mut Reader<'_>) -> Result<Vec<Shape>, Refusal> {
    let mut table = Vec::new();
    for _ in 0..reader.count()? {
        let row = reader.number()?;
        let kind = u8::try_from(row / 4).map_err(|_| Refusal::Malformed)?;
        let mode = (row % 2 == 1).then(|| reader.number()).transpose()?;
        let mode = mode.map(u32::try_from).transpose().map_err(|_| Refusal::Malformed)?;
        table.push((kind, row & 2 != 0, mode));
    }
    let mut shapes = Vec::new();
    for _ in 0..reader.count()? {
        shapes.push(*table.get(reader.size()?).ok_or(Refusal::Malformed)?);
    }
    Ok(shapes)
}

/// Reads the path after `previous`, which it must follow in order.
fn read_path(reader: &mut Reader<'_>, previous: &str) -> Result<String, Refusal> {
    let kept = previous.get(..reader.size()?).ok_or(Refusal::Malformed)?;
    let path = format!("{kept}{}", reader.text()?);
    if is_normal(&path) && path.as_str() > previous { Ok(path) } else { Err(Refusal::Malformed) }
}

fn read_file(reader: &mut Reader<'_>, (kind, sized, mode): Shape) -> Result<SharedFile, Refusal> {
    let bytes = sized.then(|| reader.number()).transpose()?;
    let kind = match kind {
        0 => SharedKind::File,
        1 => SharedKind::Folder,
        2 => SharedKind::Link(reader.text()?.to_owned()),
        3 => SharedKind::Summary(reader.number()?),
        _ => return Err(Refusal::Malformed),
    };
    Ok(SharedFile { kind, bytes, mode })
}

/// Whether a path names something inside a context in the one way there is to name it.
fn is_normal(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Bytes that two paths begin with alike, cut between characters.
fn shared_beginning(one: &str, other: &str) -> usize {
    let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    (0..=alike).rev().find(|at| one.is_char_boundary(*at)).unwrap_or(0)
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
        self.bytes.push(END);
    }

    fn size(&mut self, size: usize) {
        self.number(u64::try_from(size).unwrap_or(u64::MAX));
    }

    fn number(&mut self, number: u64) {
        let start = self.bytes.len();
        let mut rest = number;
        loop {
            // Below 126, so it fits.
            let digit = u8::try_from(rest % BASE).unwrap_or_default();
            let more = if self.bytes.len() == start { 0 } else { MORE };
            self.bytes.insert(start, digit + more);
            rest /= BASE;
            if rest == 0 {
                break;
            }
        }
    }
}

struct Reader<'bytes> {
    bytes: &'bytes [u8],
}

impl<'bytes> Reader<'bytes> {
    fn text(&mut self) -> Result<&'bytes str, Refusal> {
        let mut parts = self.bytes.splitn(2, |byte| *byte == END);
        let text = parts.next().unwrap_or_default();
        self.bytes = parts.next().ok_or(Refusal::Malformed)?;
        std::str::from_utf8(text).map_err(|_| Refusal::Malformed)
    }

    /// A number of things that each take some memory.
    fn count(&mut self) -> Result<usize, Refusal> {
        let count = self.size()?;
        if count > MAXIMUM_BYTES / FILE_OVERHEAD { Err(Refusal::TooLarge) } else { Ok(count) }
    }

    fn size(&mut self) -> Result<usize, Refusal> {
        usize::try_from(self.number()?).map_err(|_| Refusal::Malformed)
    }

    fn number(&mut self) -> Result<u64, Refusal> {
        let mut number = 0_u64;
        loop {
            let (byte, rest) = self.bytes.split_first().ok_or(Refusal::Malformed)?;
            self.bytes = rest;
            let digit = u64::from(byte % MORE);
            let longer = number.checked_mul(BASE).and_then(|it| it.checked_add(digit));
            number = longer.filter(|_| digit < BASE).ok_or(Refusal::Malformed)?;
            if *byte < MORE {
                return Ok(number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: SharedFile = SharedFile { kind: SharedKind::File, bytes: None, mode: None };

    fn listing(paths: &[&str]) -> SharedContext {
        let files = paths.iter().map(|path| ((*path).to_owned(), FILE)).collect();
        SharedContext { origin: SharedOrigin::Listing, files, condensed_for: None }
    }

    #[test]
    fn numbers_keep_off_the_bytes_that_stand_between_fields() {
        let mut writer = Writer::default();
        let numbers = [0, 1, 125, 126, 127, 253, 254, 255, 15_876, u64::from(u32::MAX), u64::MAX];
        numbers.iter().for_each(|number| writer.number(*number));
        assert!(writer.bytes.iter().all(|byte| *byte < 0xFE), "{:x?}", writer.bytes);
        let mut reader = Reader { bytes: &writer.bytes };
        let read: Vec<u64> = numbers.iter().map(|_| reader.number().unwrap()).collect();
        assert_eq!(read, numbers);
        let mut reader = Reader { bytes: &[0xFD; 12] };
        assert_eq!(reader.number(), Err(Refusal::Malformed), "no number has so many digits");
    }

    #[test]
    fn paths_that_lead_elsewhere_are_not_read() {
        for path in ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/.", "./a", "a/"] {
            assert_eq!(read(&write(&listing(&[path, "kept"]))), Ok(listing(&["kept"])), "{path}");
            let mut writer = Writer::default();
            writer.text("l");
            // One row (a file), one file of it, nothing kept of the path before.
            [1, 0, 1, 0, 0].into_iter().for_each(|number| writer.number(number));
            writer.text(path);
            assert_eq!(read(&writer.bytes), Err(Refusal::Malformed), "{path}");
        }
    }

    #[test]
    fn a_part_of_a_context_is_no_context() {
        let bytes = write(&listing(&["è/b", "è/bc", "é/a"]));
        assert_eq!(read(&bytes), Ok(listing(&["è/b", "è/bc", "é/a"])));
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]), Err(Refusal::Malformed), "{length} bytes of it");
        }
        let condensed = SharedContext { condensed_for: Some(u64::MAX), ..listing(&["a"]) };
        assert_eq!(read(&write(&condensed)), Ok(condensed), "what it was condensed for");
        let later = [bytes.as_slice(), b"a column of a later version\xFE"].concat();
        assert_eq!(read(&later), Ok(listing(&["è/b", "è/bc", "é/a"])));
    }

    #[test]
    fn few_bytes_that_would_fill_memory_are_refused() {
        let mut many = Writer::default();
        many.text("l");
        [1, 0, 100_001].into_iter().for_each(|number| many.number(number));
        assert_eq!(read(&many.bytes), Err(Refusal::TooLarge));
        // Each path is the one before and one letter more: 1 + 2 + … + 5,000.
        let mut growing = Writer::default();
        growing.text("l");
        [1, 0, 5000].into_iter().for_each(|number| growing.number(number));
        growing.bytes.extend([0; 5000]);
        for length in 0..5000 {
            growing.number(length);
            growing.text("a");
        }
        assert_eq!(read(&growing.bytes), Err(Refusal::TooLarge));
    }
}
