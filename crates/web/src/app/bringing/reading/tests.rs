//! Folders read without a browser: what it would tell the taker.

use super::*;

/// Reads a folder of these files the way the browser's code does.
fn read(name: &str, files: &[(&str, Option<&str>)], ignore: Option<&str>) -> Reading {
    let reading = Rc::new(RefCell::new(Reading::new(name.into())));
    let mut taker = Taker {
        reading: Rc::clone(&reading),
        ignore: ignore.map(str::to_owned),
        tell: Box::new(|_| {}),
    };
    let bytes = |content: &Option<&str>| content.map(|content| content.len() as u64);
    let listed = |(path, content): &(&str, Option<&str>)| Listed {
        path: (*path).into(),
        bytes: bytes(content),
    };
    taker.listed(files.iter().map(listed).collect());
    while let Some(wanted) = taker.wanted() {
        for (number, text) in wanted {
            let content = files[number].1.expect("only what can be read is asked for");
            let text = text.then(|| content.to_owned());
            taker.content(Content { number, digest: Some(format!("id of {content}")), text });
        }
    }
    drop(taker);
    Rc::into_inner(reading).expect("nothing else holds it").into_inner()
}

fn brought(name: &str, files: &[(&str, Option<&str>)], ignore: Option<&str>) -> Brought {
    read(name, files, ignore).finish().expect("there are files")
}

fn context(brought: &Brought) -> &BuildContext {
    &brought.context.as_ref().expect("a folder was brought").context
}

#[test]
fn a_folder_becomes_a_context_with_digests_manifests_and_texts() {
    let files = [
        ("Dockerfile", Some("FROM a\n")),
        (".dockerignore", Some("*.md\n")),
        ("README.md", Some("left out")),
        ("package.json", Some("{}")),
        ("src/index.js", Some("1")),
        ("src/closed", None),
        ("empty/", None),
    ];
    let brought = brought("app", &files, None);
    assert_eq!(brought.sentence, "Read the folder app: 6 files and 1 empty folder.");
    let texts = (brought.texts.dockerfile.as_deref(), brought.texts.dockerignore.as_deref());
    assert_eq!(texts, (Some("FROM a\n"), Some("*.md\n")));
    let context = context(&brought);
    let told: Vec<String> = context
        .files
        .iter()
        .map(|(path, file)| format!("{path} {:?} {:?}", file.bytes, file.digest.as_deref()))
        .collect();
    let wanted = [
        ".dockerignore Some(5) Some(\"id of *.md\\n\")",
        "Dockerfile Some(7) Some(\"id of FROM a\\n\")",
        "README.md Some(8) None",
        "empty None None",
        "package.json Some(2) Some(\"id of {}\")",
        "src/closed None None",
        "src/index.js Some(1) Some(\"id of 1\")",
    ];
    assert_eq!(told, wanted);
    assert_eq!(context.files.get("empty").map(|file| &file.kind), Some(&FileKind::Folder));
    assert_eq!(context.manifests.keys().collect::<Vec<_>>(), ["package.json"]);
}

#[test]
fn the_ignore_file_on_the_page_says_what_is_read_before_that_of_the_folder() {
    let files = [(".dockerignore", Some("b\n")), ("a", Some("1")), ("b", Some("2"))];
    let digest = |ignore: Option<&str>, path: &str| {
        let brought = brought("app", &files, ignore);
        context(&brought).files.get(path).is_some_and(|file| file.digest.is_some())
    };
    assert_eq!((digest(None, "a"), digest(None, "b")), (true, false));
    assert_eq!((digest(Some("a\n"), "a"), digest(Some("a\n"), "b")), (false, true));
}

#[test]
fn the_ignore_file_of_the_dockerfile_wins() {
    let files = [("Dockerfile.dockerignore", Some("own\n")), (".dockerignore", Some("any\n"))];
    for files in [files, [files[1], files[0]]] {
        let texts = brought("app", &files, None).texts;
        assert_eq!(texts.dockerignore.as_deref(), Some("own\n"));
    }
}

#[test]
fn texts_that_come_alone_are_no_context() {
    let brought = brought("", &[("prod.Dockerfile", Some("FROM a\n"))], None);
    assert_eq!(brought.texts.dockerfile.as_deref(), Some("FROM a\n"));
    assert_eq!(brought.context, None);
    let read = read("", &[("Dockerfile", Some("FROM a\n")), ("index.js", Some("1"))], None);
    assert!(read.finish().is_ok_and(|brought| brought.context.is_some()), "with other files");
}

#[test]
fn texts_of_a_folder_are_those_that_docker_takes_and_loose_ones_go_by_their_name() {
    use TextKind::{Dockerfile, Ignore, OwnIgnore};
    for (path, in_folder, alone) in [
        ("Dockerfile", Some(Dockerfile), Some(Dockerfile)),
        ("Dockerfile.dev", None, Some(Dockerfile)),
        ("prod.Dockerfile", None, Some(Dockerfile)),
        (".dockerignore", Some(Ignore), Some(Ignore)),
        ("Dockerfile.dockerignore", Some(OwnIgnore), Some(OwnIgnore)),
        ("web/Dockerfile", None, None),
        ("package.json", None, None),
    ] {
        assert_eq!((text_of_folder(path), loose_text(path)), (in_folder, alone), "{path}");
    }
}

#[test]
fn an_empty_folder_and_one_that_is_too_large_are_not_taken() {
    assert_eq!(read("app", &[], None).finish(), Err(Failure::Empty));
    let mut large = Reading::new("home".into());
    let file = Listed { path: "a".into(), bytes: Some(1) };
    large.files = vec![file; MOST_FILES + 1];
    assert_eq!(large.finish(), Err(Failure::TooMany));
}
