//! What to change in a Dockerfile: rules as values, each a file of its own and a line of [`RULES`].
//!
//! A rule says what it looks for, why, by which source, shows it in examples, and checks a
//! [`Subject`], which borrows all that is known of an input. Where the cure is mechanical, a finding
//! brings a [`Fix`]. What a fix saves is never written here: [`crate::advice`] analyses the fixed text
//! and compares. Rules ask `packages` what a command does; none matches `apt-get` itself.

mod document;
pub mod edits;
mod example;
mod finding;
mod ignored;
mod run;
mod subject;
#[cfg(test)]
mod tests;

// What several rules look at.
mod arriving;
mod bases;
mod chain;
mod compiling;
mod foreign_copies;
mod inherited;
mod installers;
mod installs;
mod leftovers;
mod origin;
mod programs;
mod waste;

// A rule each, or a few that are kin.
mod add_for_files;
mod alpine_base;
mod apt_in_scripts;
mod archive_left;
mod archive_unpacked_later;
mod build_cache_left;
mod build_packages;
mod builds_at_start;
mod cache_mount;
mod clutter_copied;
mod compiler_left;
mod consecutive_runs;
mod copy_ignored_file;
mod definition_description;
mod development_packages;
mod development_packages_copied;
mod digest_of_some;
mod distroless_base;
mod empty_continuation;
mod ended_base;
mod exec_form;
mod expose_form;
mod floating_base;
mod foreign_program;
mod from_as_casing;
mod gem_documentation;
mod go_links_c;
mod go_symbols_left;
mod hand_made_base;
mod health_port;
mod health_tool;
mod hidden_characters;
mod ignore_file_missing;
mod ignore_patterns;
mod instruction_casing;
mod invalid_default_argument;
mod legacy_key_value;
mod lost_activation;
mod lost_cd;
mod maintainer;
mod manager_renewed;
mod manifests_first;
mod near_usual_size;
mod next_standalone;
mod no_shell;
mod no_user;
mod npm_install;
mod other_platform_base;
mod owner_set_later;
mod package_cache_left;
mod package_lists_left;
mod pipe_hides_failure;
mod platform_of_base;
mod pointless_commands;
mod recommended_packages;
mod relative_destination;
mod relative_workdir;
mod removed_too_late;
mod reordering;
mod repeated_command;
mod root_at_last;
mod runtime_base;
mod secret_in_text;
mod secret_variable;
mod secrets_copied;
mod several_sources;
mod shell_replaced;
mod slim_base;
mod sparse_lastlog;
mod split_stages;
mod squashed;
mod stage_name_casing;
mod stage_names;
mod sudo;
mod token_in_address;
mod too_many_layers;
mod torch_wheel;
mod two_downloaders;
mod unattended_install;
mod undefined_from_argument;
mod undefined_variable;
mod unpinned_packages;
mod unread_argument;
mod unused_stage;
mod update_alone;
mod upgrade;
mod volatile_first;
mod wget_progress;
mod whole_file_system_copied;
mod whole_project_copied;
mod written_again;

pub use document::write_rules_markdown;
pub use example::Example;
pub use finding::{Confidence, File, Finding, Fix, Safety};
pub use run::{ListedCommand, Run};
pub use subject::Subject;

/// The rule that takes bases which still get repairs.
pub(crate) use ended_base::RULE as ENDED_BASE;
/// The rule that says that an image is as small as it should be.
pub(crate) use near_usual_size::RULE as IS_DONE;

use crate::order;

/// Every rule, the largest changes first: fixes that touch the same text are applied in this order.
#[rustfmt::skip]
pub static RULES: &[&Rule] = &[
    // Stages and bases.
    &split_stages::RULE,
    &runtime_base::RULE,
    &slim_base::RULE,
    &alpine_base::RULE,
    &distroless_base::RULE,
    &development_packages_copied::RULE,
    &compiler_left::RULE,
    &whole_project_copied::RULE,
    &whole_file_system_copied::RULE,
    &go_links_c::RULE,
    &foreign_program::RULE,
    &builds_at_start::RULE,
    &go_symbols_left::RULE,
    &next_standalone::RULE,
    &unused_stage::RULE,
    &hand_made_base::RULE,
    &squashed::RULE,
    &near_usual_size::RULE,

    // What reaches a layer, and in what order.
    &ignore_file_missing::RULE,
    &secrets_copied::RULE,
    &clutter_copied::RULE,
    &ignore_patterns::AT_ROOT,
    &ignore_patterns::COMMENT,
    &ignore_patterns::OVERRULED,
    &ignore_patterns::REFUSED,
    &copy_ignored_file::RULE,
    &manifests_first::RULE,
    &volatile_first::RULE,
    &archive_unpacked_later::COPIED,
    &archive_unpacked_later::FETCHED,
    &owner_set_later::RULE,
    &removed_too_late::RULE,
    &written_again::RULE,
    &unread_argument::RULE,
    &too_many_layers::RULE,

    // Packages and what their managers leave.
    &update_alone::RULE,
    &cache_mount::RULE,
    &development_packages::RULE,
    &npm_install::RULE,
    &torch_wheel::RULE,
    &build_packages::RULE,
    &recommended_packages::RULE,
    &package_lists_left::RULE,
    &package_cache_left::RULE,
    &build_cache_left::RULE,
    &archive_left::RULE,
    &gem_documentation::RULE,
    &sparse_lastlog::RULE,
    &manager_renewed::RULE,
    &lost_activation::RULE,
    &upgrade::RULE,
    &consecutive_runs::RULE,
    &two_downloaders::RULE,
    &wget_progress::RULE,
    &pointless_commands::RULE,
    &unpinned_packages::RULE,

    // What BuildKit checks, and what would not run as meant.
    &stage_name_casing::RULE,
    &from_as_casing::RULE,
    &empty_continuation::RULE,
    &instruction_casing::RULE,
    &stage_names::RULE,
    &maintainer::RULE,
    &legacy_key_value::RULE,
    &repeated_command::RULE,
    &expose_form::RULE,
    &no_shell::RULE,
    &exec_form::RULE,
    &relative_workdir::RULE,
    &undefined_from_argument::RULE,
    &invalid_default_argument::RULE,
    &platform_of_base::RULE,
    &other_platform_base::RULE,
    &secret_variable::RULE,
    &definition_description::RULE,
    &undefined_variable::RULE,
    &root_at_last::RULE,
    &no_user::RULE,
    &sudo::RULE,
    &floating_base::RULE,
    &digest_of_some::RULE,
    &several_sources::RULE,
    &add_for_files::RULE,
    &relative_destination::RULE,
    &lost_cd::RULE,
    &apt_in_scripts::RULE,
    &unattended_install::RULE,
    &shell_replaced::RULE,
    &pipe_hides_failure::RULE,
    &ended_base::RULE,
    &health_port::RULE,
    &health_tool::RULE,
    &secret_in_text::RULE,
    &token_in_address::RULE,
    &hidden_characters::RULE,
];

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Severity {
    /// The build or the container is very likely broken, or a secret is given away.
    Error,
    /// It costs size, time or safety.
    Warning,
    /// It is worth knowing.
    Advice,
    /// It is about how the text reads.
    Style,
}

impl Severity {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
            Self::Style => "style",
        }
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Concern {
    /// Bytes of the image or of the build context.
    Size,
    /// What an edit rebuilds.
    Cache,
    /// Secrets, users, trust.
    Security,
    /// Whether it builds and runs as meant.
    Correctness,
    /// How it reads.
    Style,
}

impl Concern {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Cache => "cache",
            Self::Security => "security",
            Self::Correctness => "correctness",
            Self::Style => "style",
        }
    }
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Stable name in lower case with dashes, which ignore comments name.
    pub id: &'static str,
    /// What it asks for, a short sentence without a full stop.
    pub title: &'static str,
    /// The names by which hadolint (`DL3009`) and BuildKit (`StageNameCasing`) know it, where they
    /// say the same of the same text.
    pub aliases: &'static [&'static str],
    /// Why it matters, in sentences.
    pub why: &'static str,
    /// Where that is from: an address with its tag or date.
    pub source: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub concern: Concern,
    /// What it finds and what it leaves alone; tests walk them.
    pub examples: &'static [Example],
    /// Looks for it.
    pub check: fn(&Subject<'_>) -> Vec<Finding>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Rule {
    /// The names by which others know a finding of this rule.
    #[must_use]
    pub fn aliases_of(&self, finding: &Finding) -> Vec<&'static str> {
        let all = finding.alias.is_none();
        let named = [finding.alias, finding.second_alias];
        let own = self.aliases.iter().copied();
        own.filter(|own| all || named.contains(&Some(own))).collect()
    }
}

/// What every rule finds that no comment tells it to leave alone: of each rule in the order of the
/// text, the rules in the order of [`RULES`].
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<(&'static Rule, Finding)> {
    let ignored = ignored::Ignored::read(subject);
    let mut all = Vec::new();
    for rule in RULES {
        let mut findings = (rule.check)(subject);
        findings.retain(|finding| !ignored.covers(rule, finding));
        order::sort_by_key(&mut findings, |finding| (finding.file, finding.span));
        all.extend(findings.into_iter().map(|finding| (*rule, finding)));
    }
    all
}
