//! What the sums in a listing of `du` tell: that its numbers are blocks and no bytes, and which of
//! its files may be empty folders.
//!
//! `du` lists a folder with the sum of all below it and of what the folder takes itself
//! (<https://www.gnu.org/software/coreutils/manual/html_node/du-invocation.html>): with `-b` its
//! size, 4,096 bytes and more on ext4; without, its blocks. Elsewhere a folder may take nothing.

use crate::context::BuildContext;
use crate::order;

/// What a folder of few names takes on ext4, in bytes.
const FOLDER_BYTES: u64 = 4_096;
/// The same in blocks of 1,024 bytes, of which all that is kept in pages of 4,096 takes a multiple.
const PAGE_BLOCKS: u64 = 4;
/// As many multiples of [`PAGE_BLOCKS`] are no chance: of as many files, one project in 65,000.
const TELLING_FILES: usize = 8;

const BLOCKS: &str = "These numbers look like blocks, as `du` counts without `-b`, and not like bytes: what is left \
     for the folders themselves says so. Every size here is then far too small. Run `du -ab .` \
     instead or, on a Mac, `find . -type f -exec stat -f '%z %N' {} +`.";

/// What is doubtful in such a listing.
#[derive(Default)]
pub(super) struct Doubts {
    /// Whether its numbers are blocks.
    are_blocks: bool,
    /// The first path without anything below it that takes as much as an empty folder.
    leaf: Option<String>,
    /// How many more there are.
    more: usize,
}

impl Doubts {
    /// Looks at every line of a listing; `root` is the number of the folder it was made of.
    pub(super) fn look(context: &BuildContext, root: Option<u64>) -> Self {
        let number = |path: &str| match path {
            "" => root,
            path => context.files.get(path).and_then(|file| file.bytes),
        };
        let numbers = || context.files.values().filter_map(|file| file.bytes).chain(root);
        let (folders, own) = own_numbers(context, &number);
        let ordinary = own.iter().filter(|own| **own == Some(PAGE_BLOCKS)).count();
        let files = numbers().filter(|it| *it > 0).count().saturating_sub(folders.len());
        let in_pages = !own.is_empty()
            && own.iter().flatten().all(|own| *own < FOLDER_BYTES)
            && numbers().all(|number| number.is_multiple_of(PAGE_BLOCKS))
            && (ordinary * 2 > own.len() || files >= TELLING_FILES);
        // Bytes add up; what is rounded up line by line may not.
        let are_blocks = in_pages || own.contains(&None);
        if !own.contains(&Some(FOLDER_BYTES)) {
            return Self { are_blocks, ..Self::default() };
        }
        let is_leaf = |path: &&String| folders.binary_search(&path.as_str()).is_err();
        let like_a_folder = context.files.iter().filter(|it| it.1.bytes == Some(FOLDER_BYTES));
        let mut leaves = like_a_folder.map(|(path, _)| path).filter(is_leaf);
        Self { are_blocks, leaf: leaves.next().cloned(), more: leaves.count() }
    }

    /// What to say of the whole listing.
    pub(super) fn about_all(&self) -> Option<&'static str> {
        self.are_blocks.then_some(BLOCKS)
    }

    /// The path that may be a folder, and what to say of it.
    pub(super) fn about_leaf(&self) -> Option<(&str, String)> {
        let leaf = self.leaf.as_deref()?;
        let more = match self.more {
            0 => String::new(),
            more => format!(" So it may be with {more} more."),
        };
        let message = format!(
            "`{leaf}` has 4,096 bytes, as an empty folder has in `du -ab`, and counts as a file. \
             Where it is a folder, bring what `find . -type f -printf '%s %p\\n'` prints.{more}"
        );
        Some((leaf, message))
    }
}

/// The folders that something is listed in, sorted, and what each of those with a number takes by
/// itself: the number less those of what lies directly in it, `None` where these are more.
fn own_numbers<'context>(
    context: &'context BuildContext,
    number: &dyn Fn(&str) -> Option<u64>,
) -> (Vec<&'context str>, Vec<Option<u64>>) {
    let folder = |path: &'context String| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let inside = context.files.iter().map(|(path, file)| (folder(path), file.bytes.unwrap_or(0)));
    let mut inside: Vec<(&str, u64)> = inside.collect();
    order::sort(&mut inside);
    let (mut folders, mut own) = (Vec::new(), Vec::new());
    for group in inside.chunk_by(|one, next| one.0 == next.0) {
        let Some((folder, _)) = group.first() else { continue };
        let sum = group.iter().fold(0_u64, |sum, (_, bytes)| sum.saturating_add(*bytes));
        folders.push(*folder);
        own.extend(number(folder).map(|number| number.checked_sub(sum)));
    }
    (folders, own)
}

#[cfg(test)]
mod tests {
    use super::super::read_listing;

    /// The remarks on a listing that `du` printed.
    fn remarks(listing: &str) -> Vec<String> {
        let (context, errors) = read_listing(listing);
        assert_eq!(errors, [], "every line of {listing:?} should be read");
        context.remarks.iter().map(|it| format!("{} {}", it.line, it.message)).collect()
    }

    #[test]
    fn blocks_are_told_from_bytes_by_what_folders_take() {
        let many: String = (1..=8).map(|at| format!("{}\t./{at}\n", at * 4)).collect();
        for (listing, are_blocks, what) in [
            ("4\t./a.js\n300\t./m/b.js\n304\t./m\n312\t.\n", true, "ext4, folders take 4"),
            ("4\t./a.js\n", false, "no folder is listed"),
            ("247\t./a.js\n4343\t.\n", false, "bytes"),
            ("248\t./a.js\n4344\t.\n", false, "bytes that 4 divides"),
            ("248\t./a.js\n248\t.\n", false, "bytes of a `du` that leaves folders out"),
            ("8\t./src/a\n68\t./src\n128\t.\n", false, "bytes on a file system in memory"),
            (&format!("{many}144\t.\n"), true, "blocks where folders take nothing"),
            ("1\t./a\n1\t./b\n1\t./c\n1\t./d\n1\t./e\n5\t.\n", false, "nothing to tell from"),
            ("1\t./a\n1\t./b\n1\t./c\n2\t.\n", true, "rounded up, with `--apparent-size`"),
            (&format!("{many}6\t./9\n150\t.\n"), false, "4 does not divide one"),
        ] {
            let told = remarks(listing);
            let is_told = told.iter().any(|it| it.starts_with("1 These numbers look like blocks"));
            assert_eq!(is_told, are_blocks, "{what}: {told:?}");
        }
    }

    #[test]
    fn what_takes_as_much_as_an_empty_folder_is_told_once() {
        let listing = "10\t./src/a\n4106\t./src\n4096\t./empty\n4096\t./void\n16394\t.\n";
        let [told] = &remarks(listing)[..] else { panic!("one remark: {:?}", remarks(listing)) };
        assert_eq!(
            told,
            "3 `empty` has 4,096 bytes, as an empty folder has in `du -ab`, and counts as a file. \
             Where it is a folder, bring what `find . -type f -printf '%s %p\\n'` prints. So it may \
             be with 1 more."
        );
        assert_eq!(remarks("4096\t./a\n10\t./b\n4106\t.\n"), [""; 0], "folders take nothing here");
    }
}
