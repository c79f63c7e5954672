//! Faults that people make, planted into a manifest: most of them are what a fix is for.

use crate::random::Random;

/// Values that are almost right, by a key that takes others.
const VALUES: [(&str, &[&str]); 12] = [
    ("apiVersion", &["batch/v1beta1", "batch/v2alpha1", "Batch/v1", "batch", "v1", "batch/V1"]),
    ("kind", &["cronjob", "Cronjob", "CronJobs", "job", "JOB", "CronJbo"]),
    ("restartPolicy", &["never", "onFailure", "Onfailure", "Always", "No"]),
    ("concurrencyPolicy", &["forbid", "allow", "Replcae", "Forbidden", "FORBID"]),
    ("imagePullPolicy", &["always", "ifNotPresent", "Ifnotpresent"]),
    ("timeZone", &["US/Pacific", "Asia/Calcutta", "europe/berlin", "Europe/Berln", "EST5EDT", "GB"]),
    (
        "schedule",
        &[
            "\"30 4 *-15 * *\"",
            "'TZ=Europe/Berlin 0 3 * * *'",
            "0 0 * * * *",
            "\"*/5 * * * ?\"",
            "60 * * * *",
            "'5,,6 * * * *'",
        ],
    ),
    ("memory", &["128MB", "1 Gi", "512mi", "1gb", "0.5G i", "100M"]),
    ("cpu", &["1 core", "500M", "0,5", "1000 m", ".5"]),
    ("backoffLimit", &["-1", "\"3\"", "3.0", "1e1", "0x3", "yes", "three"]),
    ("value", &["yes", "0644", "on", "1.10", "12:30", "1e3", "~", "5", "true", "2026-01-01"]),
    ("name", &["Report", "my_report", "true", "1e3", "report.", "007", "report!"]),
];

/// Lines that a server sets itself, for the metadata of an object.
const COPIED: [&str; 4] = [
    "uid: 6f0ad5a3-5a0c-4c0e-9c38-dbbc13dd5f4a # from the cluster",
    "creationTimestamp: \"2026-01-02T03:04:05Z\"",
    "resourceVersion: \"4711\"",
    "generation: 3",
];

/// The text with a fault more.
pub(crate) fn plant(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let keyed: Vec<usize> = (0..lines.len()).filter(|at| key(&lines[*at]).is_some()).collect();
    let Some(&at) = random.pick(&keyed) else { return text.to_owned() };
    match random.below(12) {
        0..4 => almost_right(&mut lines, random),
        4 => misspell(&mut lines[at], random),
        5 => requote(&mut lines[at]),
        6 => drop_blank(&mut lines[at]),
        7 => relocate(&mut lines, at, random),
        8 => copy_from_cluster(&mut lines, random),
        9 => repeat(&mut lines, at),
        10 => swap_values(&mut lines, &keyed, random),
        _ => tab(&mut lines[at]),
    }
    lines.concat()
}

/// Where a line's key starts and ends, and where its value starts and ends.
fn key(line: &str) -> Option<[usize; 4]> {
    let start = line.find(|char: char| !matches!(char, ' ' | '-' | '{' | '"'))?;
    let end = start + line[start..].find(':')?;
    let behind = &line[end + 1..];
    let is_key = line[start..end].chars().all(|char| char.is_ascii_alphanumeric() || "_.-/\"".contains(char));
    let value = end + 1 + behind.len() - behind.trim_start_matches(' ').len();
    let written = line[value..].split(" #").next().unwrap_or_default().trim_end();
    (is_key && start < end && (behind.trim().is_empty() || behind.starts_with(' '))).then_some([
        start,
        end,
        value,
        value + written.len(),
    ])
}

fn almost_right(lines: &mut [String], random: &mut Random) {
    let places: Vec<(usize, [usize; 4], &[&str])> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let own = key(line)?;
            let (_, values) = VALUES.iter().find(|(key, _)| line[own[0]..own[1]] == **key)?;
            (own[2] < own[3]).then_some((at, own, *values))
        })
        .collect();
    if let Some((at, [_, _, start, end], values)) = random.pick(&places) {
        lines[*at].replace_range(*start..*end, random.pick(values).copied().unwrap_or_default());
    }
}

fn misspell(line: &mut String, random: &mut Random) {
    let Some([start, end, ..]) = key(line) else { return };
    let name = line[start..end].to_owned();
    let at = random.below(name.len());
    let wrong = match random.below(6) {
        0 => name[..1].to_uppercase() + &name[1..],
        1 => name.to_lowercase(),
        2 => name
            .chars()
            .flat_map(|char| if char.is_uppercase() { vec!['_', char.to_ascii_lowercase()] } else { vec![char] })
            .collect(),
        3 => name
            .chars()
            .flat_map(|char| if char.is_uppercase() { vec!['-', char.to_ascii_lowercase()] } else { vec![char] })
            .collect(),
        4 => format!("{}{}", &name[..at], &name[at + 1..]),
        _ => format!("{}{}", &name[..at], &name[at.saturating_sub(1)..]),
    };
    line.replace_range(start..end, &wrong);
}

/// Puts a value in quotes, or takes them away.
fn requote(line: &mut String) {
    let Some([_, _, start, end]) = key(line).filter(|own| own[2] < own[3]) else { return };
    let value = line[start..end].to_owned();
    let bare = value.trim_matches(['"', '\'']);
    let other = if bare.len() < value.len() { bare.to_owned() } else { format!("\"{value}\"") };
    line.replace_range(start..end, &other);
}

fn drop_blank(line: &mut String) {
    if let Some([_, end, value, _]) = key(line) {
        line.replace_range(end + 1..value, "");
    }
}

/// Moves a line to another level, as its neighbour there is indented.
fn relocate(lines: &mut Vec<String>, at: usize, random: &mut Random) {
    let line = lines.remove(at);
    let to = random.below(lines.len());
    let Some(next) = lines.get(to) else { return };
    let indent = next.len() - next.trim_start_matches([' ', '-']).len();
    lines.insert(to + 1, format!("{}{}", " ".repeat(indent), line.trim_start_matches([' ', '-'])));
}

fn copy_from_cluster(lines: &mut Vec<String>, random: &mut Random) {
    let metadata: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].trim_end().ends_with("metadata:")).collect();
    let Some(&at) = random.pick(&metadata) else { return };
    let indent = lines.get(at + 1).map_or(2, |next| next.len() - next.trim_start_matches(' ').len());
    for copied in COPIED.iter().take(1 + random.below(COPIED.len())) {
        lines.insert(at + 1, format!("{}{copied}\n", " ".repeat(indent)));
    }
    if random.chance(50) {
        lines.push("status: {}\n".to_owned());
    }
}

fn repeat(lines: &mut Vec<String>, at: usize) {
    let again = lines[at].replacen('-', " ", 1);
    lines.insert(at + 1, again);
}

fn swap_values(lines: &mut [String], keyed: &[usize], random: &mut Random) {
    let (Some(&one), Some(&other)) = (random.pick(keyed), random.pick(keyed)) else { return };
    let value = |line: &str| key(line).map(|own| line[own[2]..own[3]].to_owned());
    let (Some(of_one), Some(of_other)) = (value(&lines[one]), value(&lines[other])) else { return };
    for (at, text) in [(one, of_other), (other, of_one)] {
        if let Some([_, _, start, end]) = key(&lines[at]) {
            lines[at].replace_range(start..end, &text);
        }
    }
}

fn tab(line: &mut String) {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if indent >= 2 {
        line.replace_range(indent - 2..indent, "\t");
    }
}
