//! One row of the table: a variant of an image with everything known of it.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A variant of an image: all tags that name the same build.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    /// Repository in its familiar form.
    pub(super) repository: String,
    /// Tags the figures were observed under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) tags: Vec<String>,
    /// Further tags of the same variant, from the list of official images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<String>,
    /// Distribution with its release: `debian 12`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) distribution: String,
    /// Its package manager; empty for none or unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) package_manager: String,
    /// Day of the build or of the observation; empty when unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) date: String,
    /// Where the facts come from.
    pub(super) source: String,
    /// The image it is built from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) from: String,
    /// Platforms it is published for, where a list is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) platforms: Vec<String>,
    /// Sizes by platform.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) figures: Vec<Figures>,
    /// User; empty for root.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) user: String,
    /// Working directory; empty for `/`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) working_directory: String,
    /// Entry point arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) entrypoint: Vec<String>,
    /// Command arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) command: Vec<String>,
    /// Exposed ports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ports: Vec<String>,
    /// Volumes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) volumes: Vec<String>,
    /// `ONBUILD` triggers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) onbuild: Vec<String>,
    /// Environment in order.
    #[serde(default, skip_serializing_if = "Environment::is_empty")]
    pub(super) environment: Environment,
}

impl Row {
    /// What the table is sorted by.
    pub(super) fn sort_key(&self) -> (&str, &[String], &[String]) {
        (&self.repository, &self.tags, &self.aliases)
    }

    /// A reference for messages.
    pub(super) fn name(&self) -> String {
        let tag = self.tags.first().or(self.aliases.first());
        format!("{}:{}", self.repository, tag.map_or("", String::as_str))
    }

    /// Whether the row belongs to the snapshot of March 2018.
    pub(super) fn is_of_2018(&self) -> bool {
        self.source.contains("March 2018")
    }

    /// Sizes on the platform nearly every image is published for.
    pub(super) fn amd64(&self) -> Option<&Figures> {
        self.figures.iter().find(|figures| figures.platform == AMD64)
    }

    /// As [`Row::amd64`], to be filled in.
    pub(super) fn amd64_mut(&mut self) -> Option<&mut Figures> {
        self.figures.iter_mut().find(|figures| figures.platform == AMD64)
    }
}

/// The platform that sizes are known for first.
pub(super) const AMD64: &str = "linux/amd64";

/// Sizes on one platform. A range is `[low, likely, high]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    /// Platform in its normal form.
    pub(super) platform: String,
    /// Bytes a pull transfers; three equal numbers are the registry's own count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) compressed: Option<[u64; 3]>,
    /// Sum of file bytes of the layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) uncompressed: Option<[u64; 3]>,
    /// How the uncompressed size is known (the compressed one where that is all there is).
    pub(super) evidence: String,
    /// From what it is known, in words that end a sentence.
    pub(super) how: String,
    /// Layers, lowest first: what made it and its compressed bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) layers: Vec<(String, u64)>,
}

/// Names and values in the order they were set, written as a JSON object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Environment(pub(super) Vec<(String, String)>);

impl Environment {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Environment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Environment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Environment;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of names and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Environment, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Environment(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
