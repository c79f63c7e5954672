//! What is read of configurations, baselines and settings of values, with whatever is wrong in them.

use batchlint::config::{Baseline, Written, read, without};
use batchlint::template::{Notation, Setting};

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;

/// All that a configuration can say, a piece each.
const SAID: [&str; 26] = [
    "extend = \"../batchlint.toml\"\n",
    "baseline = \"known.jsonl\"\n",
    "exclude = [\"vendor/\", \"*.gen.yaml\"]\n",
    "include = [\"jobs/**\"]\n",
    "select = [\"schedule\", \"run\"]\n",
    "ignore = [\"latest-tag\", \"ttl-unset\"]\n",
    "pedantic = true\n",
    "require-reason = true\n",
    "min-severity = \"warning\"\n",
    "kubernetes-version = \"1.31\"\n",
    "kubernetes-version = 1.3\n",
    "controller-time-zone = \"Europe/Berlin\"\n",
    "values = [\"ci/*.yaml\", \"prod.yaml\"]\n",
    "set = [\"a.b=1\", \"c={1,2}\"]\n",
    "set = [\"a=[\"]\n",
    "severity = { api = \"warning\", ttl-unset = \"error\" }\n",
    "[severity]\nrun = \"advice\"\nyaml = \"loud\"\n",
    "[rules.runs-start-together]\nleast = 3\n",
    "[rules.runs-start-together]\nmost = \"many\"\n",
    "[[overrides]]\nfiles = [\"test/**\"]\nignore = [\"pod\"]\n",
    "[[overrides]]\nfiles = \"*.yaml\"\npedantic = 1\n",
    "[simulate]\nrun-time = \"40m\"\nfails = 2\n",
    "[simulate.\"jobs/backup\"]\nrun-time = \"2m..1h\"\nhangs = true\nevicted = -1\n",
    "selct = []\n",
    "# a comment\n\n",
    "exclude = [1, \"\", \"[\"]\n",
];

#[test]
fn what_is_read_of_configurations() {
    let (texts, mut digests) = (SAID.map(str::to_owned), Digests::default());
    for number in 0..4_000 {
        let mut random = Random::new(60, number);
        let mut parts: Vec<&String> = (0..1 + random.below(4)).filter_map(|_| random.pick(&texts)).collect();
        // Tables stand behind what is of the whole file.
        parts.sort_by_key(|part| part.starts_with('['));
        let text = parts.into_iter().map(String::as_str).collect::<String>();
        let text = if random.chance(60) { splice(&text, &texts, &mut random) } else { text };
        match read(&text) {
            Ok(written) => add(&written, &mut digests),
            Err(faults) => digests.add("faults", &faults),
        }
    }
    insta::assert_snapshot!(digests.table());
}

fn add(written: &Written, digests: &mut Digests) {
    digests.add("read", written);
    digests.add("names", &written.layer.names().collect::<Vec<_>>());
}

#[test]
fn what_is_read_of_baselines() {
    const LINES: [&str; 5] = [
        "{\"tool\":\"batchlint\",\"baseline\":1}\n",
        "{\"fingerprint\":\"0123456789abcdef0123456789abcdef\",\"rule\":\"ttl-unset\",\"object\":\"Job/a\",\"file\":\"a.yaml\"}\n",
        "{\"fingerprint\":\"00000000000000000000000000000001\",\"rule\":\"ttl-unset\",\"object\":\"\",\"file\":\"b.yaml\"}\n",
        "\n",
        "<<<<<<< ours\n",
    ];
    let (lines, mut digests) = (LINES.map(str::to_owned), Digests::default());
    for number in 0..1_500 {
        let mut random = Random::new(61, number);
        let mut text = if random.chance(80) { LINES[0].to_owned() } else { String::new() };
        (0..random.below(5)).for_each(|_| text.push_str(LINES[random.below(LINES.len())]));
        let text = if random.chance(50) { splice(&text, &lines, &mut random) } else { text };
        digests.add("is one", &Baseline::is_one(text.as_bytes()));
        match Baseline::read(&text) {
            Ok(baseline) => {
                let mended = baseline.mended(|known| known.file == "a.yaml");
                digests.add("read", &(baseline.mended(|_| true), baseline.mended(|known| known.object.is_empty())));
                digests.add("mended", &without(&text, &mended));
            }
            Err(faults) => digests.add("faults", &faults),
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_is_read_of_settings_of_values() {
    let recorded = include_str!("../../fixtures/templates/settings.jsonl").lines();
    let cases = recorded.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a case"));
    let texts: Vec<String> = cases
        .flat_map(|case| case["given"].as_array().cloned().unwrap_or_default())
        .filter_map(|given| Some(given[1].as_str()?.to_owned()))
        .filter(|text| text.len() < 200)
        .collect();
    let mut digests = Digests::default();
    for number in 0..4_000 {
        let mut random = Random::new(62, number);
        let text = random.pick(&texts).expect("there are some");
        let text = if random.chance(70) { splice(text, &texts, &mut random) } else { text.clone() };
        for notation in [Notation::Plain, Notation::Text, Notation::Json] {
            digests.add(&format!("{notation:?}"), &Setting::read(notation, &text));
        }
    }
    insta::assert_snapshot!(digests.table());
}
