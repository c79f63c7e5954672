//! How much servers take, to the last item, character and number, as `tests/oracle/record_limits.py` wrote it down.

use std::collections::BTreeMap;

use batchlint::k8s::schema::Version;
use batchlint::k8s::validation::check_value;
use batchlint::yaml;
use serde::Deserialize;

/// More is not made of what servers take however much there is: a text of a million letters tells no more than this.
const ENOUGH: u64 = 5_000;

/// A manifest that holds so much of something.
#[derive(Deserialize)]
struct Shape {
    yaml: String,
    /// The least that was asked about.
    from: u64,
    /// By version, the last that is answered as the least is; `None` where all are.
    changes: BTreeMap<String, Option<u64>>,
}

impl Shape {
    fn of(&self, count: u64) -> String {
        let mut text = self.yaml.replace("<number>", &count.to_string());
        while let Some((before, rest)) = text.split_once("<items ") {
            let (item, behind) = rest.split_once('>').expect("it ends");
            let items: Vec<String> = (1..=count).map(|number| item.replace('#', &number.to_string())).collect();
            text = format!("{before}{}{behind}", items.join(", "));
        }
        while let Some((before, rest)) = text.split_once("<text ") {
            let (letter, behind) = rest.split_once('>').expect("it ends");
            text = format!("{before}{}{behind}", letter.repeat(usize::try_from(count).expect("not too many")));
        }
        text
    }

    fn is_accepted(&self, count: u64, version: Version) -> bool {
        let file = yaml::parse(&self.of(count));
        let root = file.documents.first().and_then(yaml::Document::root).expect("it can be read");
        check_value(root, version).accepted()
    }
}

#[test]
fn the_last_that_is_taken_is_the_servers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/limits.jsonl");
    let fixture = std::fs::read_to_string(path).expect("the fixture is there");
    let (mut compared, mut different) = (0, Vec::new());
    for line in fixture.lines() {
        let shape: Shape = serde_json::from_str(line).expect("a line is a shape");
        for (version, last) in &shape.changes {
            let version = version.parse().expect("a version");
            let first = shape.is_accepted(shape.from, version);
            let mut differs = |count: u64, expected: bool| {
                compared += 1;
                if shape.is_accepted(count, version) != expected {
                    different.push(format!("{version}, {count}, accepted: {expected} by the server\n{}", shape.yaml));
                }
            };
            match last {
                Some(last) => {
                    differs(*last, first);
                    differs(last + 1, !first);
                }
                None => differs(shape.from + ENOUGH, first),
            }
        }
    }
    assert!(compared > 400, "{compared}");
    assert!(different.is_empty(), "{} of {compared} differ:\n{}", different.len(), different.join("\n"));
}
