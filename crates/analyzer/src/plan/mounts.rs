//! The fields of `RUN --mount`, expanded.
//!
//! `parseMount` and `validateMount` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/instructions/commands_runmount.go>,
//! targets in `convert_runmount.go` and `convert_secrets.go` of
//! <https://github.com/moby/buildkit/tree/v0.33.0/frontend/dockerfile/dockerfile2llb>.

use super::{CopySource, Mount, MountKind, paths};
use crate::dockerfile::mount::read_size;

/// A mount whose source is still a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReadMount {
    /// The mount; its `from` is [`CopySource::Context`] until resolved.
    pub(super) mount: Mount,
    /// `from=`; empty without.
    pub(super) from: String,
    /// Whether a variable stands in `from=`, which BuildKit refuses before it expands anything.
    pub(super) expanded_from: bool,
}

/// Why a mount is refused: what is wrong and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its fields do not fit, which the parser says where no variable or quote can change them.
    Fields(String),
    /// It cannot be made here, which only shows when the step is planned.
    Place(String),
}

impl From<String> for Refusal {
    fn from(problem: String) -> Self {
        Self::Fields(problem)
    }
}

/// Reads the value of one `--mount`, whose values `expand` expands, in `directory`.
///
/// # Errors
/// What BuildKit refuses in it and what to write instead.
pub(super) fn read(
    value: &str,
    directory: &str,
    mut expand: impl FnMut(&str) -> Result<String, String>,
) -> Result<ReadMount, Refusal> {
    let mut read = ReadMount { mount: Mount::default(), from: String::new(), expanded_from: false };
    let mut read_only = None;
    for field in split_fields(value)? {
        let (key, value) = match field.split_once('=') {
            Some((key, value)) => {
                let key = key.to_ascii_lowercase();
                read.expanded_from |= key == "from" && has_variable(value);
                (key, Some(expand(value)?))
            }
            None => (field.to_ascii_lowercase(), None),
        };
        match (key.as_str(), value) {
            ("readonly" | "ro", value) => read_only = Some(switch(&key, value)?),
            ("readwrite" | "rw", value) => read_only = Some(!switch(&key, value)?),
            ("required", value) => {
                if !matches!(read.mount.kind, MountKind::Secret | MountKind::Ssh) {
                    return Err(Refusal::Fields(
                        "`required` is for secret and ssh mounts; write `type=` before it".into(),
                    ));
                }
                read.mount.required = switch(&key, value)?;
            }
            (_, None) => return Err(format!("`{key}` needs a value; write `{key}=…`").into()),
            (_, Some(value)) => set(&mut read, &key, value)?,
        }
    }
    let writable = matches!(read.mount.kind, MountKind::Cache | MountKind::Tmpfs);
    read.mount.read_only = read_only.unwrap_or(!writable);
    check(&read)?;
    place(&mut read.mount, directory).map_err(Refusal::Place)?;
    Ok(read)
}

/// Whether something follows a `$`, which is all BuildKit looks for in `from=`.
fn has_variable(value: &str) -> bool {
    value.find('$').is_some_and(|at| at + 1 < value.len())
}

fn set(read: &mut ReadMount, key: &str, value: String) -> Result<(), String> {
    let mount = &mut read.mount;
    match key {
        "type" => mount.kind = kind(&value)?,
        "from" => read.from = value,
        "source" | "src" => mount.source = value,
        "target" | "dst" | "destination" => mount.target = value,
        "id" => mount.id = Some(value).filter(|id| !id.is_empty()),
        "env" => mount.environment = Some(value),
        "sharing" => {
            let sharing = value.to_ascii_lowercase();
            if !matches!(sharing.as_str(), "shared" | "private" | "locked") {
                return Err(format!(
                    "`sharing={value}` does not exist; write `shared`, `private` or `locked`"
                ));
            }
            mount.sharing = Some(sharing);
        }
        "size" if mount.kind == MountKind::Tmpfs => {
            mount.size =
                Some(read_size(&value).ok_or_else(|| {
                    format!("`size={value}` is no size; write one as `size=64m`")
                })?);
        }
        "size" => return Err("`size` is for tmpfs mounts; write `type=tmpfs` before it".into()),
        "mode" => mount.mode = Some(number(key, &value, 8)?),
        "uid" => mount.uid = Some(number(key, &value, 10)?),
        "gid" => mount.gid = Some(number(key, &value, 10)?),
        _ => {
            return Err(format!(
                "`{key}` is no field of a mount; use type, target, source, from, id, sharing, ro, rw, required, mode, uid, gid, size or env"
            ));
        }
    }
    Ok(())
}

fn check(read: &ReadMount) -> Result<(), String> {
    let mount = &read.mount;
    let owned = matches!(mount.kind, MountKind::Secret | MountKind::Ssh | MountKind::Cache);
    if !owned && (mount.mode.is_some() || mount.uid.is_some() || mount.gid.is_some()) {
        return Err(
            "`mode`, `uid` and `gid` are for cache, secret and ssh mounts; remove them".into()
        );
    }
    if mount.sharing.is_some() && mount.kind != MountKind::Cache {
        return Err("`sharing` is for cache mounts; remove it or write `type=cache`".into());
    }
    if mount.kind == MountKind::Secret {
        if !read.from.is_empty() {
            return Err("a secret comes from the builder, not from a stage; remove `from`".into());
        }
        if !mount.source.is_empty() && mount.id.is_some() {
            return Err("`source` and `id` both name the secret; keep `id`".into());
        }
        if !names_secret(mount) && mount.environment.is_none() {
            return Err(NAMELESS_SECRET.into());
        }
    }
    Ok(())
}

/// What is wrong with a secret mount that [`names_secret`] is false for.
const NAMELESS_SECRET: &str = "a secret mount must say which secret; write `id=…`";

/// Whether any field says which secret is meant.
fn names_secret(mount: &Mount) -> bool {
    !mount.source.is_empty() || !mount.target.is_empty() || mount.id.is_some()
}

/// Gives the mount its default or absolute target.
fn place(mount: &mut Mount, directory: &str) -> Result<(), String> {
    match mount.kind {
        MountKind::Secret => {
            // With `env` alone this only shows here, when BuildKit looks for the secret's name.
            if !names_secret(mount) {
                return Err(NAMELESS_SECRET.into());
            }
            let id = if mount.source.is_empty() {
                mount.id.as_deref()
            } else {
                Some(mount.source.as_str())
            };
            if mount.target.is_empty() && mount.environment.is_none() {
                let name = id.and_then(|id| id.rsplit('/').find(|part| !part.is_empty()));
                mount.target = format!("/run/secrets/{}", name.unwrap_or_default());
            }
        }
        MountKind::Ssh if mount.source.is_empty() => {}
        MountKind::Ssh => {
            return Err("an ssh mount has no `source`; name the agent with `id=`".into());
        }
        MountKind::Bind | MountKind::Cache | MountKind::Tmpfs => {
            if !mount.target.starts_with('/') {
                mount.target = paths::join("/", &paths::clean(directory, &mount.target))?;
            }
            if mount.target == "/" {
                return Err(
                    "a mount cannot cover `/`; write `target=` with a folder below it".into()
                );
            }
        }
    }
    Ok(())
}

fn kind(value: &str) -> Result<MountKind, String> {
    Ok(match value.to_ascii_lowercase().as_str() {
        "bind" => MountKind::Bind,
        "cache" => MountKind::Cache,
        "tmpfs" => MountKind::Tmpfs,
        "secret" => MountKind::Secret,
        "ssh" => MountKind::Ssh,
        _ => {
            return Err(format!(
                "`type={value}` does not exist; write bind, cache, tmpfs, secret or ssh"
            ));
        }
    })
}

/// A flag without value is on; with one it reads as Go's `strconv.ParseBool`.
fn switch(key: &str, value: Option<String>) -> Result<bool, String> {
    match value.as_deref() {
        None | Some("1" | "t" | "T" | "TRUE" | "true" | "True") => Ok(true),
        Some("0" | "f" | "F" | "FALSE" | "false" | "False") => Ok(false),
        Some(value) => {
            Err(format!("`{key}={value}` is neither on nor off; write `{key}` or `{key}=false`"))
        }
    }
}

fn number(key: &str, value: &str, radix: u32) -> Result<u32, String> {
    let example = if radix == 8 { "0755" } else { "1000" };
    let number = u32::from_str_radix(value, radix).ok().filter(|_| !value.starts_with('+'));
    number.ok_or_else(|| format!("`{key}={value}` is no number; write one as `{key}={example}`"))
}

/// Splits at commas; a field in double quotes may hold them, `""` is a quote inside.
fn split_fields(value: &str) -> Result<Vec<String>, String> {
    if value.is_empty() {
        return Err("has no fields; write some as `type=cache,target=/root/.cache`".into());
    }
    let mut fields = Vec::new();
    let mut rest = value;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                read_quoted(quoted).ok_or("has a quote that is not closed; close it")?
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                let (field, after) = rest.split_at(end);
                if field.contains('"') {
                    return Err("has a quote inside a field; quote the whole field".into());
                }
                (field.to_owned(), after)
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(fields),
            None => return Err("has text behind a closing quote; put a comma between".into()),
        }
    }
}

/// The field behind an opening quote, and what follows its closing quote.
fn read_quoted(quoted: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        field.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                field.push('"');
                rest = next;
            }
            None => return Some((field, after)),
        }
    }
}

impl Default for Mount {
    /// A bind mount of the whole build context without a target, which is what no field means.
    fn default() -> Self {
        Self {
            kind: MountKind::Bind,
            target: String::new(),
            source: String::new(),
            from: CopySource::Context,
            id: None,
            sharing: None,
            read_only: true,
            required: false,
            mode: None,
            uid: None,
            gid: None,
            size: None,
            environment: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_plain(value: &str) -> Result<ReadMount, String> {
        read(value, "/app", |text| Ok(text.to_owned())).map_err(|refusal| match refusal {
            Refusal::Fields(problem) | Refusal::Place(problem) => problem,
        })
    }

    #[test]
    fn mounts_get_their_defaults() {
        for (value, kind, target, read_only) in [
            ("type=bind,target=/x", MountKind::Bind, "/x", true),
            ("target=.", MountKind::Bind, "/app", true),
            ("target=sub,rw", MountKind::Bind, "/app/sub", false),
            ("type=cache,dst=/root/.npm", MountKind::Cache, "/root/.npm", false),
            ("type=cache,target=../c,ro=true", MountKind::Cache, "/c", true),
            ("TYPE=CACHE,destination=/c,readonly=0", MountKind::Cache, "/c", false),
            ("type=tmpfs,target=/t,size=64m", MountKind::Tmpfs, "/t", false),
            ("type=secret,id=a/tok", MountKind::Secret, "/run/secrets/tok", true),
            ("type=secret,id=tok,env=TOKEN", MountKind::Secret, "", true),
            ("type=secret,target=/t/x", MountKind::Secret, "/t/x", true),
            ("type=ssh", MountKind::Ssh, "", true),
            ("type=bind,\"target=/a,b\"", MountKind::Bind, "/a,b", true),
        ] {
            let mount = read_plain(value).unwrap_or_else(|error| panic!("{value}: {error}")).mount;
            let found = (mount.kind, mount.target.as_str(), mount.read_only);
            assert_eq!(found, (kind, target, read_only), "--mount={value}");
        }
    }

    #[test]
    fn sizes_count_in_powers_of_1024() {
        for (text, bytes) in
            [("1024", 1024), ("64m", 64 << 20), ("1.5 GiB", 3 << 29), ("2kb", 2048)]
        {
            assert_eq!(read_size(text), Some(bytes), "{text}");
        }
        for text in ["", "m", "1x", "1mm", "-1", "1.2.3"] {
            assert_eq!(read_size(text), None, "{text}");
        }
    }

    #[test]
    fn refused_mounts_say_what_to_write() {
        for (value, part) in [
            ("", "no fields"),
            ("type=volume,target=/x", "bind, cache, tmpfs, secret or ssh"),
            ("type=cache,target=/x,sharing=some", "`shared`, `private` or `locked`"),
            ("type=bind,target=/", "cannot cover `/`"),
            ("type=bind,target=../..", "cannot cover `/`"),
            ("type=bind,target=/x,mode=755", "are for cache, secret and ssh"),
            ("type=cache,target=/x,mode=9", "`mode=0755`"),
            ("type=cache,target=/x,uid=+1", "`uid=1000`"),
            ("type=cache,target=/x,required", "for secret and ssh mounts"),
            ("type=cache,target=/x,size=1m", "for tmpfs mounts"),
            ("type=tmpfs,target=/x,size=big", "`size=64m`"),
            ("type=bind,target=/x,sharing=locked", "for cache mounts"),
            ("type=secret", "say which secret"),
            ("type=secret,id=a,source=b", "keep `id`"),
            ("type=secret,id=a,from=b", "remove `from`"),
            ("type=ssh,source=x", "`id=`"),
            ("target", "write `target=…`"),
            ("type=bind,colour=red,target=/x", "no field of a mount"),
            ("ro=maybe,target=/x", "neither on nor off"),
            ("type=bind,\"target=/x", "not closed"),
            ("type=bind,tar\"get=/x", "quote the whole field"),
        ] {
            let error = read_plain(value).expect_err(value);
            assert!(error.contains(part), "--mount={value} is refused with {error:?}");
        }
    }
}
