//! Which tools scripts run.

use expect_test::{Expect, expect};

use crate::packages::trial::TrialMachine;

fn check(script: &str, command: &str, wanted: Expect) {
    let mut machine = TrialMachine::default();
    machine.texts.insert("package.json".into(), format!("{{\"scripts\":{{{script}}}}}"));
    wanted.assert_eq(&machine.run(command));
}

#[test]
fn a_script_is_followed_to_its_tools() {
    check(
        r#""build": "cross-env CI=1 react-scripts build""#,
        "npm run build",
        expect![
            "put build: 1.20 MB (200 kB to 8.00 MB), Build, assumed. What `react-scripts build` writes of a typical project, assumed."
        ],
    );
    check(
        r#""build": "tsc -b && vite build --outDir public""#,
        "npm run build",
        expect![
            "put public: 1.20 MB (200 kB to 8.00 MB), Build, assumed. What `vite build` writes of a typical project, assumed."
        ],
    );
    check(
        r#""build": "npm run a && run-s b", "a": "nest build", "b": "prisma generate""#,
        "npm run build",
        expect![[r#"
        put dist: 500 kB (50.0 kB to 5.00 MB), Build, assumed. What `nest build` writes of a typical project, assumed.
        put node_modules/.prisma: 18.0 MB (1.00 MB to 50.0 MB), Dependencies, assumed. What `prisma generate` fetches, assumed."#]],
    );
    check(r#""build": "npm run build""#, "npm run build", expect![""]);
    check(
        r#""prebuild": "prisma generate", "build": "next build""#,
        "npm run build",
        expect![[r#"
        put node_modules/.prisma: 18.0 MB (1.00 MB to 50.0 MB), Dependencies, assumed. What `prisma generate` fetches, assumed.
        put .next/cache: 60.0 MB (20.0 MB to 250 MB), Cache, assumed. Cache of Next.js's compiler, which `next build` leaves; assumed from measured apps.
        put .next/static: 2.00 MB (650 kB to 10.0 MB), Build, assumed. What browsers load of the app, assumed from measured apps.
        put .next/server: 2.50 MB (250 kB to 25.0 MB), Build, assumed. The server's part of the app, assumed from measured apps."#]],
    );
    check(
        r#""build": "node build.js""#,
        "npm run build",
        expect![[r#"
        ? What the script `build` builds is not known; bring the package.json.
        put dist: 1.50 MB (100 kB to 15.0 MB), Build, assumed. What the script `build` builds, assumed."#]],
    );
    check(
        r#""bundle": "./node_modules/.bin/webpack --mode production""#,
        "npm run bundle",
        expect![
            "put dist: 1.20 MB (200 kB to 8.00 MB), Build, assumed. What `webpack` writes of a typical project, assumed."
        ],
    );
    check(r#""test": "jest""#, "npm test", expect![""]);
}
