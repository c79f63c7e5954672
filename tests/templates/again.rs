//! A chart rendered with one set of values after the other: what is run again, and that the rest prints what it printed.

use batchlint::template::{ChartFile, FileId, Given, Readings, Release, Rendered, Trace, render_again, render_given};
use batchlint::text::{Source, Span};

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

/// A chart of helpers, and of a template that includes them.
fn including(helpers: &str, template: &str) -> Rendered {
    let files = [
        file("Chart.yaml", "name: app\nversion: 1.0.0\n"),
        file("values.yaml", "a: one\n"),
        file("templates/_helpers.tpl", helpers),
        file("templates/a.yaml", template),
        file("templates/b.yaml", template),
    ];
    let mut rendered = render_given(&files, &Given::default(), &Release::of(30)).expect("it is loaded");
    rendered.look_further();
    rendered
}

#[test]
fn what_is_included_again_is_of_the_action_that_includes_it() {
    let helpers = "{{ define \"name\" }}{{ .Values.a }}-{{ tpl \"{{ .Values.a }}\" . }}-x{{ end }}";
    let template = "{{ include \"name\" . }}\n{{ include \"name\" . | quote }}\n";
    let rendered = including(helpers, template);
    let outputs: Vec<_> = rendered.outputs().collect();
    assert_eq!(outputs.len(), 2);
    for output in outputs {
        assert_eq!(output.text, "one-one-x\n\"one-one-x\"\n");
        for (at, action) in [(0, 0), (4, 0), (8, 0), (11, 23), (15, 23), (19, 23)] {
            let placed = rendered.place(output, Span::new(at, at + 1)).expect("it has a place");
            let outermost = placed.via.first().copied().or(placed.related.first().map(|(place, _)| *place));
            let (file, span) = outermost.expect("it is included");
            assert_eq!((file, span.start), (output.file, action), "{at}");
        }
    }
}

#[test]
fn what_is_included_again_sees_what_was_changed() {
    let helpers = "{{ define \"name\" }}{{ .Values.a }}{{ end }}\
        {{ define \"set\" }}{{ if not .Values.b }}{{ $_ := set .Values \"b\" .Values.a }}{{ end }}{{ .Values.b }}{{ end }}\
        {{ define \"all\" }}{{ include \"set\" . }}{{ $_ := set .Values \"a\" \"two\" }}{{ include \"name\" . }}{{ end }}\
        {{ define \"of\" }}{{ .x.y }}{{ $_ := set .x \"y\" 2 }}{{ end }}";
    let template = "{{ include \"name\" . }} {{ include \"all\" . }} {{ include \"name\" . }} {{ .Values.b }}\n\
        {{ $of := dict \"x\" (dict \"y\" 1) }}{{ include \"of\" $of }}{{ include \"of\" $of }}\n\
        {{ if .Values.c }}{{ include \"all\" . }}\n{{ end }}kind: Job\n{{ if .Values.d }}d{{ end }}";
    let rendered = including(helpers, template);
    let texts: Vec<_> = rendered.outputs().map(|output| output.text).collect();
    // What a template changes, those behind it see.
    assert_eq!(texts, ["one onetwo two one\n12\nkind: Job\n", "two onetwo two one\n12\nkind: Job\n"]);
    let further: Vec<_> = rendered.variants().map(|(output, _)| output.text).collect();
    let once = ["one onetwo two one\n12\nonetwo\nkind: Job\n", "one onetwo two one\n12\nkind: Job\nd"];
    assert_eq!(further, [once, once].concat());
}

#[test]
fn each_template_has_its_own_name_whoever_asks_for_it() {
    let helpers = "{{ define \"name\" }}{{ .Template.Name | base }} of {{ .Values.a }}{{ end }}";
    let template = "{{ include \"name\" . }}, {{ include \"name\" . }}\nkind: Job\n{{ if .Values.c }}c{{ end }}";
    let rendered = including(helpers, template);
    let given = rendered.outputs();
    let further: Vec<_> = rendered.variants().map(|(output, _)| output).collect();
    assert_eq!(further.len(), 2);
    for output in given.chain(further) {
        let name = output.name.rsplit('/').next().expect("it has a name");
        let line = format!("{name} of one, {name} of one\n");
        assert!(output.text.starts_with(&line), "{name}: {}", output.text);
    }
}

#[test]
fn what_is_read_or_written_once_is_what_it_would_be_each_time() {
    let helpers = "{{ define \"x\" }}own{{ end }}";
    let template = "{{ tpl \"{{ .x }}\" (dict \"x\" 1) }} {{ tpl \"{{ .x }}\" (dict \"x\" 2) }}\n\
        {{ tpl (printf \"{{ %s }}\" \".Values.a\") . }} {{ tpl (printf \"{{ %s }}\" \".Values.a | quote\") . }}\n\
        {{ range tuple 1 2 }}{{ tpl \"{{ define \\\"x\\\" }}{{ . }}{{ end }}{{ include \\\"x\\\" . }}\" . }}{{ end }}{{ include \"x\" . }}\n";
    let rendered = including(helpers, template);
    for output in rendered.outputs() {
        assert_eq!(output.text, "1 2\none \"one\"\n12own\n");
    }

    let files = [
        file("Chart.yaml", "name: app\nversion: 1.0.0\n"),
        file("conf/a.txt", "one"),
        file("conf/b.txt", "two"),
        file(
            "templates/a.yaml",
            "{{ range tuple \"conf/*\" \"conf/a*\" \"conf/*\" }}{{ ($.Files.Glob .).AsConfig }}\n{{ end }}",
        ),
    ];
    let rendered = render_given(&files, &Given::default(), &Release::of(30)).expect("it is loaded");
    let texts: Vec<_> = rendered.outputs().map(|output| output.text).collect();
    assert_eq!(texts, ["a.txt: one\nb.txt: two\na.txt: one\na.txt: one\nb.txt: two\n"]);
}
