//! Reads a folder of collected facts into rows that are not yet reconciled with each other.
//!
//! The folder holds JSON lines: `base-images*.jsonl` (official images, amd64 first),
//! `base-images-2018.jsonl` (a complete snapshot of March 2018), `official-tags.jsonl` (what the
//! list of official images said in August 2026) and `other-images.jsonl` (one line an image and
//! platform, outside the official set).

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::describe;
use super::row::{AMD64, Environment, Figures, Row};

/// How far a row's figures are to be believed, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Counted in a registry, or computed from the image's own package list.
    Observed,
    /// Composed from parts of other images.
    Composed,
    /// One line of somebody's `docker images`, or a size baseline without a registry count.
    Listed,
}

/// A row as one fact file has it.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) kind: Kind,
    pub(super) row: Row,
}

/// An entry of the list of official images.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Stanza {
    pub(super) image: String,
    pub(super) tags: Vec<String>,
    pub(super) arch: Vec<String>,
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) user: String,
    #[serde(default)]
    pub(super) workdir: String,
    #[serde(default)]
    pub(super) expose: Vec<String>,
}

/// Everything the folder says.
pub(super) struct Facts {
    pub(super) current: Vec<Fact>,
    pub(super) of_2018: Vec<Row>,
    pub(super) stanzas: Vec<Stanza>,
}

/// Reads the fact files in `folder`.
pub(super) fn read(folder: &Path) -> Result<Facts, Box<dyn Error>> {
    let mut current = Vec::new();
    for name in ["", "-more-a", "-more-b", "-more-c"] {
        let images = lines::<Official>(folder, &format!("base-images{name}.jsonl"))?;
        current.extend(images.into_iter().map(official));
    }
    current.extend(others(lines(folder, "other-images.jsonl")?));
    let of_2018 = lines::<Official>(folder, "base-images-2018.jsonl")?;
    let of_2018 = of_2018.into_iter().map(row_of_2018).collect();
    let stanzas = lines(folder, "official-tags.jsonl")?;
    Ok(Facts { current, of_2018, stanzas })
}

fn lines<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut items = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let item = serde_json::from_str(line)
            .map_err(|error| format!("{}:{}: {error}", path.display(), number + 1))?;
        items.push(item);
    }
    Ok(items)
}

/// A line of `base-images*.jsonl`.
#[derive(Deserialize)]
struct Official {
    image: String,
    tags: Vec<String>,
    #[serde(default)]
    distro: String,
    date: String,
    platforms: BTreeMap<String, Registered>,
    uncompressed_amd64: Option<u64>,
    uncompressed_kind: Option<String>,
    #[serde(default)]
    conf: String,
    src: String,
    #[serde(default)]
    env: Environment,
    #[serde(default)]
    user: String,
    #[serde(default)]
    workdir: String,
    #[serde(default)]
    entrypoint: String,
    #[serde(default)]
    cmd: String,
    #[serde(default)]
    expose: Vec<String>,
    #[serde(default)]
    volume: Vec<String>,
    #[serde(default)]
    onbuild: Vec<String>,
}

#[derive(Deserialize)]
struct Registered {
    compressed: Option<u64>,
    #[serde(default)]
    layers: Vec<(String, u64)>,
}

fn official(mut image: Official) -> Fact {
    let composed = image.date.ends_with("model");
    let kind = if composed { Kind::Composed } else { Kind::Observed };
    image.date = image.date.trim_end_matches(" model").into();
    let published = image.uncompressed_amd64.map(|bytes| {
        describe::uncompressed(bytes, image.uncompressed_kind.as_deref().unwrap_or("published"))
    });
    // A few layers are counted as the archive of the root file system, which is a little less.
    let tarball = image.conf.starts_with("rootfs tarball");
    let conf = if composed { 5 } else { 0 };
    let mut row = plain_row(image, conf);
    if let Some(amd64) = row.amd64_mut() {
        if tarball {
            amd64.compressed = amd64
                .compressed
                .map(|[low, likely, high]| [low, likely + likely * 3 / 100, high + high * 4 / 100]);
        }
        if let Some((range, evidence, how)) = published {
            amd64.uncompressed = Some(range);
            amd64.evidence = evidence.into();
            amd64.how = how;
        }
    }
    Fact { kind, row }
}

fn row_of_2018(image: Official) -> Row {
    let uncompressed = image.uncompressed_amd64;
    let mut row = plain_row(image, 0);
    row.source = "docker-library/repo-info@455ffd1 (March 2018)".into();
    if let (Some(bytes), Some(amd64)) = (uncompressed, row.amd64_mut()) {
        amd64.uncompressed = Some([bytes; 3]);
        amd64.evidence = "exact".into();
        amd64.how = "the size that docker-library/repo-info published with the build".into();
    }
    row.environment.0.retain(|(name, _)| !describe::is_checksum(name));
    for figures in &mut row.figures {
        for (name, _) in &mut figures.layers {
            *name = describe::shorten_history(name);
        }
    }
    row
}

/// What both kinds of lines say in the same words; `percent` is how far compressed sizes may be
/// off to either side.
fn plain_row(image: Official, percent: u64) -> Row {
    let distribution = describe::distribution(&image.distro, &image.image, &image.tags);
    let figures = image.platforms.into_iter().filter_map(|(platform, registered)| {
        let bytes = registered.compressed?;
        let spread = bytes * percent / 100;
        Some(Figures {
            platform: describe::platform(&platform),
            compressed: Some([bytes - spread, bytes, bytes + spread]),
            evidence: if percent == 0 { "exact" } else { "modelled" }.into(),
            how: "compressed size only".into(),
            layers: registered.layers,
            ..Figures::default()
        })
    });
    let mut row = Row {
        package_manager: describe::package_manager(&distribution, &image.image, &image.tags).into(),
        distribution,
        date: image.date.get(..10).unwrap_or(&image.date).into(),
        source: image.src,
        figures: figures.collect(),
        user: describe::user(&image.user),
        working_directory: if image.workdir == "/" { String::new() } else { image.workdir },
        entrypoint: describe::arguments(&image.entrypoint),
        command: describe::arguments(&image.cmd),
        ports: image.expose,
        volumes: image.volume.iter().flat_map(|text| describe::arguments(text)).collect(),
        onbuild: image.onbuild,
        environment: image.env,
        repository: image.image,
        tags: image.tags,
        ..Row::default()
    };
    row.figures.sort_by(|one, other| one.platform.cmp(&other.platform));
    row
}

/// A line of `other-images.jsonl`.
#[derive(Deserialize)]
struct Other {
    image: String,
    tags: Vec<String>,
    platform: String,
    #[serde(default)]
    os: String,
    #[serde(default)]
    date: String,
    compressed: Option<u64>,
    #[serde(default)]
    layers: Vec<u64>,
    conf: String,
    src: String,
    uncompressed: Option<u64>,
    xz_total: Option<u64>,
}

/// Joins the lines of one variant, which come one a platform, into rows.
fn others(lines: Vec<Other>) -> Vec<Fact> {
    let mut facts: BTreeMap<(String, Vec<String>, String), Fact> = BTreeMap::new();
    for line in lines {
        // Images of tools that nothing is built from.
        if line.image.contains("dotnet/monitor") || line.image.ends_with("aspire-dashboard") {
            continue;
        }
        let tags = describe::tags_without_platform(&line.tags);
        let (kind, figures) = figures_of_other(&line);
        let distribution = describe::distribution(&line.os, &line.image, &tags);
        let key = (line.image.clone(), tags.clone(), line.date.clone());
        let fact = facts.entry(key).or_insert_with(|| {
            let package_manager = match describe::is_distroless(&line.image, &line.os) {
                true => "",
                false => describe::package_manager(&distribution, &line.image, &tags),
            };
            let row = Row {
                package_manager: package_manager.into(),
                distribution,
                repository: line.image.clone(),
                tags,
                date: line.date.clone(),
                source: describe::source(&line.src),
                ..Row::default()
            };
            Fact { kind, row }
        });
        fact.row.figures.push(figures);
    }
    let mut facts: Vec<Fact> = facts.into_values().collect();
    for fact in &mut facts {
        fact.row.figures.sort_by(|one, other| one.platform.cmp(&other.platform));
    }
    facts
}

fn figures_of_other(line: &Other) -> (Kind, Figures) {
    let platform = line.platform.trim_end_matches(" (assumed)");
    let mut figures = Figures { platform: describe::platform(platform), ..Figures::default() };
    figures.compressed = line.compressed.map(|bytes| [bytes; 3]);
    figures.layers = line.layers.iter().map(|bytes| (String::new(), *bytes)).collect();
    if let Some(bytes) = line.xz_total {
        // Registries serve gzip, which is 1.2 to 1.35 times what these layers are in xz.
        figures.compressed = Some([bytes * 120 / 100, bytes * 127 / 100, bytes * 135 / 100]);
    }
    let (percent, evidence, how) = match line.conf.as_str() {
        "exact" => (5, "measured", "the size that the image's own tests expect"),
        "uncompressed baseline only" => {
            (5, "measured", "the size that the image's own tests expect of an older build")
        }
        conf if conf.starts_with("computed") => {
            (4, "modelled", "the sum of the packages in the image's recipe")
        }
        _ => (5, "assumed", "one line of `docker images` that somebody published"),
    };
    let kind = match line.compressed.or(line.xz_total) {
        Some(_) => Kind::Observed,
        None => Kind::Listed,
    };
    if line.conf.starts_with("computed") {
        figures.compressed = line.compressed.map(|bytes| describe::within(bytes, percent));
    }
    figures.evidence = if line.xz_total.is_some() { "modelled" } else { "exact" }.into();
    figures.how = "compressed size only".into();
    if let Some(bytes) = line.uncompressed {
        let [low, likely, high] = describe::within(bytes, percent);
        // Docker's newer image store counts compressed and unpacked bytes together.
        let low = if evidence == "assumed" { likely * 70 / 100 } else { low };
        figures.uncompressed = Some([low, likely, high]);
        figures.evidence = evidence.into();
        figures.how = how.into();
    }
    (kind, figures)
}

/// Whether a row is known on the platform that sizes are scaled from.
pub(super) fn has_amd64(row: &Row) -> bool {
    row.figures.iter().any(|figures| figures.platform == AMD64)
}
