//! What is found in objects that are made by the schema: each field with each value that somebody may write, and many
//! changes at once; for each version of Kubernetes, and as changes of one another.

use batchlint::analysis::{Settings, analyse};
use batchlint::change::{Question, changes, findings as change_findings};
use batchlint::config::Config;
use batchlint::k8s::schema::Version;
use batchlint::k8s::validation::check;
use batchlint::lint::lint;
use batchlint::schedule::Seconds;
use batchlint::text::Source;

use crate::NOW;
use crate::cases::{Case, Maker, Plan};
use crate::digest::Digests;
use crate::random::Random;

#[test]
fn findings_in_objects_made_by_the_schema() {
    let (config, mut digests) = (Config::at(NOW), Digests::default());
    let versions: Vec<Version> = Version::all().collect();
    for case in cases(90) {
        let random = &mut Random::new(90, case.yaml.len() as u64);
        let version = if random.chance(30) { versions[random.below(versions.len())] } else { Version::NEWEST };
        let source = Source::new("a.yaml", case.yaml);
        if random.chance(40) {
            digests.add_findings(&lint(&source, &config));
        }
        let analysis = analyse(source, &Settings::at(NOW).with_kubernetes(version));
        for manifest in analysis.wholes() {
            for problem in check(manifest, version).problems() {
                // Not where in the code it is said.
                let place = (problem.stage, problem.reason, &problem.field, problem.span);
                digests.add(&format!("{:?}", problem.topic), &(place, &problem.message, &problem.help));
            }
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn changes_of_objects_made_by_the_schema() {
    let (config, mut digests) = (Config::at(NOW).with_pedantic(true), Digests::default());
    let cases = cases(91);
    for number in 0..300 {
        let mut random = Random::new(91, number);
        let at = random.below(cases.len());
        // Neighbours are made of the same object.
        let [old, new] = [&cases[at], &cases[(at + 1 + random.below(3)) % cases.len()]]
            .map(|case| analyse(Source::new("a.yaml", case.yaml.as_str()), config.settings()));
        let (from, not_started) = (NOW + Seconds::HOUR * random.below(2_000) as i64, random.chance(30));
        let until = from + Seconds::HOUR * [5, 30, 300][random.below(3)];
        let question = Question { from, until, not_started, only_changed: random.chance(50) };
        let changes = changes(&[old], &[new], &question);
        digests.add("changes", &changes);
        digests.add("findings", &change_findings(&changes, &config));
    }
    insta::assert_snapshot!(digests.table());
}

/// Some of all cases that there are.
fn cases(seed: u64) -> Vec<Case> {
    let maker = Maker::new(Version::NEWEST, seed);
    let values = maker.cases(Plan::Values).step_by(61);
    let pairs = maker.cases(Plan::Pairs).step_by(83);
    values.chain(pairs).take(1_800).chain(maker.cases(Plan::Random).take(600)).collect()
}
