//! The functions that templates call: they print what they print in helm, stop with its words, and keep the places of
//! what they are given.

#![cfg(feature = "templates")]

use batchlint::template::{self, ChartFile, Release, Rendered};
use batchlint::text::{Source, Span};
use serde_json::Value;

const VALUES: &str = include_str!("../fixtures/templates/values.yaml");

/// A chart with that template alone; helm's answers were recorded for 1.35.
fn rendered(template: &str) -> Rendered {
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
    let chart = "apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"4.5\"\n";
    let files = [file("Chart.yaml", chart), file("values.yaml", VALUES), file("templates/t", template)];
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
            assert_eq!((placed.at.0.0, placed.at.1), (1, Span::new(there, there + 1)), "{template}");
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
