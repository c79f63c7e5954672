//! A chart rendered with one set of values after the other: what is run again, and that the rest prints what it printed.

use batchlint::template::{ChartFile, FileId, Given, Readings, Release, Rendered, Trace, render_again, render_given};
use batchlint::text::Source;

const VALUES: &str = "a: 1\nb: {one: 1}\nc: {one: {deep: 2}}\nlist: [{name: y}]\nglobal: {name: m}\n";

const TEMPLATES: [(&str, &str); 8] = [
    ("a", "{{ .Values.a }}"),
    ("b", "{{ toYaml .Values.b }}"),
    ("c", "{{ range $key, $value := .Values.c }}{{ $key }}{{ $value.deep }}{{ end }}"),
    ("d", "{{ if hasKey .Values \"late\" }}late{{ end }}"),
    ("e", "{{ range .Values.list }}{{ .name }}{{ end }}"),
    ("f", "{{ define \"name\" }}{{ .Values.global.name | quote }}{{ end }}{{ include \"name\" . }}"),
    ("g", "{{ .Values.global.name }}{{ .Values.own }}"),
    ("h", "{{ .Template.Name }} {{ .Chart.Name }} {{ .Release.Name }} {{ len .Values.c }}"),
];

/// Values that are given, and the templates that look at them.
const SETS: [(&str, &str); 9] = [
    ("unread: 1\n", ""),
    ("a: 2\n", "a"),
    ("a: 1\n", "a"),
    ("b: {two: 2}\n", "b"),
    ("c: {one: {deep: 3}}\n", "ch"),
    ("late: 1\n", "d"),
    ("list: [{name: z}]\n", "e"),
    ("global: {name: n}\n", "fg"),
    ("sub: {own: 2}\n", "g"),
];

fn file(path: &str, text: &str) -> ChartFile {
    ChartFile { path: path.to_owned(), source: Source::new(path, text) }
}

/// A chart with one in it, a further template, and sets of values beside it.
fn chart(further: &str) -> Vec<ChartFile> {
    let mut files = vec![
        file("Chart.yaml", "name: app\nversion: 1.0.0\n"),
        file("values.yaml", VALUES),
        file("charts/sub/Chart.yaml", "name: sub\nversion: 1.0.0\n"),
        file("charts/sub/values.yaml", "own: 1\n"),
        file("templates/z.yaml", further),
    ];
    for (name, text) in TEMPLATES {
        let folder = if name == "g" { "charts/sub/templates" } else { "templates" };
        files.push(file(&format!("{folder}/{name}.yaml"), text));
    }
    files.extend(SETS.iter().enumerate().map(|(at, (values, _))| file(&format!("/{at}"), values)));
    files
}

/// What templates print: by their letters, with what tells it from all else.
fn printed(rendered: &Rendered) -> Vec<(String, Option<Trace>)> {
    let mut tracer = rendered.tracer();
    let letter = |name: &str| name.trim_end_matches(".yaml").rsplit('/').next().unwrap_or_default().to_owned();
    rendered.outputs().map(|output| (letter(output.name), tracer.trace(output))).collect()
}

/// The letters of the templates that are run again with each set; all others print what they printed.
fn run_again(further: &str) -> Vec<String> {
    let (files, release, mut readings) = (chart(further), Release::of(30), Readings::of_several_sets());
    let first = render_again(&files, &Given::default(), &release, &mut readings).expect("it is loaded");
    let first = printed(&first);
    let sets = (0..SETS.len()).map(|at| {
        let id = FileId::at(files.len() - SETS.len() + at);
        let given = Given { files: vec![id], ..Given::default() };
        let all = printed(&render_given(&files, &given, &release).expect("it is loaded"));
        let again = printed(&render_again(&files, &given, &release, &mut readings).expect("it is loaded"));
        let is_again = |(letter, _): &&(String, _)| again.iter().any(|(other, _)| other == letter);
        for one in &all {
            assert!(if is_again(&one) { again.contains(one) } else { first.contains(one) }, "{one:?} of {at}");
        }
        let mut letters: Vec<&str> = again.iter().map(|(letter, _)| letter.as_str()).collect();
        letters.sort_unstable();
        letters.concat()
    });
    sets.collect()
}

#[test]
fn what_looks_at_nothing_that_is_different_prints_what_it_printed() {
    assert_eq!(run_again("{{ .Values.nothing }}"), SETS.map(|(_, letters)| letters));
}

#[test]
fn where_a_template_changes_what_others_see_all_are_run_again() {
    assert!(run_again("{{ $_ := set .Values.b \"three\" 3 }}").iter().all(|letters| letters == "abcdefghz"));
    let late = run_again("{{ if .Values.late }}{{ $_ := set .Values.b \"three\" 3 }}{{ end }}");
    let (before, since) = late.split_at(5);
    assert_eq!(before, ["", "a", "a", "b", "ch"]);
    assert!(since.iter().all(|letters| letters == "abcdefghz"), "{since:?}");
}
