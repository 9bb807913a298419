//! One requirement as Python writes it: `uvicorn[standard] >= 0.30 ; python_version > "3.8"`.
//!
//! After <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>.

/// A requirement in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement<'text> {
    /// The name, normalised.
    pub name: String,
    /// Extras that are asked for, normalised.
    pub extras: Vec<String>,
    /// The version, when one is pinned (`==1.2`, `===1.2`).
    pub version: Option<&'text str>,
    /// The marker behind `;`, or nothing.
    pub marker: &'text str,
}

impl<'text> Requirement<'text> {
    /// Reads a requirement; `None` when the text opens with no name.
    #[must_use]
    pub fn read(text: &'text str) -> Option<Self> {
        let text = text.trim();
        let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-');
        let end = text.find(|it: char| !is_part(it)).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end)?;
        if !name.starts_with(|it: char| it.is_ascii_alphanumeric()) {
            return None;
        }
        let rest = rest.trim_start();
        let (extras, rest) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((extras, rest)) => (extras, rest.trim_start()),
            None => ("", rest),
        };
        if !rest.is_empty() && !rest.starts_with(['=', '<', '>', '!', '~', '(', ';', '@']) {
            return None;
        }
        let extras = extras.split(',').map(normalise).filter(|extra| !extra.is_empty());
        let (versions, marker) = rest.split_once(';').unwrap_or((rest, ""));
        Some(Self {
            name: normalise(name),
            extras: extras.collect(),
            version: pinned(versions),
            marker: marker.trim(),
        })
    }

    /// The name with its extras in brackets, as [`crate::packages::modules::Wanted`] takes it.
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.extras.is_empty() {
            true => self.name.clone(),
            false => format!("{}[{}]", self.name, self.extras.join(",")),
        }
    }
}

/// A name as indexes compare it: lower case, runs of `-`, `_` and `.` as one `-`.
#[must_use]
pub fn normalise(name: &str) -> String {
    let mut normal = String::new();
    for letter in name.trim().chars() {
        match letter {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            letter => normal.push(letter.to_ascii_lowercase()),
        }
    }
    normal
}

fn pinned(versions: &str) -> Option<&str> {
    let versions = versions.trim().trim_start_matches('(').trim_end_matches(')');
    let version = versions.split(',').find_map(|clause| clause.trim().strip_prefix("=="))?;
    let version = version.trim_start_matches('=').trim().trim_end_matches(".*");
    (!version.is_empty()).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_falls_into_its_parts() {
        for (text, full_name, version, marker) in [
            ("Flask", "flask", None, ""),
            ("uvicorn[standard]>=0.30", "uvicorn[standard]", None, ""),
            (
                "zope.interface == 6.0 ; os_name == 'nt'",
                "zope-interface",
                Some("6.0"),
                "os_name == 'nt'",
            ),
            ("httpx [http2, Socks] (==0.27.*)", "httpx[http2,socks]", Some("0.27"), ""),
            ("a_-.b @ file:///x.whl", "a-b", None, ""),
            ("a>1,===2", "a", Some("2"), ""),
        ] {
            let requirement = Requirement::read(text).unwrap();
            assert_eq!(requirement.full_name(), full_name, "{text}");
            assert_eq!((requirement.version, requirement.marker), (version, marker), "{text}");
        }
        for text in ["", "-e .", "./folder", "https://example.com/a.whl", "a b", "[x]"] {
            assert_eq!(Requirement::read(text), None, "{text}");
        }
    }
}
