//! The physics of layers, as `tests/measured` has them from the real builder.

use expect_test::{Expect, expect};

use super::*;
use crate::layer::{Category, Packing};
use crate::size::Evidence;

const MB: u64 = 1_000_000;

fn file(bytes: u64) -> FileEntry {
    FileEntry {
        bytes: ByteRange::exact(bytes),
        evidence: Evidence::Exact,
        kind: EntryKind::File,
        category: Category::Code,
        packing: Packing::FILES,
        owner: None,
        mode: Some(0o644),
        identity: None,
        context_path: None,
        cause: CauseIndex(1),
        assumption: None,
    }
}

/// A layer that holds a file of 10 MB in a folder of 12 MB.
fn lower() -> RootFs {
    let mut writer = LayerWriter::new(RootFs::default(), 1);
    writer.write("srv/d/big.bin", FileEntry { identity: Some("big".into()), ..file(10 * MB) });
    writer.add_contents("srv/d", file(2 * MB));
    writer.write("srv-other", file(MB));
    writer.finish().1
}

/// What a step on [`lower`] leaves.
fn check(step: impl FnOnce(&mut LayerWriter), wanted: Expect) {
    let mut writer = LayerWriter::new(lower(), 2);
    step(&mut writer);
    let (delta, root) = writer.finish();
    let mut shown = format!("layer {}", crate::size::Bytes(delta.bytes().likely()));
    for (path, _) in &delta.removed {
        shown += &format!(", whiteout {path}");
    }
    let hidden: ByteRange = delta.hidden.iter().map(|hidden| hidden.bytes).sum();
    shown += &format!(
        ", hides {}, container sees {}",
        crate::size::Bytes(hidden.likely()),
        crate::size::Bytes(root.bytes_below("").likely())
    );
    wanted.assert_eq(&shown);
}

const CAUSE: CauseIndex = CauseIndex(2);

#[test]
fn a_removal_in_a_later_step_frees_nothing() {
    check(
        |step| step.remove("srv/d", CAUSE),
        expect!["layer 0 B, whiteout srv/d, hides 12.0 MB, container sees 1.00 MB"],
    );
}

#[test]
fn a_removal_in_the_same_step_costs_nothing() {
    check(
        |step| {
            step.write("tmp/archive.tar", file(50 * MB));
            step.remove("tmp/archive.tar", CAUSE);
        },
        expect!["layer 0 B, hides 0 B, container sees 13.0 MB"],
    );
}

#[test]
fn what_changes_owner_is_written_again_and_what_has_it_is_not() {
    let chown = |step: &mut LayerWriter, to: &str| {
        step.rewrite("srv", CAUSE, |entry| {
            let changes = entry.owner.as_deref() != Some(to);
            entry.owner = Some(to.into());
            changes
        });
    };
    check(
        |step| chown(step, "app"),
        expect!["layer 12.0 MB, hides 12.0 MB, container sees 13.0 MB"],
    );
    check(
        |step| {
            chown(step, "app");
            chown(step, "app");
        },
        expect!["layer 12.0 MB, hides 12.0 MB, container sees 13.0 MB"],
    );
}

#[test]
fn a_move_writes_everything_again_and_hides_the_old() {
    check(
        |step| assert!(step.rename("srv/d", "opt/e", CAUSE)),
        expect!["layer 12.0 MB, whiteout srv/d, hides 12.0 MB, container sees 13.0 MB"],
    );
    check(
        |step| assert!(!step.rename("srv", "srv/inside", CAUSE)),
        expect!["layer 0 B, hides 0 B, container sees 13.0 MB"],
    );
}

#[test]
fn a_copy_doubles_what_it_copies() {
    check(
        |step| assert!(step.copy("srv", "backup", CAUSE)),
        expect!["layer 12.0 MB, hides 0 B, container sees 25.0 MB"],
    );
}

#[test]
fn the_same_file_copied_again_adds_nothing_and_another_one_hides_it() {
    check(
        |step| {
            let same = FileEntry { identity: Some("big".into()), ..file(10 * MB) };
            step.write("srv/d/big.bin", same);
        },
        expect!["layer 0 B, hides 0 B, container sees 13.0 MB"],
    );
    check(
        |step| step.write("srv/d/big.bin", file(3 * MB)),
        expect!["layer 3.00 MB, hides 10.0 MB, container sees 6.00 MB"],
    );
}

#[test]
fn a_neighbour_whose_name_begins_alike_is_left_alone() {
    check(
        |step| step.remove("srv", CAUSE),
        expect!["layer 0 B, whiteout srv, hides 12.0 MB, container sees 1.00 MB"],
    );
}

#[test]
fn part_of_what_nobody_knows_by_name_goes_from_the_own_layer_only() {
    check(
        |step| {
            assert!(!step.trim_contents_above("srv/d/doc", [50, 50, 50]), "of a lower layer");
            step.add_contents("usr", file(8 * MB));
            assert!(step.trim_contents_above("usr/share/doc", [50, 75, 100]));
        },
        expect!["layer 6.00 MB, hides 0 B, container sees 19.0 MB"],
    );
}
