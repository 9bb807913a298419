//! What a `COPY --from` writes of an image, and of what every distribution holds.

use super::{UNSEEN, assume_copied, exact_file, in_container, write_named};
use crate::layer::{ByteRange, Category, FileEntry, LayerWriter, Packing};
use crate::plan::CopyStep;
use crate::simulate::simulation::StageSimulator;
use crate::simulate::{known, system, tree};
use crate::size::Evidence;

/// Copies from an image of whose files no list is at hand.
pub(super) fn copy_from_image(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    reference: &str,
    writer: &mut LayerWriter,
) {
    let whole = (simulator.world.weigh_image)(reference, simulator.platform);
    let most = whole.high().map_or(UNSEEN[2], |high| high.0);
    for source in &copy.sources {
        if write_known(simulator, copy, (reference, source), writer)
            || write_system_path(simulator, copy, source, writer)
        {
            continue;
        }
        let is_root = tree::container_path("/", source).is_empty();
        let (bytes, evidence) = match is_root {
            true => (ByteRange::of(&whole), whole.evidence()),
            false => (ByteRange::new([0, UNSEEN[1].min(most), most]), Evidence::Assumed),
        };
        let why =
            format!("`{source}` of the image {reference}, of whose files no list is at hand.");
        let cause = simulator.note(why.clone());
        let entry = FileEntry {
            bytes,
            evidence,
            packing: Packing::BINARY,
            ..exact_file(cause, Category::Download)
        };
        let entry = assume_copied(simulator, copy, source, entry);
        simulator.doubt(&entry, why);
        writer.add_contents(in_container(copy.destination.trim_end_matches('/')), entry);
    }
}

/// A program is copied from an image that is made to hold it; false where it is not known.
fn write_known(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    (reference, source): (&str, &str),
    writer: &mut LayerWriter,
) -> bool {
    let Some((bytes, evidence)) = known::weight(reference, source) else { return false };
    let cause = simulator.note(format!("`{source}` of the image {reference}."));
    let packing = Packing::BINARY;
    let entry = FileEntry { bytes, evidence, packing, ..exact_file(cause, Category::Download) };
    let entry = assume_copied(simulator, copy, source, entry);
    write_named(copy, source.rsplit('/').next().unwrap_or(source), entry, writer);
    true
}

/// Something is copied that a usual distribution holds; false where it is not known.
pub(super) fn write_system_path(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    source: &str,
    writer: &mut LayerWriter,
) -> bool {
    let path = format!("/{}", tree::container_path("/", source));
    let Some((bytes, packing, is_folder)) = system::weight(&path) else { return false };
    let cause = simulator.note(format!("`{path}` as distributions have it."));
    let evidence = Evidence::Assumed;
    let entry = FileEntry { bytes, evidence, packing, ..exact_file(cause, Category::Packages) };
    let entry = assume_copied(simulator, copy, source, entry);
    let name = path.rsplit('/').next().unwrap_or_default();
    match is_folder {
        true => writer.add_contents(in_container(copy.destination.trim_end_matches('/')), entry),
        false => write_named(copy, name, entry, writer),
    }
    true
}
