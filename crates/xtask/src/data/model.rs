//! Estimates uncompressed sizes that nobody published, as compressed × a measured factor.
//!
//! The factor comes from rows whose uncompressed size is published: of the same image and
//! variant, else of the same image, else of the same distribution. The range is the spread seen
//! among those rows, and never narrower than the error measured on 938 images of 2018 (the
//! median was 9 % on Debian).

use super::describe;
use super::row::Row;

/// Factor of a distribution with too few published sizes of its own, and its error in per cent.
const FALLBACK: (f64, u64) = (2.7, 15);

/// Factor of Lambda's images, one of which was listed with 575 MB for 128 MB compressed.
const LAMBDA: (f64, u64) = (3.4, 30);

/// Words of tags that change what an image holds rather than which release it is.
const VARIANTS: [&str; 10] =
    ["slim", "jdk", "jre", "fpm", "apache", "cli", "onbuild", "devel", "runtime", "sdk"];

struct Sample {
    repository: String,
    name: String,
    family: String,
    variant: Vec<&'static str>,
    is_base: bool,
    factor: f64,
}

/// Fills in the uncompressed sizes that are missing, and widens those that contradict the family.
pub(super) fn complete(rows: &mut [Row]) {
    let mut samples: Vec<Sample> = rows.iter().filter_map(sample).collect();
    let usual: Vec<Option<f64>> = samples
        .iter()
        .map(|sample| usual_factor(&samples, &sample.repository, &sample.family))
        .collect();
    // A published size far below its family's belongs to another build and teaches nothing.
    let mut usual = usual.into_iter();
    samples
        .retain(|sample| usual.next().flatten().is_none_or(|usual| sample.factor >= usual * 0.75));
    // The snapshot's factors were others, and it has published sizes anyway.
    for row in rows.iter_mut().filter(|row| !row.is_of_2018()) {
        let name = row.name();
        let (family, variant) = (family(row), variant(row));
        let repository = row.repository.clone();
        let outdated = is_outdated(row);
        for figures in &mut row.figures {
            let Some([low, likely, high]) = figures.compressed else { continue };
            if let Some(known) = figures.uncompressed {
                if let Some(wide) = widen(&samples, &repository, &family, likely, known, outdated) {
                    figures.uncompressed = Some(wide);
                    figures.evidence = "modelled".into();
                    figures.how.push_str(", but its compressed size suggests more");
                }
                continue;
            }
            // Only the platform that most sizes are known for is estimated here; the others are
            // scaled from it when somebody asks.
            if figures.platform != super::row::AMD64 {
                continue;
            }
            let (factor, percent, from) = factor(&samples, &repository, &name, &family, &variant);
            let [_, estimate, _] = describe::within(scale(likely, factor), 0);
            let [low, high] = [scale(low, factor), scale(high, factor)];
            let low = describe::within(low, percent)[0];
            let high = describe::within(high, percent)[2];
            figures.uncompressed = Some([low, estimate, high]);
            figures.evidence = "modelled".into();
            figures.how = format!("its compressed size × {factor:.2}, {from}");
        }
    }
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn scale(bytes: u64, factor: f64) -> u64 {
    (bytes as f64 * factor).round() as u64
}

#[allow(clippy::cast_precision_loss)]
fn sample(row: &Row) -> Option<Sample> {
    let figures = row.amd64().filter(|figures| figures.evidence == "measured")?;
    let (compressed, uncompressed) = (figures.compressed?[1], figures.uncompressed?[1]);
    (!row.is_of_2018() && !is_outdated(row) && compressed > 0).then(|| Sample {
        repository: row.repository.clone(),
        name: row.name(),
        family: family(row),
        variant: variant(row),
        is_base: is_base(&row.repository),
        factor: uncompressed as f64 / compressed as f64,
    })
}

/// .NET's ahead-of-time variants unpack to fewer bytes by their baselines than any sibling does,
/// so the baselines are taken to be of smaller, older builds.
fn is_outdated(row: &Row) -> bool {
    row.tags.iter().any(|tag| tag.ends_with("-aot"))
}

/// Whether an image is a distribution by itself, which compresses unlike what is built on it.
fn is_base(repository: &str) -> bool {
    let bases = ["alpine", "debian", "ubuntu", "busybox", "amazonlinux", "buildpack-deps"];
    bases.contains(&repository)
}

fn family(row: &Row) -> String {
    row.distribution.split(' ').next().unwrap_or_default().into()
}

fn variant(row: &Row) -> Vec<&'static str> {
    let tags = row.tags.iter().chain(&row.aliases);
    let words: Vec<&str> = tags.flat_map(|tag| tag.split('-')).collect();
    let has = |name: &&&str| {
        let numbered = |word: &&str| word.trim_end_matches(|c: char| c.is_ascii_digit()) == **name;
        words.iter().any(numbered)
    };
    VARIANTS.iter().filter(has).copied().collect()
}

/// The factor for a row, its error in per cent, and from what it is known.
fn factor(
    samples: &[Sample],
    repository: &str,
    name: &str,
    family: &str,
    variant: &[&'static str],
) -> (f64, u64, String) {
    let near = |sample: &&Sample| sample.repository == repository && sample.family == family;
    let same_variant = || samples.iter().filter(near).filter(|sample| sample.variant == variant);
    let tried =
        [(same_variant().collect::<Vec<_>>(), 8), (samples.iter().filter(near).collect(), 12)];
    for (nearest, percent) in tried {
        if let Some(sample) = closest(&nearest, name) {
            return (sample.factor, percent, format!("the ratio measured on {}", sample.name));
        }
    }
    if repository.contains("/lambda/") {
        let (factor, percent) = LAMBDA;
        return (
            factor,
            percent,
            "between the ratio of other images and that of a listing of lambda/python:3.8".into(),
        );
    }
    let mut factors: Vec<f64> = samples
        .iter()
        .filter(|sample| sample.family == family && sample.is_base == is_base(repository))
        .map(|sample| sample.factor)
        .collect();
    factors.sort_by(f64::total_cmp);
    if factors.len() < 4 {
        let (factor, percent) = FALLBACK;
        return (factor, percent, "as images usually unpack".into());
    }
    let at = |part: usize| factors.get(factors.len() * part / 10).copied().unwrap_or(FALLBACK.0);
    let (median, spread) = (at(5), (at(9) - at(1)) / 2.0);
    let percent = ((spread / median * 100.0).round() as i64).clamp(10, 30).unsigned_abs();
    (median, percent, format!("the median ratio of {} {family} images", factors.len()))
}

/// The sample whose name starts most like `name`.
fn closest<'a>(samples: &[&'a Sample], name: &str) -> Option<&'a Sample> {
    let common = |sample: &Sample| {
        sample.name.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count()
    };
    samples.iter().copied().max_by_key(|sample| common(sample))
}

/// A range that also holds what the compressed size suggests, where a published size is a
/// quarter or more below it.
fn widen(
    samples: &[Sample],
    repository: &str,
    family: &str,
    compressed: u64,
    known: [u64; 3],
    outdated: bool,
) -> Option<[u64; 3]> {
    let factor = match outdated {
        true => FALLBACK.0,
        false => usual_factor(samples, repository, family)?,
    };
    let suggested = scale(compressed, factor);
    (known[1] < suggested / 4 * 3).then(|| [known[0], known[1], suggested])
}

/// The median factor of what is built on a distribution. None for distributions themselves, for
/// other registries, and for Java, whose archives are compressed twice.
fn usual_factor(samples: &[Sample], repository: &str, family: &str) -> Option<f64> {
    let java = ["temurin", "maven", "gradle", "tomcat", "corretto", "groovy", "rabbitmq"];
    if java.iter().any(|name| repository.contains(name))
        || repository.contains('/')
        || is_base(repository)
    {
        return None;
    }
    let mut factors: Vec<f64> = samples
        .iter()
        .filter(|sample| sample.family == family && !sample.is_base)
        .map(|sample| sample.factor)
        .collect();
    factors.sort_by(f64::total_cmp);
    (factors.len() >= 4).then(|| factors.get(factors.len() / 2).copied()).flatten()
}
