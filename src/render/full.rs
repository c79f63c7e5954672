//! `--format full`: each finding with the lines it stands on, for people. miette draws the excerpt.

mod excerpt;
mod row;

use std::fmt;
use std::io;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use textwrap::{WordSeparator, WordSplitter};

use super::{BOLD, Checked, Look, style, visible, visible_lines};
use crate::diagnostic::{Finding, Severity};
use crate::text::Lines;
use excerpt::Excerpt;

/// Writes every finding of one file, each followed by an empty line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(checked: Checked<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    if checked.report.findings.is_empty() {
        return Ok(());
    }
    let lines = Lines::new(checked.source.text());
    for finding in &checked.report.findings {
        writeln!(out, "{}", header(finding, look))?;
        let excerpt = Excerpt::new(checked.source, &lines, finding, look);
        out.write_all(drawn(&excerpt, finding, look).as_bytes())?;
        writeln!(out)?;
    }
    Ok(())
}

/// `error[rule]: message`, wrapped.
fn header(finding: &Finding, look: Look) -> String {
    let label = format!("{}[{}]:", finding.severity.name(), finding.rule);
    let text = format!("{label} {}", visible(&finding.message));
    let options = textwrap::Options::new(look.prose_width())
        .subsequent_indent("  ")
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let mut wrapped = textwrap::fill(&text, options);
    if let Some(message) = wrapped.strip_prefix(&label) {
        wrapped = look.paint(style(finding.severity), &label) + &bold_lines(message, look);
    }
    wrapped
}

/// Styles end with their line, so that a pager may cut anywhere.
fn bold_lines(text: &str, look: Look) -> String {
    text.split('\n').map(|line| look.paint(BOLD, line)).collect::<Vec<_>>().join("\n")
}

/// The excerpt and the help.
fn drawn(excerpt: &Excerpt, finding: &Finding, look: Look) -> String {
    let help = finding.help.as_deref().or(finding.fixes.first().map(|fix| fix.title.as_str()));
    let picture = Picture { excerpt, help: help.map(|help| visible_lines(help).into_owned()) };
    let handler = GraphicalReportHandler::new_themed(theme(excerpt, finding.severity, look))
        .with_width(look.prose_width() + 2)
        .with_context_lines(excerpt::CONTEXT)
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation);
    let mut drawn = String::new();
    handler.render_report(&mut drawn, &picture).expect("a string takes all, and the excerpt holds every label");
    // miette's first line is its own header, empty here because ours stands above.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    excerpt.with_line_numbers(body, look)
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

/// A finding as miette wants it.
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
