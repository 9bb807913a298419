//! `Pipfile.lock`: what Pipenv installs, by section.

use std::collections::BTreeSet;

use super::json::{Value, walk};
use super::marker::Environment;
use super::requirement::normalise;
use super::{Listing, Package, Source};

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let mut packages: Vec<Package> = Vec::new();
    let mut unwanted = BTreeSet::new();
    let end = walk(source.text, &mut |path, value| {
        let [section, name, field @ ..] = path else { return };
        let is_development = match section.as_str() {
            "default" => false,
            "develop" => true,
            _ => return,
        };
        let name = normalise(name);
        match (field, value) {
            ([], Value::Opened) => {
                packages.push(Package { name, version: None, is_development });
            }
            ([field], Value::Text(text)) if field == "version" => {
                if let Some(package) = packages.last_mut() {
                    package.version = Some(text.trim_start_matches('=').to_owned());
                }
            }
            ([field], Value::Text(text)) if field == "markers" => {
                let environment = Environment { python: super::requirements::PYTHON, extra: "" };
                if environment.satisfies(&text) == Some(false) {
                    unwanted.insert((name, is_development));
                }
            }
            _ => {}
        }
    });
    if let Err(place) = end {
        listing.doubt(format!("{} is not JSON from byte {place} on.", source.path));
    }
    packages.retain(|it| !unwanted.contains(&(it.name.clone(), it.is_development)));
    listing.packages = packages;
}
