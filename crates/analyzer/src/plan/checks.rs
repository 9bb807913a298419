//! Values that BuildKit checks when it acts on an instruction: ports, signals, modes, checksums.

/// Reads the ports of `EXPOSE`, expanded, for what BuildKit refuses in them.
///
/// `parsePortSpec` in
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert_expose.go>.
///
/// # Errors
/// What is wrong and what to write instead.
pub(super) fn port(text: &str) -> Result<(), String> {
    let refused = || Err("is no port; write one as `8080`, `53/udp` or `8000-8010`".to_owned());
    let (before, container) = match text.rsplit_once(':') {
        Some((before, container)) => (before, container),
        None => ("", text),
    };
    let (range, protocol) = container.split_once('/').unwrap_or((container, "tcp"));
    if !["", "tcp", "udp", "sctp"].contains(&protocol.to_ascii_lowercase().as_str()) {
        return Err("has an unknown protocol; write `/tcp`, `/udp` or `/sctp`".into());
    }
    let Some((start, end)) = port_range(range) else { return refused() };
    let (address, host) = before.rsplit_once(':').unwrap_or(("", before));
    let address =
        address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
    if !address.is_empty() && address.parse::<std::net::IpAddr>().is_err() {
        return refused();
    }
    if host.is_empty() {
        return Ok(());
    }
    match port_range(host) {
        Some((host_start, host_end)) if end == start || end - start == host_end - host_start => {
            Ok(())
        }
        _ => refused(),
    }
}

fn port_range(text: &str) -> Option<(u16, u16)> {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u16>().ok().filter(|_| digits)
    };
    let (start, end) = text.split_once('-').unwrap_or((text, text));
    let (start, end) = (number(start)?, number(end)?);
    (start <= end).then_some((start, end))
}

/// Whether Linux knows the signal, by number or by name with or without `SIG`.
///
/// `ParseSignal` in <https://github.com/moby/sys/blob/signal/v0.7.1/signal/signal.go>.
pub(super) fn is_signal(text: &str) -> bool {
    const NAMES: [&str; 36] = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT",
        "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM",
        "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
        "RTMIN", "RTMAX",
    ];
    if let Ok(number) = text.parse::<i64>() {
        return number != 0;
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let real_time = name.strip_prefix("RTMIN+").map(|number| (number, 15));
    let real_time = real_time.or_else(|| name.strip_prefix("RTMAX-").map(|number| (number, 14)));
    match real_time {
        Some((number, most)) => {
            !number.starts_with(['0', '+'])
                && number.parse::<u8>().is_ok_and(|number| number <= most)
        }
        None => NAMES.contains(&name),
    }
}

/// Whether `--chmod` takes the value: octal up to 7777, or symbolic as `u=rwX,go-w`.
///
/// `dispatchCopy` in
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert_copy.go>.
pub(super) fn is_mode(text: &str) -> bool {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return u32::from_str_radix(text, 8).is_ok_and(|mode| mode <= 0o7777);
    }
    text.split(',').all(|clause| {
        let actions = clause.trim_start_matches(['u', 'g', 'o', 'a']);
        actions.starts_with(['+', '-', '='])
            && actions.split(['+', '-', '=']).all(|letters| {
                matches!(letters, "u" | "g" | "o")
                    || letters.chars().all(|letter| "rwxXst".contains(letter))
            })
    })
}

/// What a source of `COPY` or `ADD` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A path in the context, a stage or an image.
    Path,
    /// A file on the web.
    Url,
    /// A Git repository.
    Git,
}

/// Tells a Git repository and a URL from a path.
///
/// `ParseGitRef` in
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dfgitutil/git_ref.go>.
pub(super) fn place(source: &str) -> Place {
    if let Some(rest) = source.strip_prefix("http://").or_else(|| source.strip_prefix("https://")) {
        let path = rest.split(['?', '#']).next().unwrap_or(rest);
        return if path.ends_with(".git") { Place::Git } else { Place::Url };
    }
    if source.starts_with("git://") || source.starts_with("ssh://") {
        return Place::Git;
    }
    let is_word = |text: &str, more: &[char]| {
        let known =
            |character: char| character.is_ascii_alphanumeric() || more.contains(&character);
        !text.is_empty() && text.chars().all(known)
    };
    match source.split_once('@').and_then(|(user, rest)| Some((user, rest.split_once(':')?.0))) {
        Some((user, host)) if is_word(user, &['-', '_', '.']) && is_word(host, &['-', '.']) => {
            Place::Git
        }
        _ => Place::Path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_as_expose_takes_them() {
        for text in [
            "80",
            "80/tcp",
            "53/UDP",
            "8000-8010",
            "8080:80",
            "127.0.0.1:80:80",
            "[::1]:1:2",
            "0",
            "80/",
            "1-2:3-4",
            "1-2:3",
        ] {
            assert_eq!(port(text), Ok(()), "EXPOSE {text}");
        }
        for text in [
            "",
            "http",
            "80/http",
            "65536",
            "-1",
            "20-10",
            "1-2-3",
            "x:80",
            "1-2:3-5",
            "host:80:80",
            "80 81",
        ] {
            assert!(port(text).is_err(), "EXPOSE {text} is accepted");
        }
    }

    #[test]
    fn signals_by_name_and_number() {
        for text in ["SIGTERM", "term", "9", "SIGRTMIN+3", "RTMAX-14", "sigquit"] {
            assert!(is_signal(text), "STOPSIGNAL {text}");
        }
        for text in ["", "0", "SIG", "SIGNAL", "RTMIN+16", "SIGRTMAX-15", "TERMS"] {
            assert!(!is_signal(text), "STOPSIGNAL {text} is accepted");
        }
    }

    #[test]
    fn modes_octal_and_symbolic() {
        for text in ["755", "0644", "7777", "u=rwX,go=rX", "+x", "a+rx-w", "g=u"] {
            assert!(is_mode(text), "--chmod={text}");
        }
        for text in ["8", "10000", "rwx", "u=q", "x+", "u"] {
            assert!(!is_mode(text), "--chmod={text} is accepted");
        }
    }

    #[test]
    fn sources_are_paths_urls_or_repositories() {
        for (source, expected) in [
            ("a/b", Place::Path),
            ("https://example.com/a.tar", Place::Url),
            ("https://github.com/a/b.git", Place::Git),
            ("https://github.com/a/b.git#main:docs", Place::Git),
            ("git@github.com:a/b.git", Place::Git),
            ("ssh://git@host/a", Place::Git),
            ("github.com/a/b", Place::Path),
            ("a@b/c:d", Place::Path),
        ] {
            assert_eq!(place(source), expected, "{source}");
        }
    }
}
