//! What Cargo leaves on a machine, by what is known of the project.

use expect_test::expect;

use crate::packages::trial::TrialMachine;

fn service() -> TrialMachine {
    let mut machine = TrialMachine::default();
    machine.variables.insert("CARGO_HOME".into(), "/usr/local/cargo".into());
    machine.texts.insert("Cargo.lock".into(), "[[package]]\n".repeat(71));
    let manifest = "[package]\nname = \"shop\"\n[profile.release]\nstrip = true\n";
    machine.texts.insert("Cargo.toml".into(), manifest.into());
    machine
}

#[test]
fn a_program_weighs_by_its_crates_and_profile() {
    let mut machine = service();
    expect![[r#"
        put /usr/local/cargo/registry: 71.0 MB (42.6 MB to 114 MB), Dependencies, modelled. Sources of 70 crates, as Cargo.lock lists them, packed and unpacked, with the index.
        put target/release: 159 MB (95.4 MB to 286 MB), Build, modelled. What the compiler keeps of 70 crates, as Cargo.lock lists them (release).
        write target/release/shop: 1.58 MB (792 kB to 3.17 MB), Build, modelled. The program shop of 70 crates, as Cargo.lock lists them, release, of which its profile leaves 72 %."#]].assert_eq(&machine.run("cargo build --release"));
    machine.held.insert("/usr/local/cargo/registry".into());
    machine.held.insert("target/x86_64-unknown-linux-musl/release".into());
    let musl = "cargo build -r --target x86_64-unknown-linux-musl --bin api --bin worker";
    expect![[r#"
        write target/x86_64-unknown-linux-musl/release/api: 1.58 MB (792 kB to 3.17 MB), Build, modelled. The program api of 70 crates, as Cargo.lock lists them, release, of which its profile leaves 72 %.
        write target/x86_64-unknown-linux-musl/release/worker: 1.58 MB (792 kB to 3.17 MB), Build, modelled. The program worker of 70 crates, as Cargo.lock lists them, release, of which its profile leaves 72 %."#]].assert_eq(&machine.run(musl));
    expect![[r#"
        put target/release: 159 MB (95.4 MB to 286 MB), Build, modelled. What the compiler keeps of 70 crates, as Cargo.lock lists them (release).
        write /out/bin/shop: 1.58 MB (792 kB to 3.17 MB), Build, modelled. The program shop of 70 crates, as Cargo.lock lists them, release, of which its profile leaves 72 %."#]].assert_eq(&machine.run("cargo install --path . --root /out"));
    machine.texts.clear();
    expect![[r#"
        put target/debug: 810 MB (486 MB to 1.46 GB), Build, assumed. What the compiler keeps of some 200 crates, assumed without a Cargo.lock (debug).
        write target/debug/app: 76.3 MB (38.2 MB to 153 MB), Build, assumed. The program app of some 200 crates, assumed without a Cargo.lock, debug."#]].assert_eq(&machine.run("cargo build"));
    expect![[r#"
        put /tmp/out/dist: 445 MB (267 MB to 801 MB), Build, assumed. What the compiler keeps of some 200 crates, assumed without a Cargo.lock (dist).
        write /tmp/out/dist/app: 5.45 MB (2.73 MB to 10.9 MB), Build, assumed. The program app of some 200 crates, assumed without a Cargo.lock, dist."#]].assert_eq(&machine.run("cargo build --profile dist --target-dir /tmp/out"));
}

#[test]
fn crates_are_fetched_once_and_tools_leave_their_sources() {
    let mut machine = TrialMachine::default();
    expect!["put /root/.cargo/registry: 188 MB (113 MB to 301 MB), Dependencies, assumed. Sources of some 200 crates, assumed without a Cargo.lock, packed and unpacked, with the index."].assert_eq(&machine.run("cargo fetch"));
    expect![[r#"
        put /root/.cargo/registry: 188 MB (113 MB to 301 MB), Dependencies, assumed. Sources of some 200 crates, assumed without a Cargo.lock, packed and unpacked, with the index.
        put target/release: 445 MB (267 MB to 801 MB), Build, assumed. What the compiler keeps of some 200 crates, assumed without a Cargo.lock (release)."#]].assert_eq(&machine.run("cargo chef cook --release --recipe-path recipe.json"));
    expect![[r#"
        write /root/.cargo/bin/sqlx-cli: 10.0 MB (5.00 MB to 20.0 MB), Build, assumed. The program of sqlx-cli; a typical tool written in Rust is assumed.
        put /root/.cargo/registry: 180 MB (90.0 MB to 300 MB), Dependencies, assumed. Sources of sqlx-cli and what it needs; some 200 crates are assumed."#]].assert_eq(&machine.run("cargo install sqlx-cli@0.8"));
    expect!["remove target"].assert_eq(&machine.run("cargo clean"));
    expect!["not recognized"].assert_eq(&machine.run("cargo leptos build"));
}
