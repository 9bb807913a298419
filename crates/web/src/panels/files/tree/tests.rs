//! Trees of small listings, drawn as indented text.

use layerwise_analyzer::context::read_listing;

use super::*;

fn context(listing: &str) -> BuildContext {
    let (context, errors) = read_listing(listing);
    assert_eq!(errors, [], "every line of the listing is read");
    context
}

/// Every node with its level as indentation, its bytes and what of them is sent.
fn drawn(tree: &Tree, weights: &[Weight]) -> Vec<String> {
    let level = |mut node: usize| {
        let mut level = 0;
        while tree.parent(node) != ROOT {
            node = tree.parent(node);
            level += 1;
        }
        level
    };
    (1..tree.len())
        .map(|node| {
            let Weight { all, sent, .. } = weights[node];
            let name = tree.name(node);
            format!("{}{name} {}/{} {}", "  ".repeat(level(node)), sent.bytes, all.bytes, all.files)
        })
        .collect()
}

fn sent(sent: bool, pattern: Option<u32>) -> Verdict {
    Verdict { sent, pattern }
}

#[test]
fn what_stands_in_a_folder_hangs_below_it_although_bytes_sort_otherwise() {
    // `a-b` sorts between `a` and `a/`, as `-` comes before `/`.
    let context = context("5 a-b\n1 a/x\n2 a/b/y\n3 a/b/z\n4 c\n");
    let tree = Tree::of(&context);
    let verdicts = vec![sent(true, None); 5];
    let wanted =
        ["a-b 5/5 1", "a 6/6 3", "  b 5/5 2", "    y 2/2 1", "    z 3/3 1", "  x 1/1 1", "c 4/4 1"];
    assert_eq!(drawn(&tree, &tree.weigh(&verdicts)), wanted);
    let children: Vec<&str> = tree.children(ROOT).map(|node| tree.name(node)).collect();
    assert_eq!(children, ["a-b", "a", "c"]);
    assert_eq!(tree.path(4), "a/b/y");
}

#[test]
fn a_folder_that_is_listed_itself_is_one_node_and_an_empty_one_a_leaf() {
    let mut context = context("1 a/x\n2 a-b\n");
    let folder =
        ContextFile { kind: FileKind::Folder, bytes: Some(4096), mode: None, digest: None };
    for path in ["a", "empty"] {
        context.files.insert(path.into(), folder.clone());
    }
    let tree = Tree::of(&context);
    let weights = tree.weigh(&[sent(true, None); 4]);
    assert_eq!(drawn(&tree, &weights), ["a-b 2/2 1", "a 1/1 1", "  x 1/1 1", "empty 0/0 0"]);
    assert_eq!(weights[ROOT].all, Amount { files: 2, bytes: 3, unknown: 0 });
}

#[test]
fn a_folder_says_how_much_of_it_is_sent_and_whether_one_pattern_decided() {
    let context = context("1 a/x\n2 a/y\n4 b/x\n8 b/y\n");
    let tree = Tree::of(&context);
    let verdicts =
        [sent(false, Some(0)), sent(false, Some(0)), sent(true, None), sent(false, Some(1))];
    let weights = tree.weigh(&verdicts);
    assert_eq!(drawn(&tree, &weights)[0], "a 0/3 2");
    assert_eq!(drawn(&tree, &weights)[3], "b 4/12 2");
    assert_eq!(weights[1].decided, Decided::By(Some(0)));
    assert_eq!(weights[4].decided, Decided::Several);
    assert_eq!(weights[4].left_out(), Amount { files: 1, bytes: 8, unknown: 0 });
}

#[test]
fn without_verdicts_nothing_is_decided_and_the_sizes_stand() {
    let context = context("1 a/x\n2 a/y\n");
    let tree = Tree::of(&context);
    let weights = tree.weigh(&[]);
    assert_eq!((weights[ROOT].all.bytes, weights[ROOT].sent.bytes), (3, 0));
    assert_eq!(weights[ROOT].decided, Decided::Open);
}

#[test]
fn unknown_sizes_and_summaries_are_counted_as_what_they_are() {
    let mut context = BuildContext::default();
    let summary = FileKind::Summary { files: 1204 };
    for (path, kind, bytes) in [
        ("a/one", FileKind::File, None),
        ("b/one", summary, Some(9000)),
        ("c", FileKind::File, Some(1)),
    ] {
        let file = ContextFile { kind, bytes, mode: None, digest: None };
        context.files.insert(path.into(), file);
    }
    let tree = Tree::of(&context);
    let weights = tree.weigh(&[]);
    assert_eq!(weights[ROOT].all, Amount { files: 1206, bytes: 9001, unknown: 1 });
    assert_eq!(tree.leaf(4).map(|leaf| leaf.kind), Some(LeafKind::Summary));
}

#[test]
fn a_path_of_ten_thousand_folders_overflows_nothing() {
    let mut context = BuildContext::default();
    let deep = vec!["a"; 10_000].join("/");
    context.files.insert(deep.clone(), ContextFile::of_bytes(7));
    let tree = Tree::of(&context);
    assert_eq!(tree.path(tree.len() - 1), deep);
    assert_eq!(tree.weigh(&[])[1].all.bytes, 7);
}
