//! Users with large numbers, and the logs of logins that older bases fill up to them.

use super::show;

#[test]
fn large_users_may_fill_logs_unless_it_is_known_that_they_do_not() {
    for (base, command, is_told) in [
        ("ubuntu:22.04", "useradd -u 1009510000 app", true),
        ("debian:11", "useradd --uid=1009510000 app", true),
        ("someone/base", "useradd -u 1009510000 app", true),
        ("debian:11", "adduser --uid 1009510000 app", true),
        ("ubuntu:22.04", "useradd -l -u 1009510000 app", false),
        ("ubuntu:22.04", "useradd --no-log-init -u 1009510000 app", false),
        ("ubuntu:22.04", "useradd -u 1001 -s /sbin/nologin app", false),
        ("ubuntu:22.04", "groupadd -g 1009510000 app", false),
        ("debian:12", "useradd -u 1009510000 app", false),
        ("alpine:3.22", "adduser -D -u 1009510000 app", false),
    ] {
        let shown = show(&format!("FROM {base}\nRUN {command}\n"), "");
        let may_be = shown.contains("…327 GB") && shown.contains("up to user 1009510000, 327 GB:");
        assert_eq!(may_be, is_told, "`{command}` on {base}:\n{shown}");
        assert!(shown.starts_with("0.0 4.00 kB"), "few bytes are likely:\n{shown}");
    }
}
