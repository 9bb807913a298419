//! What Bun's commands do to a machine.

use expect_test::{Expect, expect};

use crate::packages::trial::TrialMachine;

fn check(machine: &mut TrialMachine, command: &str, wanted: Expect) {
    wanted.assert_eq(&machine.run(command));
}

#[test]
fn the_cache_is_linked_and_weighs_its_pages() {
    let manifest = r#"{"dependencies":{"koa":"^2.15.0"},"devDependencies":{"typescript":"^5"}}"#;
    let mut machine = TrialMachine::default();
    machine.texts.insert("package.json".into(), manifest.into());
    check(
        &mut machine,
        "bun install --production",
        expect![[r#"
        put node_modules: 1.13 MB (936 kB to 1.35 MB), Dependencies, measured. The files of 59 npm packages as measured on 2026-11-26.
        write bun.lock: 23.6 kB (16.5 kB to 30.7 kB), Dependencies, modelled. The lock file of 59 packages.
        put /root/.bun/install/cache: 210 kB (140 kB to 262 kB), Cache, measured. The index pages of 59 npm packages as measured on 2026-11-26."#]],
    );
    machine.held.insert("bun.lock".into());
    check(
        &mut machine,
        "bun install --frozen-lockfile",
        expect![
            "put node_modules: 24.8 MB (20.5 MB to 29.7 MB), Dependencies, measured. The files of 60 npm packages as measured on 2026-11-26."
        ],
    );
    check(&mut machine, "bun pm cache rm", expect!["remove /root/.bun/install/cache"]);
}

#[test]
fn programs_hold_bun_itself() {
    let mut machine = TrialMachine::default();
    check(
        &mut machine,
        "bun build --compile --outfile server ./src/index.ts",
        expect![
            "write server: 107 MB (90.0 MB to 125 MB), Build, measured. The program with Bun in it."
        ],
    );
    check(
        &mut machine,
        "bun build --compile src/main.ts",
        expect![
            "write main: 107 MB (90.0 MB to 125 MB), Build, measured. The program with Bun in it."
        ],
    );
    check(
        &mut machine,
        "bun build ./src/index.ts --outdir out",
        expect![
            "put out: 800 kB (50.0 kB to 6.00 MB), Build, assumed. What `bun build` bundles, assumed."
        ],
    );
}
