//! Programs that run beside others until something stops them: proxies, agents, daemons. The file beside this one is all
//! that is known of them.

use std::sync::LazyLock;

use super::Argv;
use crate::k8s::objects::Container;

const TABLE: &str = include_str!("sidecars.md");

struct Row {
    what: &'static str,
    /// Names, each with the word in the tag that goes with it.
    images: Vec<(&'static str, &'static str)>,
    programs: Vec<&'static str>,
    with: Vec<&'static str>,
    unless: Vec<&'static str>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    let row = |cells: Vec<&'static str>| match cells[..] {
        [what, images, programs, with, unless, _] => {
            let images = list(images).into_iter().map(name_and_word).collect();
            Row { what, images, programs: list(programs), with: list(with), unless: list(unless) }
        }
        _ => panic!("a row has other cells than the table of sidecars: {cells:?}"),
    };
    cells.map(row).collect()
});

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split(',').map(str::trim).filter(|word| !word.is_empty()).collect()
}

fn name_and_word(image: &'static str) -> (&'static str, &'static str) {
    image.split_once(':').unwrap_or((image, ""))
}

/// What a container runs until something stops it, if that is known.
#[must_use]
pub fn sidecar(container: Container<'_>) -> Option<&'static str> {
    let image = path_and_tag(container.image()?.value);
    let mut rows = ROWS.iter().filter(|row| row.images.iter().any(|name| is_named(image, *name))).peekable();
    // Most images are none of these, and what they run is nobody's concern.
    rows.peek()?;
    let argv = Argv::of(container);
    let words = || argv.words().iter().filter_map(|word| word.as_str());
    let has_command = container.command().is_some_and(|command| !command.value.is_empty());
    let runs = |row: &&'static Row| {
        let is_its_own = !has_command || argv.program().is_some_and(|program| row.programs.contains(&program));
        let is_told = row.with.is_empty() || words().any(|word| row.with.contains(&word));
        let ends = || words().any(|word| row.unless.contains(&word));
        is_its_own && is_told && !ends()
    };
    rows.find(runs).map(|row| row.what)
}

/// An image's name without its digest, in two.
fn path_and_tag(image: &str) -> (&str, &str) {
    let image = image.split('@').next().unwrap_or_default();
    let last = image.rfind('/').map_or(0, |slash| slash + 1);
    image[last..].find(':').map_or((image, ""), |colon| (&image[..last + colon], &image[last + colon + 1..]))
}

/// Whether an image is called so, whatever its registry.
fn is_named((path, tag): (&str, &str), (name, word): (&str, &str)) -> bool {
    let is_end =
        path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/') && name.contains('/'));
    is_end && (word.is_empty() || tag.split(['-', '.']).any(|part| part == word))
}

#[cfg(test)]
mod tests {
    use super::{ROWS, is_named, name_and_word, path_and_tag};

    #[test]
    fn every_row_has_a_source() {
        assert!(ROWS.len() >= 15);
        let rows = super::TABLE.lines().filter(|line| line.starts_with("| ") && !line.contains("| source |"));
        for row in rows {
            assert!(row.contains("| https://") && row.ends_with(" |"), "{row}");
        }
    }

    #[test]
    fn an_image_is_known_by_the_end_of_its_name() {
        for (image, name) in [
            ("gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1", "cloud-sql-connectors/cloud-sql-proxy"),
            ("registry.example.com:5000/mirror/fluent/fluent-bit", "fluent/fluent-bit"),
            ("docker:27-dind", "docker:dind"),
            ("vault:1.13@sha256:0", "vault"),
        ] {
            assert!(is_named(path_and_tag(image), name_and_word(name)), "{image}");
        }
        for (image, name) in [
            ("example.com/my-fluent-bit", "fluent/fluent-bit"),
            ("docker:27-cli", "docker:dind"),
            ("example.com/vault:1", "vault"),
            ("example.com/fluent/fluent-bit-tools", "fluent/fluent-bit"),
        ] {
            assert!(!is_named(path_and_tag(image), name_and_word(name)), "{image}");
        }
    }
}
