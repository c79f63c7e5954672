//! The table against what releases are known to have.

use super::gated::{GATED, gate_of};
use super::numbers::NUMBERS;
use super::*;
use crate::yaml::Key;

const FIELDS_OF_GO: &str = include_str!("../../../fixtures/server/fields.txt");

fn find(name: &str, field: &str, minor: u8) -> Option<&'static Field> {
    type_named(name).expect("the type exists").field(field, Version::new(minor))
}

/// How many types with fields, and how many fields, 1.`minor` has below `roots`.
fn count(roots: &[&str], minor: u8) -> (usize, usize) {
    let version = Version::new(minor);
    let mut reached: Vec<_> = roots.iter().filter_map(|kind| root(API_VERSION, kind)).collect();
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        for object in at.fields(version).filter_map(|field| field.kind.object()) {
            if !reached.contains(&object) {
                reached.push(object);
            }
        }
        next += 1;
    }
    (reached.len(), reached.iter().map(|one| one.fields(version).count()).sum())
}

#[test]
fn every_version_has_the_types_and_fields_it_published() {
    assert_eq!(count(&["Job", "CronJob"], 25), (109, 517));
    assert_eq!(count(&["Job", "CronJob"], 36), (126, 593));
    assert_eq!(count(&["CronJob"], 36), (122, 569));
    assert_eq!(count(&KINDS, 36), (130, 607));
    assert_eq!(count(&KINDS, 37), (141, 638));
}

/// Two sources that know nothing of each other: the published schemas, and the Go types the server decodes into.
#[test]
fn the_table_is_what_the_server_decodes_in_every_version() {
    let mut ours = Vec::new();
    for one in types() {
        for field in one.fields {
            let since = field.since().map(|version| format!(" since {version}")).unwrap_or_default();
            let until = field.until().map(|version| format!(" until {version}")).unwrap_or_default();
            ours.push(format!("{}.{} {:?}{since}{until}", one.name, field.name, field.kind));
        }
    }
    ours.sort_unstable();
    let mut theirs: Vec<&str> = FIELDS_OF_GO.lines().collect();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
}

#[test]
fn a_fields_number_is_its_own_wherever_it_stands() {
    for one in types() {
        let mut numbers: Vec<_> = one.fields.iter().map(|field| (field.number(), field.name)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert!(numbers.windows(2).all(|pair| pair[0].0 != pair[1].0), "{one:?}");
        assert!(numbers.iter().all(|(number, _)| usize::from(*number) < one.width().min(64)), "{one:?}");
    }
    // A place in a mapping is known by a field's number, and who asks for another field of that number is told by hashes.
    let mut hashes: Vec<_> = NUMBERS.iter().map(|(name, number)| (*number, Key::new(name).hash())).collect();
    hashes.sort_unstable();
    assert!(hashes.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn a_cron_job_has_the_fields_of_a_job_at_its_top() {
    let names = |of: &'static Type| of.fields.iter().map(|field| field.name).collect::<Vec<_>>();
    assert_eq!(type_named("CronJob").map(names), Some(names(job())));
}

#[test]
fn the_table_is_sorted_as_its_searches_need_it() {
    assert!(types().is_sorted_by_key(|one| one.name));
    for one in types() {
        assert!(one.fields.is_sorted_by_key(|field| field.name), "{one:?}");
        assert_eq!(type_named(one.name), Some(one));
    }
    assert_eq!(type_named("Pod"), None);
}

#[test]
fn fields_come_and_go_with_their_versions() {
    let came = [
        ("CronJobSpec", "timeZone", 25),
        ("JobSpec", "podFailurePolicy", 25),
        ("JobSpec", "backoffLimitPerIndex", 28),
        ("JobSpec", "maxFailedIndexes", 28),
        ("JobSpec", "podReplacementPolicy", 28),
        ("JobSpec", "managedBy", 30),
        ("JobSpec", "successPolicy", 30),
        ("Container", "restartPolicy", 28),
        ("Container", "restartPolicyRules", 34),
        ("LifecycleHandler", "sleep", 29),
        ("PodSpec", "schedulingGates", 26),
        ("PodSpec", "resources", 32),
    ];
    for (owner, field, minor) in came {
        for version in Version::all() {
            let expected = version.minor() >= minor;
            assert_eq!(find(owner, field, version.minor()).is_some(), expected, "{owner}.{field} in {version}");
        }
    }
    assert_eq!(find("PodSpec", "workloadRef", 35).and_then(Field::until), Some(Version::new(35)));
    assert_eq!(find("PodSpec", "workloadRef", 36), None);
    assert_eq!(find("JobSpec", "backofflimit", 36), None);
}

#[test]
fn a_field_that_changed_its_kind_has_the_one_of_its_version() {
    let kind = |minor| find("PersistentVolumeClaimSpec", "resources", minor).and_then(|f| f.kind.object());
    assert_eq!(kind(28).map(Type::name), Some("ResourceRequirements"));
    assert_eq!(kind(29).map(Type::name), Some("VolumeResourceRequirements"));
    let both = type_named("PersistentVolumeClaimSpec").expect("the type exists").fields_named("resources");
    assert_eq!(both.len(), 2);
}

#[test]
fn documents_are_told_by_their_exact_version_and_kind() {
    assert_eq!(root("batch/v1", "CronJob").map(Type::name), Some("CronJob"));
    assert_eq!(root("batch/v1", "cronjob"), None);
    assert_eq!(root("batch/V1", "CronJob"), None);
    assert_eq!(nearest_kind("cronjob"), Some("CronJob"));
    assert_eq!(nearest_kind("job"), Some("Job"));
    assert_eq!(nearest_kind("CronJobs"), Some("CronJob"));
    assert_eq!(nearest_kind("Deployment"), None);
    assert_eq!(removal("batch/v1beta1", "CronJob").map(|r| r.removed_in), Some(Version::new(25)));
    assert_eq!(removal("batch/v2alpha1", "CronJob").map(|r| r.removed_in), Some(Version::new(21)));
    assert_eq!(removal("batch/v1beta1", "Job"), None);
}

#[test]
fn a_misplaced_field_is_shown_the_level_it_belongs_to() {
    let found = |kind, name, from: &[&str]| {
        let root = root(API_VERSION, kind).expect("a root");
        places(root, name, from, Version::NEWEST).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let pod = ["spec", "jobTemplate", "spec", "template", "spec"];
    assert_eq!(found("CronJob", "backoffLimit", &pod), ["spec.jobTemplate.spec.backoffLimit"]);
    assert_eq!(found("Job", "backoffLimit", &["spec", "template", "spec"]), ["spec.backoffLimit"]);
    assert_eq!(found("Job", "schedule", &["spec"]), [""; 0]);

    let restart = found("CronJob", "restartPolicy", &["spec", "jobTemplate", "spec"]);
    assert_eq!(restart.first().map(String::as_str), Some("spec.jobTemplate.spec.template.spec.restartPolicy"));
    assert!(restart.contains(&"spec.jobTemplate.spec.template.spec.initContainers[].restartPolicy".to_owned()));

    let image = found("Job", "image", &["spec", "template", "spec"]);
    assert_eq!(image.first().map(String::as_str), Some("spec.template.spec.containers[].image"));
}

#[test]
fn a_misspelt_field_is_recognised() {
    let job = type_named("JobSpec").expect("the type exists");
    let meant = |name, minor| job.nearest(name, Version::new(minor)).map(|field| field.name);
    assert_eq!(meant("backofflimit", 36), Some("backoffLimit"));
    assert_eq!(meant("ttlSecondAfterFinished", 36), Some("ttlSecondsAfterFinished"));
    assert_eq!(meant("sucessPolicy", 36), Some("successPolicy"));
    assert_eq!(meant("sucessPolicy", 25), None);
    assert_eq!(meant("restartPolicy", 36), None);
}

#[test]
fn gated_fields_are_sorted_and_exist() {
    assert!(GATED.is_sorted_by_key(|(field, owner, _)| (field, owner)));
    for (field, owner, _) in GATED {
        let owner = type_named(owner).expect(owner);
        assert!(!owner.fields_named(field).is_empty(), "{}.{field}", owner.name());
    }
}

#[test]
fn a_gate_is_found_by_its_type_and_field() {
    for of in types() {
        for field in of.fields(Version::NEWEST) {
            let mut rows = GATED.iter().filter(|(name, owner, _)| (*name, *owner) == (field.name, of.name()));
            let expected = rows.next().map(|(.., gate)| *gate);
            assert_eq!(gate_of(of.name(), field.name), expected, "{of:?}.{}", field.name);
        }
    }
}
