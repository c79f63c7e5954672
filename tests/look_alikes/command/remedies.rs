//! What is to be done, told by what is around the fault.

use batchlint::lint::lint;
use batchlint::text::Source;

use super::{config, manifest, rules_told};
use crate::job;

/// What is to be done is told by what is around the fault: parts of a Job's spec, its container, and words of the help; or
/// with `!` before them words that are not in it.
const REMEDIES: &[(&str, &str, &str, &[&str])] = &[
    (
        "failure-discarded",
        "",
        "/work; exit 0",
        &["leave out", "retries (up to 6)", "write `backoffLimit: 0`", "!OnFailure"],
    ),
    ("failure-discarded", "backoffLimit: 2, ", "/work; exit 0", &["retries (up to 2)"]),
    ("failure-discarded", "backoffLimit: 0, ", "/work; exit 0", &["leave out", "!retries"]),
    (
        "failure-masked",
        "",
        "/work; date; exit 0",
        &["begin the script with `set -e`", "where `exit 0` is there against"],
    ),
    ("failure-masked", "", "/work; echo done", &["!retries"]),
    ("failure-discarded", "completionMode: Indexed, backoffLimitPerIndex: 1, ", "/work; exit 0", &["!retries"]),
    ("pipe-failure-lost", "", "set -e; pg_dump a | gzip > a.gz", &["write `set -o pipefail`", "!-eo", "!exit 1"]),
    (
        "pipe-failure-lost",
        "",
        "c=$(oc get a -o x | base64 -d)\n/work \"$c\"",
        &["begin the script with `set -eo pipefail`"],
    ),
    (
        "pipe-failure-lost",
        "",
        "c=$(oc get a -o x | base64 -d)\n/a\nif [ $? = 1 ]; then /b; fi\n/work \"$c\"",
        &["write `set -o pipefail`", "`|| exit 1` behind it"],
    ),
    (
        "pipe-failure-lost",
        "",
        "set -e\nn=$(kubectl get pvc | wc -l)\nm=$(kubectl get cluster a 2>/dev/null | wc -l)\n[ $n -gt 0 ] && exit 1\n/w $m",
        &["`kubectl get` of a name", "!grep"],
    ),
    ("pipe-failure-lost", "", "set -e\npg_dump a | gzip > a.gz\nx=$(/b | grep c | tail -1)\n/w $x", &["`grep` fails"]),
    (
        "pipe-failure-lost",
        "",
        "set -e\npg_dump a | gzip > a.gz\nif kubectl get a b 2>/dev/null | grep -v c | wc -l; then /w; fi",
        &["!of a name", "!grep"],
    ),
    ("curl-without-fail", "", "curl -X DELETE http://a/b", &["take 404 for done", "!add `--fail`"]),
    ("curl-without-fail", "", "curl -XDELETE http://a/b", &["take 404 for done"]),
    ("curl-without-fail", "", "curl -X POST http://a/DELETE", &["add `--fail`", "!404 for done"]),
    ("curl-without-fail", "", "/a; curl -d x http://a/b; /c", &["add `--fail`", "`|| exit 1` behind"]),
    ("curl-without-fail", "", "set -e; curl -d x http://a/b; /c", &["add `--fail`", "!exit 1"]),
    ("curl-without-fail", "", "/a; curl -d x http://a/b", &["add `--fail`", "!exit 1"]),
    (
        "never-ends",
        "",
        "/work; sleep infinity",
        &["activeDeadlineSeconds", "sleep 3600", "!Deployment", "!initContainers"],
    ),
    ("never-ends", "", "ls /data; sleep infinity", &["Deployment", "!initContainers"]),
];

#[test]
fn remedies_look_at_what_is_around_the_fault() {
    for (rule, spec, script, wanted) in REMEDIES {
        let script = serde_json::to_string(script).expect("a string");
        let help = helped(rule, spec, &format!("command: [bash, -c, {script}]"));
        for words in *wanted {
            let (is_there, words) = words.strip_prefix('!').map_or((true, *words), |words| (false, words));
            assert_eq!(help.contains(words), is_there, "{rule}: {words:?} in {help:?}, of {spec}{script}");
        }
    }
    let beside = helped("never-ends", "", "command: [/work]}, {name: b, image: 'b:1', command: [sleep, infinity]");
    assert!(beside.contains("move `b` to `initContainers`"), "{beside}");
    let collects = |more: &str| {
        let beside = "command: [/work], volumeMounts: [{name: l, mountPath: /l}]}, {name: b, image: 'b:1', command: [sh, -c, \
                      '/logs; exit 0'], ";
        rules_told("", &format!("{beside}{more}")).iter().any(|rule| rule.starts_with("failure-"))
    };
    assert!(!collects("volumeMounts: [{name: l, mountPath: /m}]"));
    assert!(collects("volumeMounts: [{name: m, mountPath: /m}]") && collects("tty: true"));
    let holds =
        told_of("never-ends", "command: [sh, -c, '/work; sleep infinity'], resources: {limits: {cpu: 2, a.b/c: 1}}");
    assert!(holds.ends_with("which holds `a.b/c: 1`, `cpu: 2`"), "{holds}");
    let by_words = helped("curl-without-fail", "", "command: [curl, -X, DELETE, 'http://a/b']");
    assert!(by_words.contains("take 404 for done"), "{by_words}");
}

#[test]
fn the_remedy_of_a_script_without_errexit_fits_it() {
    for (script, remedy) in [
        ("/a\n/b", "begin the script with `set -e`"),
        ("/a && /b\n/c", "begin the script with `set -e`, and write `a && b` as two lines"),
        ("/a\n/b | sort > /c\n/d", "begin the script with `set -eo pipefail`"),
        (
            "/a\n/b\n[ $? -eq 0 ] || exit 1\n/c",
            "write `|| exit 1` behind what must not fail: `set -e` would end the script before it reads `$?`",
        ),
    ] {
        let container = format!("command: [bash, -c, {}]", serde_json::to_string(script).expect("a string"));
        let text = job("", &format!("containers: [{{name: a, image: 'a:1', {container}}}]"));
        let report = lint(&Source::new("a.yaml", text), &config());
        let found = report.findings.iter().find(|one| one.rule == "errexit-unset");
        let help = found.and_then(|one| one.help.as_ref()).expect("a remedy");
        assert_eq!(help.as_str(), remedy, "{script}");
    }
}

/// The help of the only finding of a rule.
fn helped(rule: &str, spec: &str, container: &str) -> String {
    let report = lint(&Source::new("a.yaml", manifest(spec, container)), &config());
    let mut found = report.findings.into_iter().filter(|finding| finding.rule == rule);
    let (Some(finding), None) = (found.next(), found.next()) else { panic!("{rule} is found once: {container}") };
    finding.help.expect("it says what to do").to_string()
}

/// The message of the only finding of a rule.
fn told_of(rule: &str, container: &str) -> String {
    let report = lint(&Source::new("a.yaml", manifest("", container)), &config());
    let mut found = report.findings.into_iter().filter(|finding| finding.rule == rule);
    found.next().expect("it is found").message.to_string()
}
