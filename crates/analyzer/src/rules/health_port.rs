//! Ask the port that the container listens on.

use super::origin::{Origin, origin};
use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "health-port",
    title: "Ask the port that the container listens on",
    aliases: &[],
    why: "A health check runs inside the container. Where it asks a port that no EXPOSE names, one of the two is wrong, and a container that works counts as unhealthy.",
    source: "https://docs.docker.com/reference/dockerfile/#healthcheck (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nEXPOSE 8080\nHEALTHCHECK CMD curl -f http://localhost:3000/\n",
            "FROM debian:12\nEXPOSE 8080\nHEALTHCHECK CMD curl -f http://localhost:8080/\n",
        ),
        Example::new(
            "FROM debian:12 AS a\nEXPOSE 8080/tcp\nFROM a\nHEALTHCHECK CMD [\"wget\", \"-q\", \"http://127.0.0.1/up\"]\n",
            "FROM debian:12 AS a\nEXPOSE 8080 $P\nFROM a\nHEALTHCHECK CMD wget http://127.0.0.1/up\n",
        ),
        Example::new(
            "FROM debian:12\nEXPOSE 80\nHEALTHCHECK CMD curl localhost:81\n",
            "FROM debian:12\nEXPOSE 8000-8010\nHEALTHCHECK CMD curl localhost:8002 || curl http://localhost:$P/\nFROM debian:12\nHEALTHCHECK CMD curl http://localhost:9000\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut exposed: Vec<&str> = Vec::new();
    let mut check = None;
    for stage in subject.final_chain() {
        for (_, instruction) in subject.instructions_of(*stage) {
            match &instruction.kind {
                InstructionKind::Expose(words) => {
                    exposed.extend(words.iter().map(|word| word.text.as_str()))
                }
                InstructionKind::Healthcheck(command)
                    if check.is_none() || Some(stage) == subject.final_chain().first() =>
                {
                    check = command.as_ref().map(|_| instruction);
                }
                _ => {}
            }
        }
    }
    if let Some((target, _)) = subject.target()
        && let Origin::Image(_, Some(image)) = origin(subject, target)
    {
        exposed.extend(image.ports.iter().map(String::as_str));
    }
    let Some(instruction) = check else { return Vec::new() };
    let asked = ports(&instruction.text);
    let is_open = |port: &u16| exposed.iter().any(|text| covers(text, *port));
    if exposed.is_empty() || asked.is_empty() || asked.iter().any(is_open) {
        return Vec::new();
    }
    let port = asked.first().copied().unwrap_or_default();
    let message = format!(
        "The health check asks port {port}, and EXPOSE names {}: make them agree.",
        exposed.join(", ")
    );
    vec![Finding::new(instruction.span, message).unsure(Confidence::Likely)]
}

/// Whether what EXPOSE names may be the port.
fn covers(text: &str, port: u16) -> bool {
    let range = text.rsplit(':').next().unwrap_or_default().split('/').next().unwrap_or_default();
    let (start, end) = range.split_once('-').unwrap_or((range, range));
    match (start.parse::<u16>(), end.parse::<u16>()) {
        (Ok(start), Ok(end)) => (start..=end).contains(&port),
        _ => true,
    }
}

/// The ports of the container itself that a command names; none where a variable tells one.
fn ports(command: &str) -> Vec<u16> {
    let mut ports = Vec::new();
    for host in ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"] {
        for (at, _) in command.match_indices(host) {
            let before = command.get(..at).unwrap_or_default();
            let after = command.get(at + host.len()..).unwrap_or_default();
            let digits =
                |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
            match after.strip_prefix(':') {
                Some(after) => match digits(after).parse() {
                    Ok(port) => ports.push(port),
                    Err(_) => return Vec::new(),
                },
                None if before.ends_with("http://") => ports.push(80),
                None if before.ends_with("https://") => ports.push(443),
                None => return Vec::new(),
            }
        }
    }
    ports
}
