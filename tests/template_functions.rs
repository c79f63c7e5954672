//! The functions that templates call: they print what they print in helm, stop with its words, and keep the places of
//! what they are given.

#![cfg(feature = "templates")]

use batchlint::template::{self, ChartFile, FileId, Given, Notation, Release, Rendered, Setting};
use batchlint::text::{Source, Span};
use serde_json::Value;

const VALUES: &str = include_str!("../fixtures/templates/values.yaml");

/// A chart with that template alone and two files; helm's answers were recorded for 1.35.
fn rendered(template: &str) -> Rendered {
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
    let chart = "apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"4.5\"\n";
    let files = [
        file("Chart.yaml", chart),
        file("values.yaml", VALUES),
        file("templates/t", template),
        file("notes/two lines.txt", "one\n\ntwo: 2\n"),
        file("notes/empty.txt", ""),
    ];
    template::render(&files, &Release::of(35)).unwrap_or_else(|stop| panic!("{template}: {stop:?}"))
}

/// What is printed, or where helm stops.
fn answer(template: &str) -> Result<String, String> {
    let rendered = rendered(template);
    match rendered.stops().first() {
        Some(stop) => Err(stop.message.clone()),
        None => Ok(rendered.outputs().map(|output| output.text).collect()),
    }
}

#[test]
fn every_function_answers_as_in_helm() {
    let recorded = include_str!("../fixtures/templates/functions.jsonl");
    let mut wrong = Vec::new();
    for line in recorded.lines() {
        let vector: Value = serde_json::from_str(line).expect("JSON");
        let template = vector["template"].as_str().expect("a template");
        let helm = vector["prints"].as_str().ok_or_else(|| vector["stops"].as_str().expect("prints or stops"));
        let ours = answer(template);
        if ours.as_deref().map_err(String::as_str) != helm {
            wrong.push(format!("{template}\n    helm {helm:?}\n    ours {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// A number may begin with its point, a field with its name.
#[test]
fn a_point_begins_a_number_or_a_field() {
    assert_eq!(answer("{{ print .5 }} {{ printf \"%.2f\" .25 }} {{ .Chart.Name }}").as_deref(), Ok("0.5 0.25 c"));
}

#[test]
fn values_that_lie_too_deep_in_each_other_are_not_compared_to_their_end() {
    let deep = |depth: usize| {
        let nested = |name: &str| {
            format!(
                "{{{{ $x{name} := list }}}}{{{{ range until {depth} }}}}{{{{ $x{name} = list $x{name} }}}}{{{{ end }}}}"
            )
        };
        format!("{}{}{{{{ deepEqual $xa $xb }}}}", nested("a"), nested("b"))
    };
    assert_eq!(answer(&deep(400)).as_deref(), Ok("true"));
    assert!(answer(&deep(600)).is_err());
}

/// What each of these prints of `text: hello` leads back to it.
#[test]
fn strings_keep_their_place() {
    let templates = [
        "{{ .Values.text }}",
        "{{ quote .Values.text }}",
        "{{ squote 1 .Values.text }}",
        "{{ .Values.text | indent 2 | nindent 2 }}",
        "{{ printf \"  %s \" .Values.text | trim }}",
        "{{ trimPrefix \"x\" .Values.text | trimSuffix \"y\" | trimAll \"z\" }}",
        "{{ replace \"x\" \"y\" .Values.text }}",
        "{{ printf \"%s-%10s-%v\" \"a\" .Values.text 3 }}",
        "{{ print \"a\" .Values.text }}{{ cat \"b\" 1 }}",
        "{{ cat \"b\" .Values.text }}",
        "{{ join \",\" (list \"a\" .Values.text) }}",
        "{{ default \"a\" .Values.text }}",
        "{{ coalesce .Values.missing .Values.text }}",
        "{{ ternary .Values.text \"b\" true }}",
        "{{ required \"it is\" .Values.text }}",
        "{{ toString .Values.text | lower }}",
        "{{ splitList \",\" (printf \"a,%s\" .Values.text) | last }}",
        "{{ index (dict \"a\" (list .Values.text)) \"a\" 0 }}",
        "{{ (merge (dict) (dict \"a\" .Values.text)).a }}",
        "{{ toYaml (list .Values.text) }}",
        "{{ toYaml (dict \"a\" .Values.text) | fromYaml | toJson }}",
        "{{ toJson .Values.text | mustFromJson }}",
        "{{ list .Values.text | deepCopy | first }}",
        "{{ trunc 63 .Values.text }}",
        "{{ regexReplaceAll \"x\" .Values.text \"y\" }}",
    ];
    let written = VALUES.find("hello").expect("it is there");
    for template in templates {
        let rendered = rendered(template);
        let output = rendered.outputs().next().unwrap_or_else(|| panic!("{template}: {:?}", rendered.stops()));
        let printed = output.text.find("hello").unwrap_or_else(|| panic!("{template}: {:?}", output.text));
        for letter in 0..5 {
            let at = u32::try_from(printed + letter).expect("small");
            let placed = rendered.place(output, Span::new(at, at + 1)).expect("a place");
            let there = u32::try_from(written + letter).expect("small");
            assert_eq!((placed.at.0.index(), placed.at.1), (1, Span::new(there, there + 1)), "{template}");
        }
    }
}

/// What nobody knows stays unknown in what is made of it, and stops nothing.
#[test]
fn what_is_not_known_makes_nothing_known() {
    for template in [
        "{{ randAlphaNum 5 | sha256sum }}",
        "{{ printf \"a-%s\" (randAlphaNum 5) | b64enc }}",
        "{{ if eq (now | toString) \"x\" }}a{{ else }}b{{ end }}",
        "{{ required \"it is\" (lookup \"v1\" \"Secret\" \"\" \"\") }}",
        "{{ (genCA \"x\" 1).Cert | b64enc | quote }}",
        "{{ fail (uuidv4) }}",
    ] {
        assert!(answer(template).is_ok(), "{template}: {:?}", answer(template));
    }
    assert_ne!(answer("{{ sha256sum (uuidv4) }}"), answer("{{ sha256sum \"x\" }}"));
}

fn setting(written: &Value) -> Option<Setting> {
    let way = match written[0].as_str() {
        Some("set") => Notation::Plain,
        Some("set-string") => Notation::Text,
        _ => Notation::Json,
    };
    Setting::read(way, written[1].as_str().expect("a text")).ok()
}

/// What a chart has for `.Values` with these files of values, of which the first is its own, and settings.
fn values(files: &[&str], settings: Vec<Setting>) -> Value {
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
    let mut chart = vec![
        file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"),
        file("templates/t", "{{ .Values | toJson }}"),
    ];
    let mut given = Given { settings, ..Given::default() };
    for (at, text) in files.iter().enumerate() {
        match at {
            0 => chart.push(file("values.yaml", text)),
            _ => {
                given.files.push(FileId::at(chart.len()));
                chart.push(file(&format!("/{at}"), text));
            }
        }
    }
    let rendered = template::render_given(&chart, &given, &Release::of(35)).expect("a chart");
    serde_json::from_str(rendered.outputs().next().expect("it prints").text).expect("JSON")
}

#[test]
fn settings_are_read_as_helm_reads_them() {
    let recorded = include_str!("../fixtures/templates/settings.jsonl");
    let mut wrong = Vec::new();
    for line in recorded.lines() {
        let vector: Value = serde_json::from_str(line).expect("JSON");
        let settings: Option<Vec<Setting>> = vector["given"].as_array().expect("a list").iter().map(setting).collect();
        let ours = settings.map(|settings| values(&[], settings));
        // What is set to nothing takes away what it stands for.
        let helm = vector.get("values").cloned().map(|mut values| {
            without_nothing(&mut values);
            values
        });
        let ours = ours.map(|mut values| {
            without_nothing(&mut values);
            values
        });
        if ours != helm {
            wrong.push(format!("{}\n    helm {helm:?}\n    ours {ours:?}", vector["given"]));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

fn without_nothing(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(without_nothing);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nothing),
        _ => {}
    }
}

#[test]
fn settings_lie_on_files_of_values_and_those_on_the_charts_own() {
    let own = "image: {tag: \"1\", name: a}\nold: 1\nlist: [1, 2, 3]\n";
    let (one, other) = ("image: {tag: \"2\"}\nlist: [4]\n", "image: {tag: \"3\", pull: Always}\n");
    let set = |text: &str| Setting::read(Notation::Plain, text).expect("a setting");
    let all = values(&[own, one, other], vec![set("old=null,list[1]=5"), set("image.name=b")]);
    let expected = serde_json::json!({
        "image": {"tag": "3", "name": "b", "pull": "Always"}, "list": [4, 5],
    });
    assert_eq!(all, expected);
}

#[test]
fn what_a_setting_does_not_say_is_told_at_its_place() {
    for (text, at, message) in [
        ("a", 1, "`a` has no value: behind it comes `=`"),
        ("a=1,b.c", 7, "`b.c` has no value: behind it comes `=`"),
        ("a[x]=1", 2, "an index is a whole number, counted from 0"),
        ("a[0=1", 2, "the index has no `]`"),
        ("a[0]b=1", 4, "behind `]` comes `=`, `.` or `[`"),
        ("a={1,2", 2, "the list has no `}`"),
        ("a..b=1", 2, "here a name is missing"),
        ("", 0, "it sets nothing: write NAME=VALUE"),
    ] {
        let misread = Setting::read(Notation::Plain, text).expect_err(text);
        assert_eq!((misread.at, misread.message.as_str()), (at, message), "{text}");
    }
}
