//! The page of `simulate` and of `runs`, as a reader of XML finds it.

use std::fmt::Write as _;

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value as Json;

use super::program::{Folder, Run};

const FROM: &str = "--from=2026-12-01T00:00Z";
/// Names of objects and files that would get out of a page that takes them as they are.
const AWKWARD: [&str; 4] =
    ["</title><script>alert(1)</script>", "a\" onclick='b' &amp;", "\u{202e}txt.evil", "]]>\u{85}x"];

fn cron_job(name: &str, schedule: &str, spec: &str) -> String {
    let container = "{name: main, image: 'main:1.4.2', resources: {requests: {cpu: 250m, memory: 64Mi}}}";
    let name = serde_json::to_string(name).expect("a text is JSON");
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: {name}}}\nspec:\n  schedule: '{schedule}'\n  timeZone: \
         Etc/UTC\n{spec}  jobTemplate: {{spec: {{backoffLimit: 1, template: {{spec: {{restartPolicy: Never, \
         containers: [{container}]}}}}}}}}\n"
    )
}

fn three() -> Folder {
    let objects = [
        cron_job("waits", "*/15 * * * *", "  concurrencyPolicy: Forbid\n"),
        cron_job("overlaps", "0 * * * *", ""),
        cron_job("never-late", "0 0 * * *", "  startingDeadlineSeconds: 200\n"),
    ];
    Folder::new("page").file("jobs.yaml", &objects.join("---\n"))
}

/// What a run prints, which has nothing to say beside it.
fn printed(folder: &Folder, args: &[&str]) -> String {
    let Run { status, out, err } = folder.run(args);
    assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
    out
}

fn read(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}"))
}

fn all<'d>(document: &'d Document<'d>, name: &str) -> Vec<Node<'d, 'd>> {
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
}

/// The sums of the columns of a table whose caption begins like this, of each row of the page.
fn sums(document: &Document<'_>, caption: &str) -> Vec<Vec<u64>> {
    let has_caption = |table: &Node<'_, '_>| table.children().any(|child| text(child).starts_with(caption));
    let tables = all(document, "table").into_iter().filter(has_caption);
    let sum = |table: Node<'_, '_>| {
        let mut sums = Vec::new();
        for row in table.descendants().filter(|node| node.has_tag_name("tr")) {
            let cells = row.children().filter(|node| node.has_tag_name("td"));
            for (column, cell) in cells.enumerate() {
                sums.resize(sums.len().max(column + 1), 0);
                sums[column] += text(cell).parse::<u64>().expect("a number");
            }
        }
        sums
    };
    tables.map(sum).collect()
}

#[test]
fn the_page_has_the_numbers_that_json_has() {
    let folder = three();
    let args = ["simulate", "jobs.yaml", FROM, "--zone=UTC", "--for=2d", "--run-time=40m", "--fails=waits=1"];
    let page = printed(&folder, &[&args[..], &["--format=html"]].concat());
    let json: Json = serde_json::from_str(&printed(&folder, &[&args[..], &["--format=json"]].concat())).expect("JSON");
    let document = read(&page);
    let summaries = json["simulations"].as_array().expect("simulations").iter().map(|one| &one["summary"]);
    let told: Vec<[u64; 3]> = summaries
        .map(|summary| ["started", "late", "leftOut"].map(|key| summary[key].as_u64().expect("a number")))
        .collect();
    let drawn = sums(&document, "How many come into each state");
    let drawn: Vec<[u64; 3]> = drawn.iter().map(|sums| [sums[0], sums[3], sums[4]]).collect();
    assert_eq!(drawn, told);
    assert!(told[0].iter().all(|count| *count > 0), "some start, are late, and are left out: {told:?}");
    let fleet = &json["fleet"];
    let most = text(all(&document, "strong")[0]);
    assert_eq!(most, fleet["mostJobs"]["most"].to_string());
    assert_eq!(fleet["starts"].as_u64(), Some(told.iter().map(|[started, ..]| started).sum()));
    let hot = &fleet["hotMinutes"][0];
    assert_eq!((hot["minute"]["utc"].as_str(), hot["starts"].as_u64()), (Some("2026-12-02T00:00:00Z"), Some(2)));
    let row = all(&document, "tbody")[0].first_element_child().expect("a row");
    assert_eq!(text(row), "Wed 2026-12-02 00:002overlaps and never-late");
}

#[test]
fn nothing_in_a_manifest_gets_out_of_the_page() {
    let objects: Vec<String> = AWKWARD.iter().map(|name| cron_job(name, "0 * * * *", "")).collect();
    let folder = Folder::new("page").file("a <b>&\"c\".yaml", &objects.join("---\n"));
    for command in ["simulate", "runs"] {
        let page = printed(&folder, &[command, ".", FROM, "--zone=UTC", "--for=1d", "--format=html"]);
        let document = read(&page);
        assert_eq!(all(&document, "script").len(), 1, "{command}");
        let names: Vec<String> = all(&document, "bdi").into_iter().map(text).collect();
        assert_eq!(names[..2], AWKWARD[..2].iter().map(ToString::to_string).collect::<Vec<_>>(), "{command}");
        assert!(names[2].starts_with("\\u{202e}"), "{names:?}");
        let handlers =
            document.descendants().flat_map(|node| node.attributes()).filter(|one| one.name().starts_with("on"));
        assert_eq!(handlers.count(), 0);
        assert!(text(all(&document, "code")[0]).contains("a <b>&\"c\".yaml:"), "{command}");
    }
}

#[test]
fn a_page_asks_nothing_of_a_network_and_names_all_that_it_shows() {
    let folder = three();
    for command in ["simulate", "runs"] {
        let page = printed(&folder, &[command, "jobs.yaml", FROM, "--zone=Europe/Berlin", "--for=1d", "--format=html"]);
        for outside in ["http:", "https:", "url(", "@import", "src=", "<link"] {
            assert!(!page.contains(outside), "{command}: {outside}");
        }
        let document = read(&page);
        assert_eq!(document.root_element().attribute("lang"), Some("en"));
        for name in ["main", "h1", "title"] {
            assert_eq!(all(&document, name).len(), 1, "{command}: {name}");
        }
        for picture in all(&document, "svg") {
            let is_named = picture.attribute("aria-label").is_some_and(|label| !label.is_empty());
            let is_hidden = picture.ancestors().any(|node| node.attribute("aria-hidden") == Some("true"));
            assert!(is_named || is_hidden, "{command}: {picture:?}");
        }
        // Each row has its numbers in a table.
        let rows = all(&document, "details").len() - 1;
        assert_eq!((rows, sums(&document, "How many come into each state").len()), (3, 3), "{command}");
    }
}

#[test]
fn a_week_of_300_cron_jobs_stays_below_a_megabyte() {
    const SCHEDULES: [&str; 6] =
        ["0 */4 * * *", "5,35 * * * *", "0 9-17 * * 1-5", "17 3 * * *", "30 */3 * * *", "0 * * * *"];
    let objects = |count: usize| {
        let mut objects = String::new();
        for number in 0..count {
            let policy = ["Allow", "Forbid", "Replace"][number / SCHEDULES.len() % 3];
            let spec = format!("  concurrencyPolicy: {policy}\n");
            let object = cron_job(&format!("cron-job-number-{number}"), SCHEDULES[number % SCHEDULES.len()], &spec);
            let _ = write!(objects, "---\n{object}");
        }
        objects
    };
    // Rows of a simulation take time to make, and are as long as others of their kind.
    for (args, count) in [(&["simulate", "--run-time=31m", "--fails=1"][..], 60), (&["simulate"], 12), (&["runs"], 300)]
    {
        let folder = Folder::new("page").file("jobs.yaml", &objects(count));
        let end = ["jobs.yaml", FROM, "--zone=UTC", "--for=7d", "--format=html"];
        let page = printed(&folder, &[args, &end].concat());
        assert_eq!(all(&read(&page), "bdi").len(), count);
        let (head, rows) = page.split_at(page.find("class=\"chart\"").expect("rows"));
        let bytes = head.len() + rows.len() * 300 / count;
        assert!(bytes < 1_000_000, "{args:?}: {bytes} bytes");
    }
}

#[test]
fn no_two_names_of_the_axis_lie_over_each_other() {
    let folder = three();
    // Just before an hour, a day, a clock change; and lengths that have marks of every kind.
    for from in ["00:52Z", "23:58Z", "00:00Z", "01:30Z"] {
        for length in ["90m", "1d", "2d", "7d", "30d", "400d"] {
            let (from, length) = (format!("--from=2026-12-01T{from}"), format!("--for={length}"));
            let page = printed(&folder, &["runs", "jobs.yaml", &from, &length, "--zone=UTC", "--format=html"]);
            let document = read(&page);
            let axis = document.descendants().find(|node| node.attribute("class") == Some("axis")).expect("an axis");
            let names: Vec<(f64, usize)> = axis
                .descendants()
                .filter_map(|node| {
                    let left = node.attribute("style")?.strip_prefix("left:")?.strip_suffix('%')?;
                    Some((left.parse().expect("a number"), text(node).len()))
                })
                .collect();
            let ends = names.iter().skip(1).map(|(left, _)| *left).chain([100.0]);
            // A letter is 5 to 6 pixels wide, and the picture 464 at the least.
            for ((left, letters), end) in names.iter().zip(ends) {
                let room = (end - left) * 4.64;
                assert!(room + 0.1 >= *letters as f64 * 5.5, "{from} {length}: {names:?}");
            }
            assert!(names.len() > 2, "{from} {length}: {names:?}");
        }
    }
}

#[test]
fn the_page_tells_of_schedules_that_part_the_runs() {
    let args = ["simulate", ".", FROM, "--zone=UTC", "--for=1d"];
    let folder = three().file("more.yaml", &cron_job("more", "@hourly", ""));
    let page = printed(&folder, &[&args[..], &["--format=html"]].concat());
    let json: Json = serde_json::from_str(&printed(&folder, &[&args[..], &["--format=json"]].concat())).expect("JSON");
    let document = read(&page);
    let caption = "4 runs are due in one minute at most, and 1 with these schedules";
    let table = all(&document, "table").into_iter().find(|table| text(*table).contains(caption)).expect("a table");
    let rows: Vec<String> = table.descendants().filter(|node| node.has_tag_name("tr")).skip(1).map(text).collect();
    assert_eq!(rows, ["overlaps0 * * * *1 * * * *", "never-late0 0 * * *3 0 * * *", "more@hourly2 * * * *"]);
    let spread = &json["fleet"]["spread"];
    assert_eq!((spread["before"].as_u64(), spread["after"].as_u64()), (Some(4), Some(1)));
    let told = |number: usize| ["file", "text", "schedule", "then"].map(|key| spread["moves"][number][key].to_string());
    assert_eq!(told(1).join(" "), r#""jobs.yaml" "3" "0 0 * * *" "3 0 * * *""#);
    assert_eq!(told(2).join(" "), r#""more.yaml" "2 * * * *" "@hourly" "2 * * * *""#);
}
