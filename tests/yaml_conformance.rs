//! Kubernetes' own answers, recorded.
#![expect(clippy::disallowed_methods, reason = "a test reads recorded files")]

mod shared;

use batchlint::yaml::read;
use serde_json::Value;

fn recorded(name: &str) -> Option<String> {
    let path = shared::find(&format!("conformance/{name}"))?;
    Some(std::fs::read_to_string(path).expect("the recording can be read"))
}

fn bytes_of(case: &Value) -> Vec<u8> {
    match case["input"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => base64(case["input_b64"].as_str().expect("an input")),
    }
}

fn base64(text: &str) -> Vec<u8> {
    let value = |digit: u8| match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|byte| *byte != b'=').map(|byte| u32::from(value(byte))).collect();
    let mut bytes = Vec::new();
    for group in digits.chunks(4) {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        bytes.extend(bits.to_be_bytes()[1..group.len()].iter());
    }
    bytes
}

/// JSON of any depth.
fn json(text: &str) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    serde::Deserialize::deserialize(&mut deserializer).ok()
}

fn differs(case: &str, mine: &Result<String, batchlint::yaml::SyntaxError>, theirs: &Value) -> Option<String> {
    let answer = match (mine, theirs.get("error")) {
        (Err(_), Some(_)) => return None,
        (Err(error), None) => return Some(format!("{case}: refused, and Kubernetes reads it: {error:?}")),
        (Ok(json), Some(error)) => return Some(format!("{case}: read as {json}, and Kubernetes says {error}")),
        (Ok(json), None) => json,
    };
    if let Some(length) = theirs.get("json_len") {
        let same = Some(answer.len() as u64) == length.as_u64();
        return (!same).then(|| format!("{case}: {} bytes of JSON instead of {length}", answer.len()));
    }
    let expected = theirs.get("json").unwrap_or(theirs);
    let same = json(&answer.replace(":1e400", ":\"beyond\"")).is_some_and(|answer| same_json(&answer, expected));
    (!same).then(|| format!("{case}: {answer} instead of {expected}"))
}

/// Numbers are compared by value: the recording may write 1.0 for 1.
fn same_json(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_json(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same_json(value, other)))
        }
        _ => left == right,
    }
}

#[test]
fn every_recorded_text_is_read_as_kubernetes_reads_it() {
    let Some(text) = recorded("yaml.json") else { return };
    // A number and half a character that JSON as such cannot hold.
    let text = text.replace(":Infinity", ":\"beyond\"").replace("[{\"a\":\"\\ud83d\"}]", "[{\"a\":\"\\ufffd\"}]");
    let recording = json(&text).expect("the recording is JSON");
    let cases = recording["cases"].as_array().expect("cases");
    assert!(compare(cases.iter().filter(|case| case["nondeterministic"] != true)) > 700);
}

#[test]
fn every_kept_text_is_read_as_kubernetes_reads_it() {
    let path = format!("{}/fixtures/yaml/cases.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the kept cases");
    let cases: Vec<Value> = text.lines().map(|line| json(line).expect("a case")).collect();
    assert!(compare(cases.iter()) > 700);
}

/// Compares all three readers; where a kept case leaves one out, it answers as the lax one does. How many cases.
fn compare<'c>(cases: impl Iterator<Item = &'c Value>) -> usize {
    let mut differences = Vec::new();
    let mut count = 0;
    for case in cases {
        count += 1;
        let id = case["id"].as_str().expect("an id");
        let bytes = bytes_of(case);
        let strict = case.get("strict").unwrap_or(&case["lax"]);
        differences.extend(differs(&format!("{id} lax"), &read::server(&bytes, false), &case["lax"]));
        differences.extend(differs(&format!("{id} strict"), &read::server(&bytes, true), strict));
        let alone = serde_json::json!({"docs": [case["lax"]["json"]]});
        let kubectl = case.get("kubectl").unwrap_or(&alone);
        differences.extend(kubectl_difference(id, &read::kubectl(&bytes), kubectl));
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    count
}

fn kubectl_difference(
    id: &str,
    mine: &[Result<String, batchlint::yaml::SyntaxError>],
    theirs: &Value,
) -> Option<String> {
    let documents = theirs["docs"].as_array().expect("documents");
    let failed = theirs.get("error").is_some();
    if mine.len() != documents.len() + usize::from(failed) || failed != mine.last().is_some_and(Result::is_err) {
        return Some(format!("{id} kubectl: {mine:?} instead of {theirs}"));
    }
    documents.iter().zip(mine).find_map(|(document, mine)| differs(&format!("{id} kubectl"), mine, document))
}

#[test]
fn every_recorded_manifest_parses_where_the_server_parses_it() {
    let Some(text) = recorded("text.jsonl") else { return };
    let mut differences = Vec::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let yaml = case["yaml"].as_str().expect("a text");
        let message = case["server"]["message"].as_str().unwrap_or_default();
        let repeated = message.contains("already set in map");
        let unread = ["error converting YAML to JSON", "yaml: ", "json: unsupported value"];
        let refused = !repeated && unread.iter().any(|words| message.contains(words));
        let lax = read::server(yaml.as_bytes(), false).is_err();
        let strict = read::server(yaml.as_bytes(), true).is_err();
        if (lax, strict) != (refused, refused || repeated) {
            differences.push(format!("{}: refused {lax}, strictly {strict}, and {message}", case["id"]));
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}
