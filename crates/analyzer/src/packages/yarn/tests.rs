//! What Yarn's commands do to a machine.

use expect_test::{Expect, expect};

use crate::packages::trial::TrialMachine;

const LOCK: &str = "# yarn lockfile v1\n\n\nkoa@^2.15.0:\n  version \"2.15.0\"\n\nesbuild@^0.28.0:\n  \
                    version \"0.28.2\"\n  optionalDependencies:\n    \"@esbuild/linux-x64\" \
                    \"0.28.2\"\n\n\"@esbuild/linux-x64@0.28.2\":\n  version \"0.28.2\"\n";
const BERRY: &str = "__metadata:\n  version: 8\n\n\"koa@npm:^2.15.0\":\n  version: 2.15.0\n  \
                     resolution: \"koa@npm:2.15.0\"\n";
const MANIFEST: &str = r#"{
  "dependencies": { "koa": "^2.15.0" }, "devDependencies": { "esbuild": "^0.28.0" }
}"#;

fn check(machine: &mut TrialMachine, command: &str, wanted: Expect) {
    wanted.assert_eq(&machine.run(command));
}

fn with(files: &[(&str, &str)]) -> TrialMachine {
    let texts = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    TrialMachine { texts: texts.collect(), ..TrialMachine::default() }
}

#[test]
fn yarn_1_keeps_packages_for_every_platform_and_for_development() {
    let files = [("yarn.lock", LOCK), ("package.json", MANIFEST)];
    check(
        &mut with(&files),
        "yarn install --frozen-lockfile --production",
        expect![[r#"
            put node_modules: 62.4 kB (51.8 kB to 74.9 kB), Dependencies, measured. The files of 1 npm package as measured on 2026-11-26.
            put /usr/local/share/.cache/yarn: 416 MB (173 MB to 497 MB), Cache, modelled. The files of 3 npm packages as measured on 2026-11-26. Those for other platforms come besides.
            put /usr/local/share/.cache/yarn: 4.79 MB (4.70 MB to 4.89 MB), Cache, measured. The archives of 3 npm packages as measured on 2026-11-26."#]],
    );
    check(
        &mut with(&files),
        "yarn",
        expect![[r#"
            put node_modules: 11.6 MB (11.4 MB to 11.9 MB), Dependencies, measured. The files of 3 npm packages as measured on 2026-11-26.
            put /usr/local/share/.cache/yarn: 416 MB (173 MB to 497 MB), Cache, modelled. The files of 3 npm packages as measured on 2026-11-26. Those for other platforms come besides.
            put /usr/local/share/.cache/yarn: 4.79 MB (4.70 MB to 4.89 MB), Cache, measured. The archives of 3 npm packages as measured on 2026-11-26."#]],
    );
    check(
        &mut TrialMachine::default(),
        "yarn cache clean",
        expect!["remove /usr/local/share/.cache/yarn"],
    );
    check(
        &mut TrialMachine::default(),
        "yarn global add serve",
        expect![[r#"
        put /usr/local/share/.config/yarn/global/node_modules: 2.83 MB (2.35 MB to 3.40 MB), Dependencies, measured. The files of 65 npm packages as measured on 2026-11-26.
        put /usr/local/share/.cache/yarn: 2.83 MB (2.35 MB to 3.40 MB), Cache, measured. The files of 65 npm packages as measured on 2026-11-26.
        put /usr/local/share/.cache/yarn: 744 kB (615 kB to 894 kB), Cache, measured. The archives of 65 npm packages as measured on 2026-11-26."#]],
    );
}

#[test]
fn later_ones_keep_archives_of_one_platform() {
    let mut machine = with(&[("yarn.lock", BERRY), ("package.json", MANIFEST)]);
    check(
        &mut machine,
        "yarn workspaces focus --all --production",
        expect![[r#"
        put node_modules: 62.4 kB (51.8 kB to 74.9 kB), Dependencies, measured. The files of 1 npm package as measured on 2026-11-26.
        put /root/.yarn/berry/cache: 62.4 kB (51.8 kB to 74.9 kB), Cache, measured. The files of 1 npm package as measured on 2026-11-26."#]],
    );
    machine.below.insert("/root/.yarn/berry/cache".into(), 1_000_000);
    check(
        &mut machine,
        "yarn cache clean",
        expect![[r#"
        remove /usr/local/share/.cache/yarn
        remove /root/.yarn/berry/cache"#]],
    );
}

#[test]
fn scripts_and_tools_are_told_apart() {
    let mut machine = with(&[("package.json", r#"{"scripts":{"build":"vite build"}}"#)]);
    check(
        &mut machine,
        "yarn build",
        expect![
            "put dist: 1.20 MB (200 kB to 8.00 MB), Build, assumed. What `vite build` writes of a typical project, assumed."
        ],
    );
    check(
        &mut machine,
        "yarn tsc",
        expect![
            "put dist: 500 kB (50.0 kB to 5.00 MB), Build, assumed. What `tsc` writes of a typical project, assumed."
        ],
    );
    check(
        &mut machine,
        "yarn workspace web build",
        expect![[r#"
        ? What the script `build` builds is not known; bring the package.json.
        put dist: 1.50 MB (100 kB to 15.0 MB), Build, assumed. What the script `build` builds, assumed."#]],
    );
    check(&mut machine, "yarn lint", expect![""]);
}

#[test]
fn a_branch_for_projects_of_another_manager_installs_nothing() {
    let mut machine = with(&[("package.json", MANIFEST)]);
    machine.is_uncertain = true;
    machine.held.insert("package-lock.json".into());
    check(&mut machine, "yarn --frozen-lockfile", expect![[r#""#]]);
    check(
        &mut machine,
        "npm ci --omit=dev",
        expect![[r#"
        put node_modules: 1.13 MB (936 kB to 1.35 MB), Dependencies, measured. The files of 59 npm packages as measured on 2026-11-26.
        put node_modules: 18.9 kB (13.2 kB to 24.5 kB), Dependencies, modelled. npm's list of 59 packages.
        put /root/.npm/_cacache: 379 kB (312 kB to 457 kB), Cache, measured. The archives of 59 npm packages as measured on 2026-11-26.
        put /root/.npm/_logs: 53.1 kB (37.2 kB to 69.0 kB), Cache, modelled. npm's log of 59 packages."#]],
    );
}
