//! What functions of templates print: each with arguments of every kind, and each verb with every flag.

use std::collections::BTreeSet;

use batchlint::template::{self, ChartFile, Release};
use batchlint::text::{Source, Span};
use serde_json::Value;

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;

/// Templates of a chart.
const TOGETHER: usize = 100;
/// Values of every kind, and those that some functions make something of.
const VALUES: [&str; 44] = [
    "\"\"",
    "\"a\"",
    "\"Ab-c_d e\"",
    "\" x \"",
    "\"a,b,,c\"",
    "\"a/b.tar.gz\"",
    "\"1.2.3\"",
    "\"v1.3.0-rc.1+b\"",
    "\">=1.2, <2 || ~3.1\"",
    "\"^1.x\"",
    "\"10\"",
    "\"-0x1F\"",
    "\"1e3\"",
    "\"aGk=\"",
    "\"{\\\"a\\\": [1, null, 2.50]}\"",
    "\"a: 1\\nb: [x, ~, 0x10]\"",
    "\"é日本 ß\"",
    "\"(a|b)+[^c]?$\"",
    "\"$1-${1}x\"",
    "\"%5.2f|%-4v|%q\"",
    "\"2026-01-02T03:04:05Z\"",
    "\"90m\"",
    "\"https://u:p@h.example:8/p?q=1#f\"",
    "0",
    "1",
    "2",
    "-3",
    "12",
    "7.5",
    "-0.1",
    "1e21",
    "true",
    "false",
    "nil",
    "(list)",
    "(list 1 \"b\" nil)",
    "(list \"b\" \"a\" \"c\" \"a\")",
    "(list 3 1 2.5)",
    "(dict)",
    "(dict \"a\" 1 \"b\" (list 2 (dict \"c\" nil)))",
    "(dict \"a\" \"x\" \"z\" true)",
    ".Values",
    ".Chart",
    ".Values.letters",
];

/// Calls each function with whatever there is, so many times in all.
pub(crate) fn call_each(count: u64, digests: &mut Digests) {
    let names: Vec<String> = names().into_iter().collect();
    digests.add("functions", &names);
    let mut calls = Vec::new();
    for number in 0..count {
        let mut random = Random::new(80, number);
        let name = &names[number as usize % names.len()];
        let mut values = || random.pick(&VALUES).copied().expect("there are some");
        let arguments = [values(), values(), values(), values()];
        let arguments = arguments[..[1, 1, 2, 2, 2, 3, 3, 4, 0][random.below(9)]].join(" ");
        let then = ["", " | toJson", " | quote", " | printf \"%T\""][random.below(4)];
        calls.push(format!("{{{{ {name} {arguments}{then} }}}}"));
    }
    calls.chunks(TOGETHER).for_each(|calls| render(calls, "calls", digests));
}

/// Reads so many damaged texts as JSON, YAML and what else there is.
pub(crate) fn decode_each(count: u64, digests: &mut Digests) {
    const TEXTS: [&str; 12] = [
        "{\"a\": [1, -2.5e+3, 0.10], \"b\": {\"c\": null}, \"d\": true}",
        "[false, \"\\u00e9\\ud83d\\ude00\\ud800 \\n\\t\\r\\b\\f\\/\\\\\\\"\", \"\u{7f}\"]",
        "[01, 1., .5, 1e, -, 1e400, 12345678901234567890]",
        " \t\r\n{ } ",
        "a: &x [1, 0x1F, 1_0, ~]\nb: *x\n",
        "k: |-\n  text\n  more\n'q': \"a\\x41\"\n",
        "- - 1.5\n  - .inf\n- {a: yes, <<: {b: 2026-01-02}}\n",
        "1.2.3-rc.1+build",
        ">= 1.2.x, < 2 || ~3 !=4",
        "aGVsbG8gd29ybGQ=",
        "https://user:pass@example.com:8443/p/a?q=1&r#frag",
        "2026-01-02T03:04:05+01:00 3h15m",
    ];
    const STRANGE: [&str; 16] = [
        "'", "\"", "\n", "\r", "\t", "\\", "\u{7}", "\u{8}", "\u{b}", "\u{c}", "\u{1}", "é", "\u{a0}", "{", "]",
        "\\u12",
    ];
    const READERS: [&str; 12] = [
        "fromJson",
        "mustFromJson",
        "fromJsonArray",
        "fromYaml",
        "fromYamlArray",
        "semver",
        "semverCompare \"1.2.3\"",
        "b64dec",
        "urlParse",
        "toDate \"2006-01-02T15:04:05Z07:00\"",
        "regexMatch \"a\"",
        "fromToml",
    ];
    let others = TEXTS.map(str::to_owned);
    let mut calls = Vec::new();
    for number in 0..count {
        let mut random = Random::new(82, number);
        let mut text = splice(random.pick(&TEXTS).expect("there are some"), &others, &mut random);
        if random.chance(50) {
            let at = text.floor_char_boundary(random.below(text.len() + 1));
            text.insert_str(at, STRANGE[random.below(STRANGE.len())]);
        }
        let reader = READERS[random.below(READERS.len())];
        calls.push(format!("{{{{ {reader} {} | toJson }}}}", serde_json::to_string(&text).expect("text")));
    }
    calls.chunks(TOGETHER).for_each(|calls| render(calls, "decoded", digests));
}

/// Prints values by each verb, with each flag, width and precision.
pub(crate) fn print_each(digests: &mut Digests) {
    const FLAGS: [&str; 10] = ["", "-", "+", "#", " ", "0", "+#", "-0", "# ", "+0"];
    const SIZES: [&str; 7] = ["", "1", "4", "9", ".0", ".3", "8.2"];
    const PRINTED: [&str; 14] = [
        "\"\"",
        "\"a\\té`\"",
        "\"plain words\"",
        "0",
        "-42",
        "255",
        "3.0",
        "-0.00012345",
        "1e21",
        "true",
        "nil",
        "(list 1 \"b\" nil)",
        "(dict \"b\" 1.5 \"a\" (list))",
        "128512",
    ];
    let mut calls = Vec::new();
    for verb in "vTtbcdoOqxXUeEfFgGsp".chars() {
        for flags in FLAGS {
            for size in SIZES {
                let printed = PRINTED.map(|value| format!("{{{{ printf \"%{flags}{size}{verb}|\" {value} }}}}"));
                calls.push(printed.concat());
            }
        }
    }
    calls.chunks(TOGETHER).for_each(|calls| render(calls, "formats", digests));
}

/// The words in recorded templates that are functions.
fn names() -> BTreeSet<String> {
    let recorded = include_str!("../../fixtures/templates/functions.jsonl").lines();
    let mut words = BTreeSet::new();
    for line in recorded {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let template = case["template"].as_str().expect("text");
        words.extend(
            template
                .split(|char: char| !char.is_ascii_alphanumeric())
                .filter(|word| word.starts_with(|char: char| char.is_ascii_lowercase()))
                .map(str::to_owned),
        );
    }
    for word in [
        "if", "else", "end", "range", "with", "define", "template", "block", "break", "continue", "nil", "true",
        "false",
    ] {
        words.remove(word);
    }
    // A function that is none is seen as the template is read, whether it is called or not.
    words.retain(|word| {
        let files = chart(&[format!("{{{{ if false }}}}{{{{ {word} }}}}{{{{ end }}}}")]);
        template::render(&files, &Release::of(35)).is_ok_and(|rendered| rendered.stops().is_empty())
    });
    words
}

fn chart(templates: &[String]) -> Vec<ChartFile> {
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
    let mut files = vec![
        file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"4.5\"\n"),
        file("values.yaml", include_str!("../../fixtures/templates/values.yaml")),
    ];
    files.extend(templates.iter().enumerate().map(|(at, text)| file(&format!("templates/{at:03}"), text)));
    files
}

fn render(templates: &[String], what: &str, digests: &mut Digests) {
    let rendered = template::render(&chart(templates), &Release::of(35)).expect("a chart");
    digests.add(&format!("{what}: stops"), &rendered.stops());
    for output in rendered.outputs() {
        let end = u32::try_from(output.text.len()).expect("small");
        // What is random is another text each time.
        if !rendered.is_unknown(output, Span::new(0, end)) {
            digests.add(&format!("{what}: printed"), &(output.name, output.text));
        }
    }
}
