//! What npm's commands do to a machine.

use expect_test::{Expect, expect};

use crate::packages::trial::TrialMachine;

const MANIFEST: &str = r#"{
  "scripts": { "build": "tsc" },
  "dependencies": { "express": "^4.21.0" },
  "devDependencies": { "typescript": "^5.6.0" }
}"#;

const LOCK: &str = r#"{ "lockfileVersion": 3, "packages": {
  "": {},
  "node_modules/koa": { "version": "2.15.0" },
  "node_modules/typescript": { "version": "5.9.3", "dev": true },
  "node_modules/bcrypt": { "version": "5.1.1", "hasInstallScript": true }
}}"#;

fn check(machine: &mut TrialMachine, command: &str, wanted: Expect) {
    wanted.assert_eq(&machine.run(command));
}

fn with(name: &str, text: &str) -> TrialMachine {
    let mut machine = TrialMachine::default();
    machine.texts.insert(name.into(), text.into());
    machine
}

#[test]
fn a_manifest_brings_what_it_needs_and_pages_of_the_index() {
    check(
        &mut with("package.json", MANIFEST),
        "npm install",
        expect![[r#"
        put node_modules: 26.1 MB (21.6 MB to 31.3 MB), Dependencies, measured. The files of 71 npm packages as measured on 2026-11-26.
        put node_modules: 22.7 kB (15.9 kB to 29.5 kB), Dependencies, modelled. npm's list of 71 packages.
        write package-lock.json: 28.4 kB (19.9 kB to 36.9 kB), Dependencies, modelled. The lock file of 71 packages.
        put /root/.npm/_cacache: 5.19 MB (4.31 MB to 6.23 MB), Cache, measured. The archives of 71 npm packages as measured on 2026-11-26.
        put /root/.npm/_cacache: 13.1 MB (8.72 MB to 16.3 MB), Cache, measured. The index pages of 71 npm packages as measured on 2026-11-26.
        put /root/.npm/_logs: 63.9 kB (44.7 kB to 83.1 kB), Cache, modelled. npm's log of 71 packages."#]],
    );
    check(
        &mut with("package.json", MANIFEST),
        "npm ci --omit=dev",
        expect![[r#"
            ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            put node_modules: 2.44 MB (2.02 MB to 2.92 MB), Dependencies, measured. The files of 70 npm packages as measured on 2026-11-26.
            put node_modules: 22.4 kB (15.7 kB to 29.1 kB), Dependencies, modelled. npm's list of 70 packages.
            put /root/.npm/_cacache: 815 kB (673 kB to 980 kB), Cache, measured. The archives of 70 npm packages as measured on 2026-11-26.
            put /root/.npm/_logs: 63.0 kB (44.1 kB to 81.9 kB), Cache, modelled. npm's log of 70 packages."#]],
    );
}

#[test]
fn a_lock_file_says_what_is_for_development_and_needs_no_pages() {
    check(
        &mut with("package-lock.json", LOCK),
        "npm ci",
        expect![[r#"
        put node_modules: 23.8 MB (23.3 MB to 24.3 MB), Dependencies, measured. The files of 3 npm packages as measured on 2026-11-26.
        put node_modules: 2.00 MB (0 B to 12.0 MB), Dependencies, assumed. What bcrypt and its like compile or fetch ready-made, assumed.
        put node_modules: 960 B (672 B to 1.25 kB), Dependencies, modelled. npm's list of 3 packages.
        put /root/.npm/_cacache: 4.43 MB (4.34 MB to 4.52 MB), Cache, measured. The archives of 3 npm packages as measured on 2026-11-26.
        put /root/.npm/_logs: 2.70 kB (1.89 kB to 3.51 kB), Cache, modelled. npm's log of 3 packages."#]],
    );
    check(
        &mut with("package-lock.json", LOCK),
        "npm install --production --ignore-scripts",
        expect![[r#"
        put node_modules: 173 kB (160 kB to 188 kB), Dependencies, measured. The files of 2 npm packages as measured on 2026-11-26.
        put node_modules: 640 B (448 B to 832 B), Dependencies, modelled. npm's list of 2 packages.
        put /root/.npm/_cacache: 50.5 kB (46.8 kB to 54.6 kB), Cache, measured. The archives of 2 npm packages as measured on 2026-11-26.
        put /root/.npm/_logs: 1.80 kB (1.26 kB to 2.34 kB), Cache, modelled. npm's log of 2 packages."#]],
    );
    let mut web = with("web/package-lock.json", LOCK);
    web.variables.insert("NODE_ENV".into(), "production".into());
    web.variables.insert("npm_config_cache".into(), "/cache".into());
    check(
        &mut web,
        "npm --prefix web ci",
        expect![[r#"
        put web/node_modules: 173 kB (160 kB to 188 kB), Dependencies, measured. The files of 2 npm packages as measured on 2026-11-26.
        put web/node_modules: 2.00 MB (0 B to 12.0 MB), Dependencies, assumed. What bcrypt and its like compile or fetch ready-made, assumed.
        put web/node_modules: 640 B (448 B to 832 B), Dependencies, modelled. npm's list of 2 packages.
        put /cache/_cacache: 50.5 kB (46.8 kB to 54.6 kB), Cache, measured. The archives of 2 npm packages as measured on 2026-11-26.
        put /cache/_logs: 1.80 kB (1.26 kB to 2.34 kB), Cache, modelled. npm's log of 2 packages."#]],
    );
}

#[test]
fn what_is_there_is_not_installed_again() {
    let mut machine = with("package-lock.json", LOCK);
    machine.run("npm ci");
    machine.below.insert("node_modules".into(), 30_000_000);
    check(&mut machine, "npm install", expect![""]);
    check(
        &mut machine,
        "npm prune --omit=dev",
        expect![[r#"
            shrink node_modules: 173 kB (160 kB to 188 kB), Dependencies, measured. The files of 2 npm packages as measured on 2026-11-26.
            put node_modules: 640 B (448 B to 832 B), Dependencies, modelled. npm's list of 2 packages."#]],
    );
    check(&mut machine, "npm prune --omit=dev", expect![""]);
    check(
        &mut machine,
        "npm install --include=dev",
        expect![[r#"
            put node_modules: 23.6 MB (23.2 MB to 24.1 MB), Dependencies, measured. The files of 3 npm packages as measured on 2026-11-26.
            put node_modules: 2.00 MB (0 B to 12.0 MB), Dependencies, assumed. What bcrypt and its like compile or fetch ready-made, assumed.
            put node_modules: 320 B (224 B to 416 B), Dependencies, modelled. npm's list of 1 package.
            put /root/.npm/_cacache: 4.38 MB (4.29 MB to 4.47 MB), Cache, measured. The archives of 3 npm packages as measured on 2026-11-26.
            put /root/.npm/_logs: 900 B (630 B to 1.17 kB), Cache, modelled. npm's log of 1 package."#]],
    );
    check(
        &mut machine,
        "npm install --omit dev",
        expect![
            "shrink node_modules: 173 kB (160 kB to 188 kB), Dependencies, measured. The files of 2 npm packages as measured on 2026-11-26."
        ],
    );
    machine.below.insert("/root/.npm/_cacache".into(), 7_000_000);
    check(
        &mut machine,
        "npm ci --only=production",
        expect![[r#"
        remove node_modules
        put node_modules: 173 kB (160 kB to 188 kB), Dependencies, measured. The files of 2 npm packages as measured on 2026-11-26.
        put node_modules: 2.00 MB (0 B to 12.0 MB), Dependencies, assumed. What bcrypt and its like compile or fetch ready-made, assumed.
        put node_modules: 640 B (448 B to 832 B), Dependencies, modelled. npm's list of 2 packages."#]],
    );
}

#[test]
fn without_a_manifest_a_typical_project_is_assumed() {
    check(
        &mut TrialMachine::default(),
        "npm ci",
        expect![[r#"
            ? What `package.json` asks for is not known; a typical project is assumed. Bring the file and the lock file beside it.
            put node_modules: 220 MB (60.0 MB to 600 MB), Dependencies, assumed. Packages of a typical project with those of development, assumed.
            put node_modules: 154 kB (108 kB to 200 kB), Dependencies, assumed. npm's list of 480 packages.
            put /root/.npm/_cacache: 55.3 MB (15.2 MB to 150 MB), Cache, assumed. Packages of a typical project with those of development, assumed.
            put /root/.npm/_logs: 432 kB (302 kB to 562 kB), Cache, assumed. npm's log of 480 packages."#]],
    );
    check(
        &mut TrialMachine::default(),
        "npm ci --production",
        expect![[r#"
            ? What `package.json` asks for is not known; a typical project is assumed. Bring the file and the lock file beside it.
            put node_modules: 40.0 MB (8.00 MB to 180 MB), Dependencies, assumed. Packages of a typical project without those of development, assumed.
            put node_modules: 41.6 kB (29.1 kB to 54.1 kB), Dependencies, assumed. npm's list of 130 packages.
            put /root/.npm/_cacache: 10.1 MB (2.05 MB to 45.1 MB), Cache, assumed. Packages of a typical project without those of development, assumed.
            put /root/.npm/_logs: 117 kB (81.9 kB to 152 kB), Cache, assumed. npm's log of 130 packages."#]],
    );
}

#[test]
fn a_lock_file_that_cannot_be_read_is_not_taken_to_be_empty() {
    let typical = TrialMachine::default().run("npm ci --production");
    let (_, typical) = typical.split_once('\n').expect("a doubt and what is put");
    let done = with("package-lock.json", "junk").run("npm ci --production");
    assert_eq!(done, format!("? package-lock.json is not JSON from byte 0 on.\n{typical}"));
}

#[test]
fn packages_of_a_project_that_nobody_measured_are_told() {
    check(
        &mut with("package.json", r#"{"dependencies": {"nobody-has-this": "1", "koa": "2"}}"#),
        "npm ci",
        expect![[r#"
            ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            ? What nobody-has-this weighs is not known: it is not among the measured npm packages.
            put node_modules: 2.47 MB (993 kB to 251 MB), Dependencies, assumed. The files of 59 npm packages as measured on 2026-11-26, and 1 package not in the table (nobody-has-this) at the size of typical ones.
            put node_modules: 19.2 kB (13.4 kB to 25.0 kB), Dependencies, assumed. npm's list of 60 packages.
            put /root/.npm/_cacache: 829 kB (332 kB to 83.8 MB), Cache, assumed. The archives of 59 npm packages as measured on 2026-11-26, and 1 package not in the table (nobody-has-this) at the size of typical ones.
            put /root/.npm/_logs: 54.0 kB (37.8 kB to 70.2 kB), Cache, assumed. npm's log of 60 packages."#]],
    );
    check(
        &mut with(
            "package-lock.json",
            r#"{ "lockfileVersion": 3, "packages": {
              "node_modules/nobody-has-this": { "version": "1.0.0" },
              "node_modules/typescript": { "version": "5.9.3" } }}"#,
        ),
        "npm ci",
        expect![[r#"
            ? What nobody-has-this weighs is not known: it is not among the measured npm packages.
            put node_modules: 23.7 MB (23.2 MB to 24.8 MB), Dependencies, measured. The files of 1 npm package as measured on 2026-11-26, and 1 package not in the table (nobody-has-this) at the size of typical ones.
            put node_modules: 640 B (448 B to 832 B), Dependencies, modelled. npm's list of 2 packages.
            put /root/.npm/_cacache: 4.39 MB (4.29 MB to 4.69 MB), Cache, measured. The archives of 1 npm package as measured on 2026-11-26, and 1 package not in the table (nobody-has-this) at the size of typical ones.
            put /root/.npm/_logs: 1.80 kB (1.26 kB to 2.34 kB), Cache, modelled. npm's log of 2 packages."#]],
    );
}

#[test]
fn packages_by_name_come_on_top() {
    let mut machine = TrialMachine::default();
    check(
        &mut machine,
        "npm i -g typescript@5 @scope/nobody-has-this",
        expect![[r#"
            ? What @scope/nobody-has-this weighs is not known: it is not among the measured npm packages.
            put /usr/local/lib/node_modules: 25.0 MB (19.7 MB to 278 MB), Dependencies, assumed. The files of 1 npm package as measured on 2026-11-26, and 1 package not in the table (@scope/nobody-has-this) at the size of typical ones.
            put /root/.npm/_cacache: 4.83 MB (3.65 MB to 88.6 MB), Cache, assumed. The archives of 1 npm package as measured on 2026-11-26, and 1 package not in the table (@scope/nobody-has-this) at the size of typical ones.
            put /root/.npm/_cacache: 10.6 MB (7.02 MB to 13.6 MB), Cache, measured. The index pages of 1 npm package as measured on 2026-11-26, and 1 package not in the table (@scope/nobody-has-this) at the size of typical ones.
            put /root/.npm/_logs: 1.80 kB (1.26 kB to 2.34 kB), Cache, assumed. npm's log of 2 packages."#]],
    );
    check(&mut machine, "npm cache clean --force", expect!["remove /root/.npm/_cacache"]);
    machine.held.insert("package.json".into());
    machine.below.insert("node_modules".into(), 1);
    check(
        &mut machine,
        "npm install --no-save puppeteer@24",
        expect![[r#"
            put node_modules: 47.3 MB (39.3 MB to 56.8 MB), Dependencies, measured. The files of 99 npm packages as measured on 2026-11-26.
            put /root/.cache/puppeteer: 600 MB (300 MB to 750 MB), Dependencies, assumed. What the script of puppeteer fetches or builds, assumed.
            put /root/.npm/_cacache: 8.65 MB (7.17 MB to 10.4 MB), Cache, measured. The archives of 99 npm packages as measured on 2026-11-26.
            put /root/.npm/_cacache: 22.5 MB (15.0 MB to 28.1 MB), Cache, measured. The index pages of 99 npm packages as measured on 2026-11-26.
            put /root/.npm/_logs: 89.1 kB (62.4 kB to 116 kB), Cache, modelled. npm's log of 99 packages."#]],
    );
}

#[test]
fn packages_by_name_alone_come_where_no_project_can_be() {
    check(
        &mut TrialMachine::default(),
        "npm install express@4",
        expect![[r#"
        put node_modules: 2.44 MB (2.02 MB to 2.92 MB), Dependencies, measured. The files of 70 npm packages as measured on 2026-11-26.
        put node_modules: 22.4 kB (15.7 kB to 29.1 kB), Dependencies, modelled. npm's list of 70 packages.
        write package-lock.json: 28.0 kB (19.6 kB to 36.4 kB), Dependencies, modelled. The lock file of 70 packages.
        put /root/.npm/_cacache: 815 kB (673 kB to 980 kB), Cache, measured. The archives of 70 npm packages as measured on 2026-11-26.
        put /root/.npm/_cacache: 2.55 MB (1.70 MB to 3.19 MB), Cache, measured. The index pages of 70 npm packages as measured on 2026-11-26.
        put /root/.npm/_logs: 63.0 kB (44.1 kB to 81.9 kB), Cache, modelled. npm's log of 70 packages."#]],
    );
    for command in [
        "npm install express@4 lodash",
        "npm install --ignore-scripts lodash",
        "yarn add express@4 lodash",
        "pnpm add express@4 lodash",
        "bun add express@4 lodash",
    ] {
        let done = TrialMachine::default().run(command);
        assert!(!done.contains("typical project"), "`{command}` makes the project:\n{done}");
        for add in [TrialMachine::hold, TrialMachine::hold_perhaps] {
            let mut machine = TrialMachine::default();
            add(&mut machine, "package.json");
            let done = machine.run(command);
            let is_whole = done.contains("typical project");
            assert!(is_whole || command.starts_with("pnpm"), "`{command}` adds to it:\n{done}");
        }
    }
    let mut web = TrialMachine::default();
    web.hold("package.json");
    let done = web.run("npm --prefix web install express@4");
    assert!(!done.contains("typical project"), "the project lies in another folder:\n{done}");
}

#[test]
fn scripts_of_global_packages_fetch_browsers_too() {
    for (command, is_fetched) in [
        ("npm i -g puppeteer", true),
        ("npm i -g --ignore-scripts puppeteer", false),
        ("npm i -g typescript", false),
        ("yarn global add puppeteer", true),
    ] {
        let done = TrialMachine::default().run(command);
        assert_eq!(
            done.contains("put /root/.cache/puppeteer: "),
            is_fetched,
            "`{command}`:\n{done}"
        );
    }
}
