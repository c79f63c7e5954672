//! Commands that hold commands: `if`, loops, `case`, groups, functions, and the two kinds of tests.

use super::{Ends, Reader, is_meta};
use crate::command::tree::{Command, Kind, List, Place, Word};

const DO: Ends = Ends::words(&[b"do"]);
const DONE: Ends = Ends::words(&[b"done"]);
const THEN: Ends = Ends::words(&[b"then"]);
const BRANCH: Ends = Ends::words(&[b"elif", b"else", b"fi"]);
const FI: Ends = Ends::words(&[b"fi"]);
const BRACE: Ends = Ends::words(&[b"}"]);
const ARM: Ends = Ends { words: &[b"esac"], parenthesis: false, arm: true };

impl Reader<'_> {
    /// The compound command that begins here; `None` where none does.
    pub(super) fn compound(&mut self) -> Option<Option<Kind>> {
        if self.peek() == Some(b'(') {
            return Some(self.parenthesis());
        }
        let word = self.reserved();
        let read: fn(&mut Self) -> Option<Kind> = match word {
            b"{" => Self::group,
            b"if" => Self::conditional,
            b"while" => |reader| reader.repeated(false),
            b"until" => |reader| reader.repeated(true),
            b"for" | b"select" => Self::counted,
            b"case" => Self::case,
            b"[[" => Self::test,
            b"function" => Self::named_function,
            _ => return None,
        };
        self.at += word.len();
        Some(read(self))
    }

    /// `(( … ))`, or `( … )`.
    fn parenthesis(&mut self) -> Option<Kind> {
        if let Some(end) = self.arithmetic_end(self.at) {
            self.at = end;
            return Some(Kind::Arithmetic);
        }
        self.at += 1;
        let list = self.some_list(Ends::PARENTHESIS)?;
        self.take(b")").then_some(Kind::Subshell(list))
    }

    fn group(&mut self) -> Option<Kind> {
        let list = self.some_list(BRACE)?;
        self.take_reserved(b"}").then_some(Kind::Group(list))
    }

    fn conditional(&mut self) -> Option<Kind> {
        let mut branches = Vec::new();
        let mut otherwise = None;
        loop {
            let condition = self.some_list(THEN)?;
            self.expect(b"then")?;
            branches.push((condition, self.some_list(BRANCH)?));
            if self.take_reserved(b"elif") {
                continue;
            }
            if self.take_reserved(b"else") {
                otherwise = Some(self.some_list(FI)?);
            }
            self.expect(b"fi")?;
            return Some(Kind::If { branches, otherwise });
        }
    }

    fn repeated(&mut self, until: bool) -> Option<Kind> {
        let condition = self.some_list(DO)?;
        let body = self.body()?;
        Some(Kind::While { until, condition, body })
    }

    /// `do …; done`
    fn body(&mut self) -> Option<List> {
        self.expect(b"do")?;
        let body = self.some_list(DONE)?;
        self.expect(b"done")?;
        Some(body)
    }

    fn expect(&mut self, word: &[u8]) -> Option<()> {
        self.take_reserved(word).then_some(())
    }

    fn counted(&mut self) -> Option<Kind> {
        self.blanks();
        if let Some(end) = self.arithmetic_end(self.at) {
            let header = Place::new(self.at + 2..end - 2);
            self.at = end;
            self.separator();
            let body = self.braced_or_body()?;
            return Some(Kind::Count { header, body });
        }
        self.word()?;
        self.lines();
        let mut words = None;
        if self.take_reserved(b"in") {
            words = Some(self.words()?);
        }
        self.separator();
        let body = self.braced_or_body()?;
        Some(Kind::For { words, body })
    }

    /// Words up to the end of the line or `;`.
    fn words(&mut self) -> Option<Vec<Word>> {
        let mut words = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                Some(b'\n' | b';') => return Some(words),
                Some(byte) if !is_meta(byte) || self.is_process() => words.push(self.word()?),
                _ => return None,
            }
        }
    }

    fn separator(&mut self) {
        self.blanks();
        self.take(b";");
        self.lines();
    }

    fn braced_or_body(&mut self) -> Option<List> {
        if !self.take_reserved(b"{") {
            return self.body();
        }
        let body = self.some_list(BRACE)?;
        self.expect(b"}")?;
        Some(body)
    }

    fn case(&mut self) -> Option<Kind> {
        self.blanks();
        let word = self.word()?;
        self.lines();
        self.expect(b"in")?;
        let mut arms = Vec::new();
        loop {
            self.lines();
            if self.take_reserved(b"esac") {
                return Some(Kind::Case { word, arms });
            }
            self.patterns()?;
            arms.push(self.list(ARM)?);
            if !(self.take(b";;&") || self.take(b";;") || self.take(b";&")) {
                self.expect(b"esac")?;
                return Some(Kind::Case { word, arms });
            }
        }
    }

    /// `(a|b)` of an arm, which may lack the first parenthesis.
    fn patterns(&mut self) -> Option<()> {
        self.take(b"(");
        loop {
            self.blanks();
            let start = self.at;
            self.word()?;
            if self.at == start {
                return None;
            }
            self.blanks();
            if self.take(b")") {
                return Some(());
            }
            self.take(b"|").then_some(())?;
        }
    }

    fn named_function(&mut self) -> Option<Kind> {
        self.blanks();
        let name = self.word()?.place;
        self.blanks();
        if self.take(b"(") {
            self.blanks();
            self.take(b")").then_some(())?;
        }
        self.lines();
        let body = Box::new(self.command()?);
        Some(Kind::Function { name, body })
    }

    /// `name() …`, where `(` stands here.
    pub(super) fn function(&mut self, start: usize, name: Place) -> Option<Command> {
        self.at += 1;
        self.blanks();
        self.take(b")").then_some(())?;
        self.lines();
        let body = Box::new(self.command()?);
        Some(Command { kind: Kind::Function { name, body }, redirections: Vec::new(), place: self.since(start) })
    }

    fn test(&mut self) -> Option<Kind> {
        let mut words: Vec<Word> = Vec::new();
        loop {
            self.lines();
            if self.take_reserved(b"]]") {
                return Some(Kind::Test(words));
            }
            let start = self.at;
            let operator = [&b"&&"[..], b"||", b"(", b")", b"<", b">"].into_iter().any(|operator| self.take(operator));
            if operator {
                words.push(Word { place: self.since(start), parts: Vec::new() });
                continue;
            }
            let matches = words.last().is_some_and(|word| &self.text[word.place.range()] == "=~");
            let word = if matches { self.pattern()? } else { self.word()? };
            if self.at == start {
                return None;
            }
            words.push(word);
        }
    }
}
