//! What pnpm's commands do to a machine.

use expect_test::{Expect, expect};

use crate::packages::trial::TrialMachine;

fn check(machine: &mut TrialMachine, command: &str, wanted: Expect) {
    wanted.assert_eq(&machine.run(command));
}

fn machine() -> TrialMachine {
    let mut machine = TrialMachine::default();
    let manifest = r#"{"dependencies":{"koa":"^2.15.0"},"devDependencies":{"typescript":"^5"}}"#;
    machine.texts.insert("package.json".into(), manifest.into());
    machine
}

#[test]
fn the_store_is_linked_and_weighs_its_index() {
    check(
        &mut machine(),
        "pnpm install --frozen-lockfile --prod",
        expect![[r#"
        put node_modules: 1.13 MB (936 kB to 1.35 MB), Dependencies, measured. The files of 59 npm packages as measured on 2026-11-26.
        put /root/.local/share/pnpm/store: 64.9 kB (45.4 kB to 84.4 kB), Cache, modelled. The index of pnpm's store of 59 packages."#]],
    );
    check(
        &mut machine(),
        "pnpm install",
        expect![[r#"
        put node_modules: 24.8 MB (20.5 MB to 29.7 MB), Dependencies, measured. The files of 60 npm packages as measured on 2026-11-26.
        put /root/.local/share/pnpm/store: 66.0 kB (46.2 kB to 85.8 kB), Cache, modelled. The index of pnpm's store of 60 packages.
        write pnpm-lock.yaml: 24.0 kB (16.8 kB to 31.2 kB), Dependencies, modelled. The lock file of 60 packages.
        put /root/.cache/pnpm: 11.8 MB (7.85 MB to 14.7 MB), Cache, measured. The index pages of 60 npm packages as measured on 2026-11-26."#]],
    );
    let mut machine = machine();
    machine.variables.insert("PNPM_HOME".into(), "/pnpm".into());
    check(
        &mut machine,
        "pnpm fetch --prod --frozen-lockfile",
        expect![[r#"
        put node_modules: 1.13 MB (936 kB to 1.35 MB), Dependencies, measured. The files of 59 npm packages as measured on 2026-11-26.
        put /pnpm/store: 64.9 kB (45.4 kB to 84.4 kB), Cache, modelled. The index of pnpm's store of 59 packages."#]],
    );
    machine.below.insert("node_modules".into(), 1_000_000);
    check(&mut machine, "pnpm install --offline --prod", expect![""]);
    check(
        &mut machine,
        "pnpm add -g koa@2",
        expect![[r#"
        put /pnpm/global/5/node_modules: 1.13 MB (936 kB to 1.35 MB), Dependencies, measured. The files of 59 npm packages as measured on 2026-11-26.
        put /root/.cache/pnpm: 1.26 MB (842 kB to 1.57 MB), Cache, measured. The index pages of 59 npm packages as measured on 2026-11-26."#]],
    );
    check(&mut machine, "pnpm store prune", expect![""]);
}

#[test]
fn a_deployed_package_has_modules_of_its_own() {
    check(
        &mut machine(),
        "pnpm --filter=api deploy --prod /prod/api",
        expect![[r#"
        put /prod/api/node_modules: 1.13 MB (936 kB to 1.35 MB), Dependencies, measured. The files of 59 npm packages as measured on 2026-11-26.
        put /prod/api: 500 kB (20.0 kB to 10.0 MB), Build, assumed. The package that `pnpm deploy` copies, assumed."#]],
    );
}

#[test]
fn scripts_of_a_workspace_write_where_they_are_taken_from() {
    let mut machine = machine();
    machine.taken.insert("apps/web/dist".into());
    check(
        &mut machine,
        "pnpm --filter web build",
        expect![
            "put apps/web/dist: 1.50 MB (150 kB to 12.0 MB), Build, assumed. What the script `build` builds, by what is copied of it, assumed."
        ],
    );
    check(&mut machine, "pnpm -r run test", expect![""]);
    check(
        &mut machine,
        "pnpm exec tsc",
        expect![
            "put apps/web/dist: 500 kB (50.0 kB to 5.00 MB), Build, assumed. What `tsc` writes of a typical project, assumed."
        ],
    );
}

#[test]
fn corepack_fetches_pnpm_at_its_first_use() {
    let mut machine = machine();
    machine.run("corepack enable");
    check(
        &mut machine,
        "pnpm --version",
        expect![
            "put /root/.cache/node/corepack: 16.0 MB (4.80 MB to 19.0 MB), Dependencies, assumed. pnpm, which Corepack keeps unpacked."
        ],
    );
    machine.below.insert("/root/.cache/node/corepack".into(), 1);
    check(&mut machine, "pnpm --version", expect![[r#""#]]);
}
