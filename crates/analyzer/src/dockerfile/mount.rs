//! The values of `RUN --mount` and `RUN --device`: comma-separated `key=value` fields.
//!
//! Keys are literal; values are checked here only when nothing in them can expand, the rest is
//! the plan's to check after expansion. Rules:
//! `frontend/dockerfile/instructions/commands_runmount.go` and `commands_rundevice.go` of
//! BuildKit v0.33.0.

use std::ops::Range;

use super::flags::FlagText;
use super::instruction::Reader;
use super::suggest::nearest;

const TYPES: &[&str] = &["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING: &[&str] = &["shared", "private", "locked"];
const KEYS: &[&str] = &[
    "type",
    "from",
    "source",
    "src",
    "target",
    "dst",
    "destination",
    "readonly",
    "ro",
    "readwrite",
    "rw",
    "required",
    "size",
    "id",
    "sharing",
    "mode",
    "uid",
    "gid",
    "env",
];

/// One field of a comma-separated value, with its place in the value.
struct Field {
    text: String,
    range: Range<usize>,
}

/// Splits at commas; a field in double quotes may hold them, `""` is a quote inside.
fn split_fields(value: &str) -> Result<Vec<Field>, String> {
    if value.is_empty() {
        return Err("has no fields".to_owned());
    }
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let rest = value.get(at..).unwrap_or("");
        let (text, length) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted).ok_or("has a quote that is not closed")?,
            None => {
                let length = rest.find(',').unwrap_or(rest.len());
                let text = rest.get(..length).unwrap_or("");
                if text.contains('"') {
                    return Err("has a quote inside a field; quote the whole field".to_owned());
                }
                (text.to_owned(), length)
            }
        };
        fields.push(Field { text, range: at..at + length });
        at += length;
        match value.as_bytes().get(at) {
            None => return Ok(fields),
            Some(b',') => at += 1,
            Some(_) => return Err("has text behind a closing quote".to_owned()),
        }
    }
}

/// The field behind an opening quote and its length, both quotes included.
fn quoted_field(quoted: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != '"' {
            text.push(character);
        } else if characters.next_if(|(_, next)| *next == '"').is_some() {
            text.push('"');
        } else {
            return Some((text, at + 2));
        }
    }
    None
}

/// Turns places in a flag's value into places in the logical line.
struct Places {
    /// The whole flag.
    flag: Range<usize>,
    /// Where the value starts; `None` when quotes in the flag make that unclear.
    value: Option<usize>,
}

impl Places {
    fn new(reader: &Reader<'_>, flag: &FlagText, value: &str) -> Self {
        let exact = reader.line.slice(flag.range.clone()) == flag.text;
        Self { flag: flag.range.clone(), value: exact.then(|| flag.range.end - value.len()) }
    }

    fn of(&self, range: &Range<usize>) -> Range<usize> {
        self.value.map_or(self.flag.clone(), |start| start + range.start..start + range.end)
    }
}

/// Whether expansion may change a value, or has quotes and escapes to take away.
fn may_expand(value: &str) -> bool {
    value.contains(['$', '\'', '"', '\\', '`'])
}

/// What the fields before this one said, as far as rules need it.
#[derive(Default)]
struct Seen {
    /// The type; `Some(None)` when a variable decides it.
    kind: Option<Option<String>>,
    from: bool,
    source: bool,
    target: bool,
    id: bool,
    environment: bool,
    sharing: bool,
    /// `mode`, `uid` or `gid`.
    owner: Option<&'static str>,
}

impl Seen {
    /// The type that holds so far; `None` when it is not known.
    fn kind(&self) -> Option<&str> {
        self.kind.as_ref().map_or(Some("bind"), |kind| kind.as_deref())
    }

    fn is_not(&self, kinds: &[&str]) -> bool {
        self.kind().is_some_and(|kind| !kinds.contains(&kind))
    }
}

/// Reports what BuildKit would refuse in the value of `--mount`.
pub(super) fn check_mount(reader: &mut Reader<'_>, flag: &FlagText, value: &str) {
    let fields = match split_fields(value) {
        Ok(fields) => fields,
        Err(problem) => {
            let message = format!(
                "`--mount={value}` {problem}; write fields such as `type=cache,target=/root/.cache`."
            );
            return reader.refuse(flag.range.clone(), message);
        }
    };
    let places = Places::new(reader, flag, value);
    let mut seen = Seen::default();
    for field in &fields {
        if let Err(message) = check_field(&field.text, &mut seen) {
            reader.refuse(places.of(&field.range), message);
        }
    }
    if let Some(message) = check_together(&seen) {
        reader.refuse(flag.range.clone(), message);
    }
}

fn check_field(field: &str, seen: &mut Seen) -> Result<(), String> {
    let (key, value) = match field.split_once('=') {
        Some((key, value)) => (key.to_ascii_lowercase(), Some(value)),
        None => (field.to_ascii_lowercase(), None),
    };
    let Some(key) = KEYS.iter().copied().find(|known| *known == key) else {
        return Err(unknown_key("--mount", field, &key, KEYS));
    };
    let Some(value) = value else {
        return match key {
            "readonly" | "ro" | "readwrite" | "rw" => Ok(()),
            "required" if seen.is_not(&["secret", "ssh"]) => Err(wrong_type(key, seen)),
            "required" => Ok(()),
            _ => Err(format!("`{field}` needs a value: write `{key}=…`.")),
        };
    };
    // BuildKit refuses `from` with a `$` before anything is expanded.
    if key == "from" && value.find('$').is_some_and(|at| at + 1 < value.len()) {
        return Err(format!(
            "`from` of a mount takes no variables; name a stage with `FROM {value} AS …` and write its name."
        ));
    }
    let fixed = !may_expand(value);
    match key {
        "type" => {
            let kind = value.to_ascii_lowercase();
            seen.kind = Some(fixed.then(|| kind.clone()));
            if fixed && !TYPES.contains(&kind.as_str()) {
                seen.kind = Some(None);
                return Err(unknown_choice("mount type", value, TYPES));
            }
        }
        "from" => seen.from |= !value.is_empty(),
        "source" | "src" => seen.source |= !value.is_empty(),
        "target" | "dst" | "destination" => seen.target |= !value.is_empty(),
        "id" => seen.id |= !value.is_empty(),
        "env" => seen.environment = true,
        "sharing" => {
            seen.sharing = true;
            if fixed && !SHARING.contains(&value.to_ascii_lowercase().as_str()) {
                return Err(unknown_choice("sharing mode", value, SHARING));
            }
        }
        "required" if seen.is_not(&["secret", "ssh"]) => return Err(wrong_type(key, seen)),
        "size" if seen.is_not(&["tmpfs"]) => return Err(wrong_type(key, seen)),
        "size" if fixed && read_size(value).is_none() => {
            return Err(format!("`{field}` is no size; write `size=64m`."));
        }
        "mode" | "uid" | "gid" => {
            seen.owner = seen.owner.or(KEYS.iter().copied().find(|known| *known == key));
            let radix = if key == "mode" { 8 } else { 10 };
            if fixed && !is_number(value, radix) {
                let example = if key == "mode" { "0755" } else { "1000" };
                return Err(format!("`{field}` is no number; write `{key}={example}`."));
            }
        }
        "readonly" | "ro" | "readwrite" | "rw" | "required" if fixed && !is_switch(value) => {
            return Err(format!("`{field}` is on or off; write `{key}` or `{key}=false`."));
        }
        _ => {}
    }
    Ok(())
}

/// Rules about several fields, looked at when all are read.
fn check_together(seen: &Seen) -> Option<String> {
    let kind = seen.kind()?;
    if let Some(owner) = seen.owner
        && !["secret", "ssh", "cache"].contains(&kind)
    {
        return Some(format!(
            "`{owner}` is for mounts of type cache, secret and ssh, not {kind}; remove it."
        ));
    }
    if kind == "secret" {
        if seen.from {
            return Some(
                "A secret comes from the builder, not from a stage; remove `from`.".into(),
            );
        }
        if !seen.source && !seen.target && !seen.id && !seen.environment {
            return Some("A secret mount must say which secret: write `id=…`.".into());
        }
        if seen.source && seen.id {
            return Some("`source` and `id` both name the secret; keep `id`.".into());
        }
    }
    (seen.sharing && kind != "cache")
        .then(|| format!("`sharing` is for cache mounts, not {kind}; remove it."))
}

fn wrong_type(key: &str, seen: &Seen) -> String {
    let kind = seen.kind().unwrap_or("bind");
    let hint = if key == "size" { "type=tmpfs" } else { "type=secret" };
    format!("`{key}` does not fit a {kind} mount; write `{hint}` before it, or remove it.")
}

fn unknown_key(flag: &str, field: &str, key: &str, known: &[&str]) -> String {
    match nearest(key, known) {
        Some(near) => format!("`{flag}` has no key `{key}`; did you mean `{near}`?"),
        None => format!("`{flag}` has no key `{key}` (in `{field}`); remove it."),
    }
}

fn unknown_choice(what: &str, value: &str, known: &[&str]) -> String {
    match nearest(value, known) {
        Some(near) => format!("There is no {what} `{value}`; did you mean `{near}`?"),
        None => format!("There is no {what} `{value}`; write one of {}.", known.join(", ")),
    }
}

/// As Go's `strconv.ParseBool`.
pub(super) fn is_switch(value: &str) -> bool {
    let words = ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"];
    words.contains(&value)
}

fn is_number(value: &str, radix: u32) -> bool {
    !value.starts_with('+') && u32::from_str_radix(value, radix).is_ok()
}

/// Bytes of `64m`, `1.5 GiB`, `1024`: a number, a space, a unit in powers of 1,024 with an optional
/// `i` and `b`. `None` for anything else.
///
/// As `RAMInBytes` of <https://github.com/docker/go-units/blob/v0.5.0/size.go>, which also takes
/// exponents (`1e3m`). Whole numbers only: the machinery of floats would be 12 KB of the page.
pub(crate) fn read_size(value: &str) -> Option<u64> {
    let end = value.rfind(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')? + 1;
    let (number, unit) = value.split_at_checked(end)?;
    let unit = unit.to_ascii_lowercase();
    let (power, rest) = match unit.chars().next().and_then(|first| "kmgtp".find(first)) {
        Some(place) => (u32::try_from(place).ok()? + 1, unit.get(1..)?),
        None => (0, unit.as_str()),
    };
    let number = number.strip_suffix(' ').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let scaled = digits.parse::<u128>().ok()?.checked_mul(1024_u128.pow(power))? / scale;
    let bytes = u64::try_from(scaled).ok()?;
    matches!(rest, "" | "b" | "ib").then_some(bytes)
}

/// Reports what BuildKit would refuse in the value of `--device`.
pub(super) fn check_device(reader: &mut Reader<'_>, flag: &FlagText, value: &str) {
    let fields = match split_fields(value) {
        Ok(fields) => fields,
        Err(problem) => {
            let message = format!("`--device={value}` {problem}; write `--device=name`.");
            return reader.refuse(flag.range.clone(), message);
        }
    };
    let places = Places::new(reader, flag, value);
    let mut named = false;
    for field in &fields {
        let (key, rest) = match field.text.split_once('=') {
            Some((key, rest)) => (key.to_ascii_lowercase(), Some(rest)),
            None => (field.text.to_ascii_lowercase(), None),
        };
        let problem = match (key.as_str(), rest) {
            ("required", None) => None,
            ("required", Some(rest)) if is_switch(rest) => None,
            ("required", Some(_)) => Some(format!("`{}` is on or off.", field.text)),
            ("name", Some(_)) if named => {
                Some("The device already has a name; remove this one.".into())
            }
            _ if !named => {
                named = true;
                None
            }
            (_, None) => Some(format!("`{0}` needs a value: write `{0}=…`.", field.text)),
            _ => Some(unknown_key("--device", &field.text, &key, &["name", "required"])),
        };
        if let Some(message) = problem {
            reader.refuse(places.of(&field.range), message);
        }
    }
}
