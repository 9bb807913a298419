//! The bundled examples: real Dockerfiles of our own, one file each, in the order of the menu.

use layerwise_analyzer::report::Input;

use crate::state::State;

/// A Dockerfile to look at and to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Stable id, used in links (`#example/<id>`).
    pub id: &'static str,
    /// What the menu says.
    pub title: &'static str,
    /// What it shows, one line.
    pub about: &'static str,
    /// Its Dockerfile.
    pub dockerfile: &'static str,
    /// Its ignore file.
    pub dockerignore: Option<&'static str>,
}

/// Every example.
pub const ALL: &[Example] = &[
    Example {
        id: "node-naive",
        title: "Node.js, naive",
        about: "The full base image, everything copied, everything kept",
        dockerfile: include_str!("../examples/node-naive.dockerfile"),
        dockerignore: None,
    },
    Example {
        id: "node-multi-stage",
        title: "Node.js, cured",
        about: "Stages, cache mounts and a small base for the same application",
        dockerfile: include_str!("../examples/node-multi-stage.dockerfile"),
        dockerignore: Some(include_str!("../examples/node.dockerignore")),
    },
    Example {
        id: "go-scratch",
        title: "Go to scratch",
        about: "One static binary in an image with nothing else",
        dockerfile: include_str!("../examples/go-scratch.dockerfile"),
        dockerignore: Some(include_str!("../examples/go.dockerignore")),
    },
    Example {
        id: "python-wheels",
        title: "Python with wheels",
        about: "Compilers stay behind, the slim image gets finished wheels",
        dockerfile: include_str!("../examples/python-wheels.dockerfile"),
        dockerignore: Some(include_str!("../examples/python.dockerignore")),
    },
    Example {
        id: "rust-chef",
        title: "Rust with cached dependencies",
        about: "Dependencies compiled in a layer of their own",
        dockerfile: include_str!("../examples/rust-chef.dockerfile"),
        dockerignore: Some(include_str!("../examples/rust.dockerignore")),
    },
    Example {
        id: "java-spring-boot",
        title: "Spring Boot in layers",
        about: "Built with Maven, run on a Java runtime only",
        dockerfile: include_str!("../examples/java-spring-boot.dockerfile"),
        dockerignore: Some(include_str!("../examples/java.dockerignore")),
    },
    Example {
        id: "static-nginx",
        title: "Static site on Nginx",
        about: "A site built with Node.js, its server configured in a heredoc",
        dockerfile: include_str!("../examples/static-nginx.dockerfile"),
        dockerignore: Some(include_str!("../examples/node.dockerignore")),
    },
];

/// The example with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Example> {
    ALL.iter().find(|example| example.id == id)
}

impl Example {
    /// A page that has just opened this example.
    #[must_use]
    pub fn state(&self) -> State {
        let input = Input {
            dockerfile: self.dockerfile.to_owned(),
            dockerignore: self.dockerignore.map(str::to_owned),
            ..Input::default()
        };
        State { input, ..State::default() }.opened()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use layerwise_analyzer::report::outline;

    use super::*;

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .expect("crates/web/examples exists")
            .map(|file| file.expect("readable").file_name().to_string_lossy().into_owned())
            .filter_map(|name| name.strip_suffix(".dockerfile").map(str::to_owned))
            .collect();
        let listed: BTreeSet<String> = ALL.iter().map(|one| one.id.to_owned()).collect();
        assert_eq!(files, listed, "a file is missing in ALL, or an id is not its file's name");
        assert_eq!(listed.len(), ALL.len(), "two examples have one id");
    }

    #[test]
    fn every_example_is_accepted_and_makes_an_image() {
        for example in ALL {
            let report = outline(&example.state().input);
            assert_eq!(report.errors, [], "{}", example.id);
            assert!(report.target.is_some(), "{} makes no image", example.id);
            assert!(!report.instructions.is_empty(), "{} has no instruction", example.id);
        }
    }

    #[test]
    fn texts_end_in_a_newline_and_titles_are_short() {
        for example in ALL {
            let texts = [Some(example.dockerfile), example.dockerignore];
            for text in texts.into_iter().flatten() {
                assert!(text.ends_with('\n') && !text.contains('\r'), "{}", example.id);
            }
            assert!(example.title.len() <= 32, "{}: the menu is narrow", example.id);
        }
    }
}
