//! `--format full`, for people: the worst first, each thing once, with the lines that the first of it stands on. miette
//! draws the excerpt.

mod excerpt;
mod frame;
mod places;

use std::fmt;
use std::io::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use textwrap::{WordSeparator, WordSplitter};

use super::file::Found;
use super::groups::Group;
use super::output::{Manner, Order, Output, Remarks, Whole};
use super::{BOLD, Checked, DIM, Look, documents, style, wrap};
use crate::diagnostic::Severity;
use excerpt::{Excerpt, excerpts};

pub(super) struct Full;

impl Output for Full {
    fn name(&self) -> &'static str {
        "full"
    }

    fn about(&self) -> &'static str {
        "For people: the lines, what is wrong there, and what helps"
    }

    fn is_for_people(&self) -> bool {
        true
    }

    fn order(&self) -> Order {
        Order::Alike
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let excerpts = excerpts(found, manner.look);
        for (index, excerpt) in excerpts.iter().enumerate() {
            let help = if index + 1 == excerpts.len() { found.help().map(str::to_owned) } else { None };
            let picture = drawn(&Picture { excerpt, help }, found.finding.severity, manner.look);
            out.write_all(picture.as_bytes())?;
        }
        Ok(())
    }

    fn documents(&self, checked: Checked<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        if manner.remarks == Remarks::All { documents::write(checked, manner.look, out) } else { Ok(()) }
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        frame::open(whole.tally, whole.manner, out)?;
        let mut left_out = 0;
        for group in whole.groups.in_order() {
            writeln!(out, "{}", headline(group, whole.manner.look))?;
            out.write_all(&group.picture)?;
            left_out += places::write(group, whole.manner, out)?;
            writeln!(out)?;
        }
        frame::close(whole, left_out, out)
    }
}

/// `error[rule]: message (34 files, fixable)`, wrapped.
fn headline(group: &Group, look: Look) -> String {
    let label = format!("{}[{}]:", group.severity.name(), group.rule);
    let styles = if group.is_suppressed { [DIM, DIM] } else { [style(group.severity), BOLD] };
    let mut text = format!("{} {}", look.paint(styles[0], &label), look.paint(styles[1], &group.message));
    let Some(count) = places::count(group) else { return wrap::wrapped(&text, look, ["", "  "]) };
    // It stays on one line: only plain blanks part words.
    text.push(' ');
    text.push_str(&look.paint(DIM, &count.replace(' ', "\u{a0}")));
    let mut text = wrap::wrapped(&text, look, ["", "  "]);
    let count = text.split_off(text.rfind('(').unwrap_or(text.len()));
    text + &count.replace('\u{a0}', " ")
}

/// An excerpt with what stands below it.
fn drawn(picture: &Picture<'_>, severity: Severity, look: Look) -> String {
    let handler = GraphicalReportHandler::new_themed(theme(picture.excerpt, severity, look))
        .with_width(look.prose_width() + 2)
        .with_context_lines(excerpt::CONTEXT)
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation);
    let mut drawn = String::new();
    handler.render_report(&mut drawn, picture).expect("a string takes all, and the excerpt holds every label");
    // miette's first line is its own header, empty here because ours stands above.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    picture.excerpt.with_line_numbers(body, look)
}

fn theme(excerpt: &Excerpt, severity: Severity, look: Look) -> GraphicalTheme {
    let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let mut styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let own = match severity {
        Severity::Error => styles.error,
        Severity::Warning => styles.warning,
        Severity::Advice => styles.advice,
    };
    styles.link = ThemeStyles::none().link;
    // Painted in `with_line_numbers`.
    styles.linum = ThemeStyles::none().linum;
    styles.highlights = excerpt.labels().iter().map(|label| if label.primary() { own } else { styles.help }).collect();
    GraphicalTheme { characters, styles }
}

/// An excerpt of a finding as miette wants it.
struct Picture<'a> {
    excerpt: &'a Excerpt,
    help: Option<String>,
}

impl fmt::Debug for Picture<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Picture")
    }
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Picture<'_> {}

impl Diagnostic for Picture<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels().iter().cloned()))
    }
}
