//! What a finding is known by: the same from run to run, whatever moves around it.

use batchlint::schedule::Instant;
use batchlint::{Config, Source, lint};

const JOB: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: report
          image: registry.example.com/report:latest
          env:
            - name: A
              value: 1
            - name: B
              value: 2
          ports:
            - containerPort: 80000
";

/// The rules and fingerprints of a text, in order of place.
fn fingerprints(name: &str, text: &str) -> Vec<(&'static str, String)> {
    let report = lint(&Source::new(name, text), &Config::at(Instant::from_unix(1_795_219_200)));
    let told = |fingerprint: Option<_>| fingerprint.map(|one: batchlint::diagnostic::Fingerprint| one.to_string());
    report.findings.iter().map(|one| (one.rule, told(one.fingerprint).expect("each has one"))).collect()
}

fn distinct(found: &[(&str, String)]) -> usize {
    found.iter().collect::<std::collections::HashSet<_>>().len()
}

#[test]
fn fingerprints_are_an_interface() {
    let found = fingerprints("a.yaml", JOB);
    insta::assert_snapshot!(found.iter().map(|(rule, one)| format!("{one} {rule}\n")).collect::<String>());
}

#[test]
fn lines_files_and_messages_are_no_part_of_them() {
    let found = fingerprints("a.yaml", JOB);
    assert_eq!((found.len(), distinct(&found)), (3, 3), "{found:?}");
    assert_eq!(fingerprints("b/c.yaml", &format!("# moved\n\n{JOB}")), found);
    assert_eq!(fingerprints("a.yaml", &JOB.replace("value: 1", "value: 12")), found);
    assert_eq!(fingerprints("a.yaml", &JOB.replace('\n', "\r\n")), found);
    assert_eq!(fingerprints("a.yaml", &format!("kind: Service\n---\n{JOB}")), found);
}

#[test]
fn items_that_come_before_others_change_nothing() {
    let found = fingerprints("a.yaml", JOB);
    let other = "        - name: other\n          image: registry.example.com/other:1.0.0\n";
    let text = JOB.replace("      containers:\n", &format!("      containers:\n{other}"));
    let text = text.replace("          env:\n", "          env:\n            - name: Z\n              value: z\n");
    let text =
        text.replace("            - containerPort", "            - containerPort: 80\n            - containerPort");
    assert_eq!(fingerprints("a.yaml", &text), found);
}

#[test]
fn the_object_is_a_part_of_them() {
    let found = fingerprints("a.yaml", JOB);
    for other in ["name: other", "name: report\n  namespace: there"] {
        let others = fingerprints("a.yaml", &JOB.replacen("name: report", other, 1));
        assert!(others.iter().all(|one| !found.contains(one)), "{others:?}");
    }
}

#[test]
fn a_suppression_belongs_to_its_object() {
    let of = |name: &str, before: &str| {
        let text =
            JOB.replace("name: report\nspec:", &format!("name: {name}\nspec: # batchlint: ignore[schedule] why"));
        let found = fingerprints("a.yaml", &format!("{before}{text}"));
        found.into_iter().find(|(rule, _)| *rule == "suppression-without-effect").expect("it is there").1
    };
    assert_ne!(of("a", ""), of("b", ""));
    assert_eq!(of("a", ""), of("a", "# more\n"));
}

#[test]
fn what_is_alike_is_numbered() {
    let twice = JOB.replace("            - name: B\n", "            - name: A\n");
    let found = fingerprints("a.yaml", &twice);
    let typed: Vec<_> = found.into_iter().filter(|(rule, _)| *rule == "wrong-type").collect();
    assert_eq!((typed.len(), distinct(&typed)), (2, 2), "{typed:?}");
    assert_eq!(
        typed[0],
        fingerprints("a.yaml", JOB).into_iter().find(|one| one.0 == "wrong-type").expect("it is there")
    );
}

#[test]
fn what_is_in_no_object_is_known_by_its_line() {
    let broken = fingerprints("a.yaml", "apiVersion: batch/v1\nkind: Job\na: [1, 2\nb: }\n");
    assert!(!broken.is_empty());
    assert_eq!(fingerprints("b.yaml", "\n\napiVersion: batch/v1\nkind: Job\na:   [1, 2\nb:  }\n"), broken);
}
