//! `--format html` of `runs` and `simulate`: one page that needs nothing else. It is well-formed XML, too; what a picture
//! shows stands in a table behind it; and what is told by a colour is told by a shape or a place as well.

mod heat;
mod track;

use std::fmt;
use std::io;

use super::xml::escaped;
use crate::controller::{Hot, Minutes, Moment};
use crate::schedule::{Instant, Zone};
use crate::text::visible;
use track::COLUMNS;
pub(super) use track::{Kind, Scale, Track};

/// Objects that people are shown.
pub(super) const SHOWN: usize = 1000;

const STYLE: &str = include_str!("overview/style.css");
const SCRIPT: &str = include_str!("overview/script.js");
/// What the script listens to, and what is hidden where there is none.
const CONTROLS: &str = r#"<div class="controls"><button type="button" value="-">Zoom out</button>
<button type="button" value="+">Zoom in</button>
<button type="button" value="0">Show all</button><output></output></div>"#;
/// Rows of a table that are shown unasked.
const OPEN: usize = 12;
/// Names that are told of what is at once.
pub(super) const NAMES: usize = 8;
const SECONDS_A_DAY: i64 = 86_400;

/// All that is said of the objects together.
#[derive(Debug)]
pub(super) struct Overview<'a> {
    pub(super) title: String,
    /// What all of it rests on, a sentence each.
    pub(super) notes: Vec<String>,
    pub(super) scale: &'a Scale,
    pub(super) zone: Zone,
    pub(super) kinds: &'static [Kind],
    /// What there is most of, and how much.
    pub(super) peaks: Vec<[String; 2]>,
    /// What else there is to say of all of them.
    pub(super) tables: Vec<Listed>,
    pub(super) minutes: &'a Minutes,
}

/// A table of three columns.
#[derive(Debug)]
pub(super) struct Listed {
    /// What it is, in a word or two.
    pub(super) name: &'static str,
    pub(super) caption: String,
    pub(super) head: [&'static str; 3],
    pub(super) rows: Vec<[String; 3]>,
}

impl Listed {
    /// Minutes in which many start: when, how many, and whose they are.
    pub(super) fn hot(hot: &[Hot], zone: Zone, label: impl Fn(usize) -> String) -> Self {
        let row = |hot: &Hot| [when(hot.minute, zone), hot.starts.to_string(), list(&hot.of, NAMES, &label)];
        Self {
            name: "Busiest minutes",
            caption: "The minutes in which most start".to_owned(),
            head: ["minute", "starts", "of"],
            rows: hot.iter().map(row).collect(),
        }
    }
}

/// An object.
#[derive(Debug)]
pub(super) struct Row<'s> {
    pub(super) label: String,
    pub(super) place: String,
    /// The picture in a sentence.
    pub(super) in_short: String,
    /// What else there is to say, a sentence each.
    pub(super) words: Vec<String>,
    pub(super) track: Option<Track<'s>>,
    pub(super) answers: Option<Answers>,
}

/// Questions, their answers, and the rules behind them.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) caption: String,
    pub(super) rows: Vec<[String; 3]>,
}

/// A text from outside, as it may stand between two tags and in an attribute: nothing gets into a page but by this.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(&visible(self.0)))
    }
}

impl Overview<'_> {
    /// Writes what comes before the rows.
    pub(super) fn begin(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let title = Text(&self.title);
        writeln!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{title}</title>"
        )?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")?;
        writeln!(out, "<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>")?;
        let [from, until] = [self.scale.window.from, self.scale.window.until].map(|at| when(at, self.zone));
        writeln!(out, "<p>{from} to {until}, {}</p>", Text(self.zone.name()))?;
        for note in &self.notes {
            writeln!(out, "<p class=\"faint\">{}</p>", Text(note))?;
        }
        writeln!(out, "</header>\n<main>")?;
        self.write_together(out)?;
        self.begin_chart(out)
    }

    fn write_together(&self, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "<section aria-labelledby=\"together\">\n<h2 id=\"together\">All together</h2>")?;
        if !self.peaks.is_empty() {
            writeln!(out, "<dl>")?;
            for [what, most] in &self.peaks {
                let (most, since) = most.split_once(", ").unwrap_or((most, ""));
                let (what, most, since) = (Text(what), Text(most), Text(since));
                writeln!(out, "<div><dt>{what}</dt><dd><strong>{most}</strong>{since}</dd></div>")?;
            }
            writeln!(out, "</dl>")?;
        }
        for Listed { name, caption, head, rows } in self.tables.iter().filter(|table| !table.rows.is_empty()) {
            let is_long = rows.len() > OPEN;
            if is_long {
                writeln!(out, "<details><summary>{}</summary>", Text(caption))?;
            }
            writeln!(out, "<div class=\"wide\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\"><table>")?;
            let caption = if is_long { name } else { caption.as_str() };
            write_table(caption, head, rows.iter().map(<[String; 3]>::as_slice), out)?;
            writeln!(out, "</div>{}", if is_long { "</details>" } else { "" })?;
        }
        writeln!(out, "</section>\n<section aria-labelledby=\"minutes\">\n<h2 id=\"minutes\">Starts by minute</h2>")?;
        heat::write(self.minutes, self.zone, out)?;
        writeln!(out, "</section>")
    }

    fn begin_chart(&self, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "<section aria-labelledby=\"objects\">\n<h2 id=\"objects\">One by one</h2>")?;
        writeln!(out, "<p class=\"faint\">Each row opens, and has the same in numbers.</p>\n<ul class=\"key\">")?;
        for Kind { class, height, name, .. } in self.kinds {
            let path = format!("<path class=\"{class}\" d=\"M0 {height}h28\"/>");
            writeln!(out, "<li><svg viewBox=\"0 0 28 20\" aria-hidden=\"true\">{path}</svg>{name}</li>")?;
        }
        writeln!(out, "</ul>\n{CONTROLS}")?;
        let column = |at: &Instant| self.scale.column(Moment::of(*at));
        let grid: String = self.scale.begins.iter().map(|at| format!("M{} 0v20", column(at))).collect();
        write!(
            out,
            "<svg class=\"defs\" aria-hidden=\"true\"><defs><path id=\"grid\" class=\"g\" d=\"M0 0{grid}\"/></defs></svg>"
        )?;
        let (from, until) = (self.scale.window.from.unix(), self.scale.window.until.unix());
        write!(out, "\n<div class=\"chart\" role=\"region\" aria-label=\"Timelines\" tabindex=\"0\"")?;
        writeln!(out, " data-from=\"{from}\" data-until=\"{until}\" data-zone=\"{}\">", Text(self.zone.name()))?;
        write!(out, "<div class=\"axis\" aria-hidden=\"true\"><span class=\"name\"></span><span>")?;
        for (column, text) in self.scale.names(self.zone) {
            let left = column as f64 * 100.0 / COLUMNS as f64;
            write!(out, "<span style=\"left:{left:.2}%\">{text}</span>")?;
        }
        writeln!(out, "</span></div>")
    }

    /// Writes an object.
    pub(super) fn row(&self, row: &Row<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "<details><summary class=\"row\"><bdi class=\"name\">{}</bdi>", Text(&row.label))?;
        match &row.track {
            Some(track) => {
                write!(out, "<svg viewBox=\"0 0 {COLUMNS} 20\" preserveAspectRatio=\"none\" role=\"img\"")?;
                let in_short = Text(&row.in_short);
                write!(out, " aria-label=\"{in_short}\"><use href=\"#grid\"/>{}</svg>", track.paths())?;
            }
            None => write!(out, "<span class=\"faint\">{}</span>", Text(&row.in_short))?,
        }
        write!(out, "</summary>\n<div class=\"more\"><p><code>{}</code></p>", Text(&row.place))?;
        if !row.words.is_empty() {
            write!(out, "<ul>")?;
            row.words.iter().try_for_each(|words| write!(out, "<li>{}</li>", Text(words)))?;
            write!(out, "</ul>")?;
        }
        if let Some(track) = &row.track {
            self.write_counts(track, out)?;
        }
        if let Some(Answers { caption, rows }) = &row.answers {
            write!(out, "<table>")?;
            write_table(caption, &["if", "then", "rule"], rows.iter().map(<[String; 3]>::as_slice), out)?;
        }
        writeln!(out, "</div></details>")
    }

    fn write_counts(&self, track: &Track<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let is_in_days = self.scale.step.get() >= SECONDS_A_DAY;
        let rows = self.scale.begins.iter().zip(&track.counts).map(|(begin, counts)| {
            let name = if is_in_days { self.zone.local(*begin).date.with_weekday() } else { when(*begin, self.zone) };
            let counts = counts.iter().take(self.kinds.len()).map(u64::to_string);
            std::iter::once(name).chain(counts).collect::<Vec<String>>()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let head: Vec<&str> = std::iter::once("from").chain(self.kinds.iter().map(|kind| kind.name)).collect();
        write!(out, "<table>")?;
        write_table("How many come into each state", &head, rows.iter().map(Vec::as_slice), out)
    }

    /// Writes what comes after the rows, of which so many more are not shown.
    pub(super) fn end(&self, more: usize, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "</div>")?;
        if more > 0 {
            writeln!(out, "<p>and {more} more: --format json has all</p>")?;
        }
        writeln!(out, "</section>\n</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>")
    }
}

/// Writes what a table holds, and its end; cells with a number are on the right.
fn write_table<'r>(
    caption: &str,
    head: &[&str],
    rows: impl Iterator<Item = &'r [String]>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write!(out, "<caption>{}</caption><thead><tr>", Text(caption))?;
    let mut rows = rows.peekable();
    for (column, name) in head.iter().enumerate() {
        let class = rows.peek().map_or("", |row| class(&row[column]));
        write!(out, "<th scope=\"col\"{class}>{}</th>", Text(name))?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for row in rows {
        write!(out, "<tr><th scope=\"row\">{}</th>", Text(&row[0]))?;
        for cell in &row[1..] {
            write!(out, "<td{}>{}</td>", class(cell), Text(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    write!(out, "</tbody></table>")
}

fn class(cell: &str) -> &'static str {
    if !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()) { " class=\"n\"" } else { "" }
}

/// The first of the names behind a minute.
pub(super) fn named(hot: &Hot, most: usize, label: impl Fn(usize) -> String) -> String {
    list(&hot.of, most, label)
}

/// The first of some names.
pub(super) fn list(of: &[usize], most: usize, label: impl Fn(usize) -> String) -> String {
    let mut names: Vec<String> = of.iter().take(most).map(|number| label(*number)).collect();
    let more = of.len() - names.len();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) }
}

/// `Tue 2026-12-01 00:15`
pub(super) fn when(at: Instant, zone: Zone) -> String {
    zone.local(at).with_weekday()
}
