//! Building and serving the page with trunk.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::process::{program, run};
use crate::tools::{self, EDITOR, NODE, TRUNK, Tool, WASM_BINDGEN, WASM_TARGET};
use crate::workspace::Workspace;

/// What building the page needs.
pub(crate) const NEEDS: &[&Tool] = &[&WASM_TARGET, &NODE, &EDITOR, &WASM_BINDGEN, &TRUNK];

/// `cargo xtask play`: serves the page until interrupted, building it again when a source changes.
pub(crate) fn play(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let port = match arguments.value("--port")? {
        None => 8080,
        Some(text) => text
            .parse::<u16>()
            .map_err(|_| Failure::new(format!("`--port {text}` is not a port (1 to 65535)")))?,
    };
    let release = arguments.flag("--release");
    arguments.finish()?;
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        let other = port.checked_add(1).unwrap_or(8080);
        return Err(Failure::new(format!(
            "port {port} is taken on this machine; try `cargo xtask play --port {other}`"
        )));
    }
    tools::ensure(workspace, NEEDS)?;

    eprintln!("play: building the page (about 2 minutes the first time, seconds afterwards)");
    let mut trunk = trunk(workspace, "serve", &workspace.cache.join("play"))?;
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    if release {
        trunk.arg("--release");
    }
    let mut child = trunk.spawn().map_err(|error| Failure::new(format!("trunk: {error}")))?;
    announce(&mut child, port)?;
    let status = child.wait().map_err(|error| Failure::new(format!("trunk: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("trunk stopped ({status}); its messages are above")))
}

/// `cargo xtask build`: leaves the release page in `dist/`.
pub(crate) fn build(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let public_url = arguments.value("--public-url")?;
    arguments.finish()?;
    tools::ensure(workspace, NEEDS)?;
    release(workspace, public_url.as_deref().unwrap_or("./"))?;
    eprintln!("build: {} is the page; any static server will do", workspace.dist().display());
    Ok(())
}

/// Builds the release page into `dist/`, reached at `public_url`.
pub(crate) fn release(workspace: &Workspace, public_url: &str) -> Outcome {
    let mut trunk = trunk(workspace, "build", &workspace.dist())?;
    run(trunk.args(["--release", "--public-url", public_url]))?;
    // Not a hook of trunk's: what is served while one develops must never be kept by a browser.
    run(program(workspace, "node")?.arg("packaging/offline.mjs").arg(workspace.dist()))
}

/// Waits until the page answers, then prints its address. A build that ends first is its own
/// message.
fn announce(child: &mut Child, port: u16) -> Outcome {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while child.try_wait().map_err(|error| Failure::new(format!("trunk: {error}")))?.is_none() {
        if TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
            println!("\nLayerwise is at http://127.0.0.1:{port}/ (Ctrl+C stops it)\n");
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

/// The flags of the person, and those that leave the folders of dependencies out of messages.
pub(crate) fn without_folders(workspace: &Workspace) -> String {
    let own = std::env::var("RUSTFLAGS").unwrap_or_default();
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let registry = home.map(|home| home.join("registry/src"));
    let folders = registry.iter().flat_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let folders =
        folders.filter_map(|entry| Some(entry.ok()?.path())).chain([workspace.root.clone()]);
    let folders = folders.map(|folder| format!(" --remap-path-prefix={}=", folder.display()));
    own + &folders.collect::<String>()
}

fn trunk(workspace: &Workspace, command: &str, dist: &Path) -> Outcome<Command> {
    let mut trunk = program(workspace, "trunk")?;
    trunk
        .args([OsStr::new(command), "--offline".as_ref(), "--dist".as_ref(), dist.as_os_str()])
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Its own stack says nothing about a page that does not build.
        .env("RUST_BACKTRACE", "0")
        // Where the crates lie on this machine is nobody's business.
        .env("RUSTFLAGS", without_folders(workspace))
        // trunk 0.21 reads the usual `NO_COLOR=1` as a bad value of its own option.
        .env_remove("NO_COLOR");
    Ok(trunk)
}
