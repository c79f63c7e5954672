//! What an action does: pipelines, commands, words.

use super::literal::{number, rune, unquoted};
use super::{Parsed, Parser};
use crate::template::lex::{Token, What};
use crate::template::origin::{Origin, Provenance, SiteId};
use crate::template::syntax::{Callee, Command, Fields, Operand, Pipeline, Term};
use crate::template::text::Text;
use crate::text::Span;

impl Parser<'_> {
    pub(super) fn pipeline(&mut self, context: &str, end: What) -> Parsed<Pipeline> {
        let start = self.tokens.peek_word().span.start;
        let mut pipeline =
            Pipeline { span: Span::empty(start), variables: Vec::new(), assigns: false, commands: Vec::new() };
        self.declarations(context, &mut pipeline)?;
        loop {
            let token = self.tokens.next_word();
            if token.what == end {
                pipeline.span.end = token.span.start.max(start);
                break;
            }
            if !self.starts_a_word(token) {
                return Err(self.tokens.unexpected(token, context));
            }
            self.tokens.back(token);
            pipeline.commands.push(self.command()?);
        }
        self.runs(&pipeline, context)?;
        Ok(pipeline)
    }

    /// `$x :=`, `$x =`, and in a `range` `$key, $value :=`.
    fn declarations(&mut self, context: &str, pipeline: &mut Pipeline) -> Parsed<()> {
        while self.tokens.peek_word().what == What::Variable {
            let variable = self.tokens.next();
            let space = (self.tokens.peek().what == What::Space).then(|| self.tokens.next());
            let next = self.tokens.peek_word();
            let is_comma = next.what == What::Other && &self.text[next.span.range()] == ",";
            if !is_comma && !matches!(next.what, What::Assign | What::Declare) {
                if let Some(space) = space {
                    self.tokens.back(space);
                }
                self.tokens.back(variable);
                return Ok(());
            }
            self.tokens.next_word();
            pipeline.assigns = next.what == What::Assign;
            pipeline.variables.push(variable.span);
            self.scope.variables.push(&self.text[variable.span.range()]);
            if !is_comma {
                return Ok(());
            }
            if context != "range" || pipeline.variables.len() > 1 {
                return self.refuse(format!("too many declarations in {context}"));
            }
            if !matches!(self.tokens.peek_word().what, What::Variable | What::Close | What::RightParen) {
                return self.refuse("range can only initialize variables");
            }
        }
        Ok(())
    }

    /// Whether the commands of a pipeline are there, and can be run.
    fn runs(&self, pipeline: &Pipeline, context: &str) -> Parsed<()> {
        if pipeline.commands.is_empty() {
            return self.refuse(format!("missing value for {context}"));
        }
        for (stage, command) in pipeline.commands.iter().enumerate().skip(1) {
            let first = command.operands.first().map(|operand| &operand.term);
            let is_constant = matches!(
                first,
                Some(Term::Bool(_) | Term::Dot | Term::Nil | Term::Int(_) | Term::Float(_) | Term::Text(_))
            );
            if is_constant {
                return self.refuse(format!("non executable command in pipeline stage {}", stage + 1));
            }
        }
        Ok(())
    }

    fn command(&mut self) -> Parsed<Command> {
        let mut operands = Vec::new();
        loop {
            self.tokens.peek_word();
            if let Some(operand) = self.operand()? {
                operands.push(operand);
            }
            let token = self.tokens.next();
            match token.what {
                What::Space => {}
                What::Close | What::RightParen => {
                    self.tokens.back(token);
                    break;
                }
                What::Pipe => break,
                _ => return Err(self.tokens.unexpected(token, "operand")),
            }
        }
        if operands.is_empty() {
            return self.refuse("empty command");
        }
        Ok(Command { operands })
    }

    fn operand(&mut self) -> Parsed<Option<Operand>> {
        let Some(mut operand) = self.term()? else { return Ok(None) };
        let start = operand.span.start;
        let mut fields = Span::empty(operand.span.end);
        while self.tokens.peek().what == What::Field {
            fields.end = self.tokens.next().span.end;
        }
        if fields.start == fields.end {
            return Ok(Some(operand));
        }
        operand.span.end = fields.end;
        let term = match operand.term {
            // One stands right behind the other.
            Term::Field(Fields(first)) => Term::Field(Fields(first.cover(fields))),
            Term::Variable(name, _) => Term::Variable(name, Fields(fields)),
            Term::Function(_) | Term::Pipeline(_) => {
                let span = operand.span;
                Term::Chain(Box::new(Operand { span, term: operand.term }), Fields(fields))
            }
            _ => {
                let end = self.text[start as usize..].find('.').map_or(operand.span.end, |at| start + at as u32);
                let term = &self.text[start as usize..end as usize];
                return self.refuse(format!("unexpected . after term {term:?}"));
            }
        };
        Ok(Some(Operand { span: operand.span, term }))
    }

    fn term(&mut self) -> Parsed<Option<Operand>> {
        let token = self.tokens.next_word();
        let word = &self.text[token.span.range()];
        let term = match token.what {
            What::Identifier => match Callee::named(word) {
                Some(callee) => Term::Function(callee),
                None => return self.refuse(format!("function {word:?} not defined")),
            },
            What::Dot => Term::Dot,
            What::Keyword if word == "nil" => Term::Nil,
            What::Variable if self.scope.variables.contains(&word) => {
                Term::Variable(token.span, Fields(Span::empty(token.span.end)))
            }
            What::Variable => return self.refuse(format!("undefined variable {word:?}")),
            What::Field => Term::Field(Fields(token.span)),
            What::LeftParen => {
                let pipeline = self.deeper(|parser| parser.pipeline("parenthesized pipeline", What::RightParen))?;
                let span = Span::new(token.span.start, self.tokens.last_end());
                return Ok(Some(Operand { span, term: Term::Pipeline(Box::new(pipeline)) }));
            }
            What::Bool | What::Number | What::Char | What::Quoted | What::Raw => {
                let source = Provenance::Literal { body: self.body_id, span: token.span, skip: 0 };
                constant(token.what, word, source).or_else(|why| self.refuse(why))?
            }
            _ => {
                self.tokens.back(token);
                return Ok(None);
            }
        };
        Ok(Some(Operand { span: token.span, term }))
    }

    fn starts_a_word(&self, token: Token) -> bool {
        match token.what {
            What::Keyword => &self.text[token.span.range()] == "nil",
            What::Dot | What::Field | What::Identifier | What::Variable | What::LeftParen => true,
            other => is_constant(other),
        }
    }
}

fn is_constant(what: What) -> bool {
    matches!(what, What::Bool | What::Number | What::Char | What::Quoted | What::Raw)
}

/// A constant, by its own words; or what Go says of it.
fn constant(what: What, word: &str, source: Provenance) -> Result<Term, String> {
    match what {
        What::Number => number(word),
        What::Char => {
            let char = rune(word).ok_or_else(|| format!("malformed character constant: {word}"))?;
            Ok(Term::Int(i64::from(u32::from(char))))
        }
        What::Quoted | What::Raw => {
            let text = unquoted(word).ok_or("invalid syntax")?;
            Ok(Term::Text(Text::of(&text, Origin { source, site: SiteId::NONE })))
        }
        _ => Ok(Term::Bool(word == "true")),
    }
}
