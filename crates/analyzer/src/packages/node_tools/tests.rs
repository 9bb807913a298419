//! What tools write, and where.

use expect_test::{Expect, expect};

use crate::packages::trial::TrialMachine;

fn check(machine: &mut TrialMachine, command: &str, wanted: Expect) {
    wanted.assert_eq(&machine.run(command));
}

fn taking(paths: &[&str]) -> TrialMachine {
    let taken = paths.iter().map(|path| (*path).to_owned()).collect();
    TrialMachine { taken, ..TrialMachine::default() }
}

#[test]
fn a_build_is_put_where_other_stages_take_it() {
    check(
        &mut taking(&[".next/standalone", ".next/static"]),
        "npm run build",
        expect![[r#"
        put .next/cache: 60.0 MB (20.0 MB to 250 MB), Cache, assumed. Cache of Next.js's compiler, which `next build` leaves; assumed from measured apps.
        put .next/static: 2.00 MB (650 kB to 10.0 MB), Build, assumed. What browsers load of the app, assumed from measured apps.
        put .next/server: 2.50 MB (250 kB to 25.0 MB), Build, assumed. The server's part of the app, assumed from measured apps.
        put .next/standalone: 50.0 MB (17.0 MB to 110 MB), Dependencies, assumed. The server with the packages it needs, assumed from measured apps."#]],
    );
    check(
        &mut taking(&["apps/web/.output"]),
        "npm run build",
        expect![
            "put apps/web/.output: 8.00 MB (1.50 MB to 50.0 MB), Build, assumed. What the script `build` builds, by what is copied of it, assumed."
        ],
    );
    check(
        &mut taking(&["dist/shop/browser"]),
        "npx ng build",
        expect![
            "put dist/shop/browser: 1.20 MB (200 kB to 8.00 MB), Build, assumed. What `ng build` writes of a typical project, assumed."
        ],
    );
    check(
        &mut taking(&["build", "package.json"]),
        "npm run build",
        expect![
            "put build: 1.50 MB (150 kB to 12.0 MB), Build, assumed. What the script `build` builds, by what is copied of it, assumed."
        ],
    );
    check(
        &mut taking(&["node_modules"]),
        "npm run build",
        expect![[r#"
        ? What the script `build` builds is not known; bring the package.json.
        put dist: 1.50 MB (100 kB to 15.0 MB), Build, assumed. What the script `build` builds, assumed."#]],
    );
}

#[test]
fn settings_say_which_tool_a_script_runs() {
    for (settings, wanted) in [
        (
            "vite.config.ts",
            expect![
                "put dist: 1.20 MB (200 kB to 8.00 MB), Build, assumed. What `vite build` writes of a typical project, assumed."
            ],
        ),
        (
            "nest-cli.json",
            expect![
                "put dist: 500 kB (50.0 kB to 5.00 MB), Build, assumed. What `nest build` writes of a typical project, assumed."
            ],
        ),
        (
            "tsconfig.json",
            expect![
                "put dist: 500 kB (50.0 kB to 5.00 MB), Build, assumed. What `tsc` writes of a typical project, assumed."
            ],
        ),
    ] {
        let mut machine = TrialMachine::default();
        machine.held.insert(settings.into());
        check(&mut machine, "npm run build", wanted);
    }
}

#[test]
fn sources_that_are_known_tell_the_size_of_what_becomes_of_them() {
    let mut machine = TrialMachine::default();
    machine.below.insert("src".into(), 400_000);
    check(
        &mut machine,
        "npx tsc --outDir lib",
        expect![
            "put lib: 800 kB (200 kB to 2.40 MB), Build, assumed. What `tsc` makes of the sources: from half of them to six times."
        ],
    );
    check(&mut machine, "npx tsc --noEmit", expect![""]);
}

#[test]
fn browsers_and_engines_are_fetched() {
    let mut machine = TrialMachine::default();
    check(
        &mut machine,
        "npx playwright install --with-deps chromium",
        expect![[r#"
        put /usr: 300 MB (100 MB to 600 MB), Dependencies, assumed. Libraries and fonts that browsers need, from the distribution, assumed.
        put /root/.cache/ms-playwright: 370 MB (330 MB to 410 MB), Dependencies, assumed. chromium as Playwright fetches it, assumed.
        put /root/.cache/ms-playwright: 260 MB (230 MB to 290 MB), Dependencies, assumed. chromium-headless-shell as Playwright fetches it, assumed."#]],
    );
    check(
        &mut machine,
        "playwright install",
        expect![[r#"
        put /root/.cache/ms-playwright: 370 MB (330 MB to 410 MB), Dependencies, assumed. chromium as Playwright fetches it, assumed.
        put /root/.cache/ms-playwright: 260 MB (230 MB to 290 MB), Dependencies, assumed. chromium-headless-shell as Playwright fetches it, assumed.
        put /root/.cache/ms-playwright: 260 MB (200 MB to 330 MB), Dependencies, assumed. firefox as Playwright fetches it, assumed.
        put /root/.cache/ms-playwright: 270 MB (200 MB to 380 MB), Dependencies, assumed. webkit as Playwright fetches it, assumed."#]],
    );
    check(
        &mut machine,
        "npx puppeteer browsers install chrome",
        expect![
            "put /root/.cache/puppeteer: 380 MB (250 MB to 700 MB), Dependencies, assumed. What `puppeteer browsers` fetches, assumed."
        ],
    );
    check(
        &mut machine,
        "npx prisma generate",
        expect![
            "put node_modules/.prisma: 18.0 MB (1.00 MB to 50.0 MB), Dependencies, assumed. What `prisma generate` fetches, assumed."
        ],
    );
    check(
        &mut machine,
        "npx koa",
        expect![[r#"
        put /root/.npm/_npx: 728 kB (0 B to 874 kB), Cache, measured. The files of 35 npm packages as measured on 2026-11-26.
        put /root/.npm/_cacache: 219 kB (180 kB to 264 kB), Cache, measured. The archives of 35 npm packages as measured on 2026-11-26.
        put /root/.npm/_cacache: 965 kB (645 kB to 1.21 MB), Cache, measured. The index pages of 35 npm packages as measured on 2026-11-26."#]],
    );
}

#[test]
fn runners_of_workspaces_build_what_is_taken() {
    let mut machine = taking(&["apps/web/.next/standalone", "apps/api/dist"]);
    check(
        &mut machine,
        "npx turbo run build",
        expect![[r#"
        put apps/api/dist: 1.50 MB (150 kB to 12.0 MB), Build, assumed. What the script `build` builds, by what is copied of it, assumed.
        put apps/web/.next/cache: 60.0 MB (20.0 MB to 250 MB), Cache, assumed. Cache of Next.js's compiler, which `next build` leaves; assumed from measured apps.
        put apps/web/.next/static: 2.00 MB (650 kB to 10.0 MB), Build, assumed. What browsers load of the app, assumed from measured apps.
        put apps/web/.next/server: 2.50 MB (250 kB to 25.0 MB), Build, assumed. The server's part of the app, assumed from measured apps.
        put apps/web/.next/standalone: 50.0 MB (17.0 MB to 110 MB), Dependencies, assumed. The server with the packages it needs, assumed from measured apps."#]],
    );
    let built = machine.run("npx turbo run build");
    assert_eq!(machine.run("npm run build --workspace=api"), built, "npm's own workspaces");
}
