//! What is known of the folders above a path, while paths pass in bytewise order.

/// One value for each folder above the path at hand. Each folder is asked about once for every
/// unbroken run of paths inside it, which in bytewise order is once.
pub(super) struct OpenFolders<'tree, T> {
    previous: &'tree str,
    /// Where the folder ends in `previous`, and its value; the outermost first.
    open: Vec<(usize, T)>,
}

impl<'tree, T> OpenFolders<'tree, T> {
    /// Before the first path.
    pub(super) fn new() -> Self {
        Self { previous: "", open: Vec::new() }
    }

    /// Goes on to `path`. Folders above it that end behind `root` bytes and were not above the
    /// path before are asked about, with the value of the folder they lie in. Gives the value of
    /// the folder that `path` lies in; `None` at the root.
    pub(super) fn enter<E>(
        &mut self,
        path: &'tree str,
        root: usize,
        mut ask: impl FnMut(&'tree str, Option<&T>) -> Result<T, E>,
    ) -> Result<Option<&T>, E> {
        let still_open = |end: usize| {
            path.as_bytes().get(end) == Some(&b'/') && path.get(..end) == self.previous.get(..end)
        };
        while self.open.last().is_some_and(|(end, _)| !still_open(*end)) {
            self.open.pop();
        }
        let from = self.open.last().map_or(root, |(end, _)| end + 1);
        for (at, _) in path.get(from..).unwrap_or_default().match_indices('/') {
            let end = from + at;
            let folder = path.get(..end).unwrap_or_default();
            let value = ask(folder, self.open.last().map(|(_, value)| value))?;
            self.open.push((end, value));
        }
        self.previous = path;
        Ok(self.open.last().map(|(_, value)| value))
    }
}
