//! Tokens to a tree, by Go's rules: what it refuses is refused where it does, in its words.

mod literal;
mod pipeline;
mod tokens;

use std::rc::Rc;

use super::lex::What;
use super::origin::BodyId;
use super::syntax::{Action, Condition, Invocation, Node, Template};
use crate::text::Span;
use literal::unquoted;
use tokens::Tokens;

/// How deep structures and parentheses may nest. No template that people wrote comes near it.
const DEEPEST: usize = 200;

/// What is said of deeper ones.
pub(crate) const TOO_DEEP: &str = "its structures are nested deeper than is looked at";

/// Where helm stops reading a template, and in which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParseError {
    pub(crate) span: Span,
    pub(crate) message: String,
}

type Parsed<T> = Result<T, ParseError>;

/// Reads a file: the template that it is, and those that it defines, in the order in which Go knows them.
pub(crate) fn parse(name: &str, body_id: BodyId, text: &Rc<str>) -> Parsed<Vec<Rc<Template>>> {
    let (tokens, scope) = (Tokens::new(text), Scope::default());
    let mut parser = Parser { tokens, body_id, text, scope, depth: 0, found: Vec::new() };
    let body = parser.file()?;
    parser.define(name.to_owned(), body)?;
    Ok(parser.found.into_iter().map(Rc::new).collect())
}

struct Parser<'t> {
    tokens: Tokens<'t>,
    body_id: BodyId,
    text: &'t Rc<str>,
    scope: Scope<'t>,
    depth: usize,
    found: Vec<Template>,
}

/// What the words of one template may refer to.
struct Scope<'t> {
    variables: Vec<&'t str>,
    ranges: usize,
}

impl Default for Scope<'_> {
    fn default() -> Self {
        Self { variables: vec!["$"], ranges: 0 }
    }
}

/// How a list of nodes ends.
enum Ending {
    End,
    Else,
}

impl Ending {
    fn written(&self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        }
    }
}

/// A node, or the end of the list that it would stand in.
enum Step {
    Node(Node),
    Ending(Ending),
}

impl Parser<'_> {
    fn file(&mut self) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        while self.tokens.peek().what != What::End {
            if self.tokens.peek().what == What::Open {
                let open = self.tokens.next();
                if self.is_keyword("define") {
                    self.tokens.next_word();
                    self.definition()?;
                    continue;
                }
                self.tokens.back(open);
            }
            match self.step()? {
                Step::Node(node) => nodes.push(node),
                Step::Ending(ending) => return self.refuse(format!("unexpected {}", ending.written())),
            }
        }
        Ok(nodes)
    }

    fn definition(&mut self) -> Parsed<()> {
        let name = self.name("define clause")?;
        self.expect_close("define clause")?;
        let scope = std::mem::take(&mut self.scope);
        let body = self.defined("define clause")?;
        self.scope = scope;
        self.define(name, body)
    }

    /// A list that must end by `end`, in what defines a template.
    fn defined(&mut self, context: &str) -> Parsed<Vec<Node>> {
        let (body, ending) = self.list()?;
        match ending {
            Ending::End => Ok(body),
            Ending::Else => self.refuse(format!("unexpected {} in {context}", ending.written())),
        }
    }

    /// Takes a template in. Of two with one name, that which prints something stays.
    fn define(&mut self, name: String, body: Vec<Node>) -> Parsed<()> {
        let is_empty = self.is_empty(&body);
        let body_id = self.body_id;
        let Some(at) = self.found.iter().position(|template| *template.name == *name) else {
            self.found.push(Template { name: name.into(), body_id, text: Rc::clone(self.text), body });
            return Ok(());
        };
        if self.is_empty(&self.found[at].body) {
            self.found[at].body = body;
        } else if !is_empty {
            return self.refuse(format!("template: multiple definition of template {name:?}"));
        }
        Ok(())
    }

    fn is_empty(&self, body: &[Node]) -> bool {
        is_blank(body, self.text)
    }

    fn list(&mut self) -> Parsed<(Vec<Node>, Ending)> {
        self.deeper(|parser| {
            let mut nodes = Vec::new();
            while parser.tokens.peek_word().what != What::End {
                match parser.step()? {
                    Step::Node(node) => nodes.push(node),
                    Step::Ending(ending) => return Ok((nodes, ending)),
                }
            }
            parser.refuse("unexpected EOF")
        })
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEEPEST {
            return self.refuse(TOO_DEEP);
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn step(&mut self) -> Parsed<Step> {
        let token = self.tokens.next_word();
        match token.what {
            What::Text => Ok(Step::Node(Node::Text(token.span))),
            What::Open => {
                self.tokens.start_action();
                let step = self.action(token.span);
                if step.is_ok() {
                    self.tokens.end_action();
                }
                step
            }
            _ => Err(self.tokens.unexpected(token, "input")),
        }
    }

    fn action(&mut self, open: Span) -> Parsed<Step> {
        let keyword = self.tokens.next_word();
        let word = if keyword.what == What::Keyword { &self.text[keyword.span.range()] } else { "" };
        match word {
            "if" | "with" | "range" => self.condition(open, word).map(Step::Node),
            "block" => self.block(open).map(Step::Node),
            "template" => self.invocation(open).map(Step::Node),
            "break" | "continue" => self.leave(word).map(Step::Node),
            "end" => {
                self.expect_close("end")?;
                Ok(Step::Ending(Ending::End))
            }
            "else" => {
                if !self.is_keyword("if") && !self.is_keyword("with") {
                    self.expect_close("else")?;
                }
                Ok(Step::Ending(Ending::Else))
            }
            _ => {
                self.tokens.back(keyword);
                let pipeline = self.pipeline("command", What::Close)?;
                let span = self.closed(open);
                Ok(Step::Node(Node::Action(Action { span, pipeline })))
            }
        }
    }

    fn leave(&mut self, word: &str) -> Parsed<Node> {
        let token = self.tokens.next_word();
        if token.what != What::Close {
            return Err(self.tokens.unexpected(token, &format!("{{{{{word}}}}}")));
        }
        if self.scope.ranges == 0 {
            return self.refuse(format!("{{{{{word}}}}} outside {{{{range}}}}"));
        }
        Ok(if word == "break" { Node::Break } else { Node::Continue })
    }

    /// `if`, `with` or `range`, up to its `end`.
    fn condition(&mut self, open: Span, word: &str) -> Parsed<Node> {
        let known = self.scope.variables.len();
        let pipeline = self.pipeline(word, What::Close)?;
        let span = self.closed(open);
        self.scope.ranges += usize::from(word == "range");
        let (body, ending) = self.list()?;
        self.scope.ranges -= usize::from(word == "range");
        let otherwise = match ending {
            Ending::End => Vec::new(),
            Ending::Else => self.otherwise(open, word)?,
        };
        self.scope.variables.truncate(known);
        let condition = Condition { span, pipeline, moves_dot: word != "if", body, otherwise };
        Ok(if word == "range" { Node::Range(condition) } else { Node::Condition(condition) })
    }

    /// What stands behind `else`; `else if` and `else with` share the `end`.
    fn otherwise(&mut self, open: Span, word: &str) -> Parsed<Vec<Node>> {
        if matches!(word, "if" | "with") && self.is_keyword(word) {
            let keyword = self.tokens.next_word();
            let open = Span::new(
                self.text[..keyword.span.range().start].rfind("{{").map_or(open.start, |at| at as u32),
                keyword.span.end,
            );
            return Ok(vec![self.deeper(|parser| parser.condition(open, word))?]);
        }
        match self.list()? {
            (body, Ending::End) => Ok(body),
            (_, ending) => self.refuse(format!("expected end; found {}", ending.written())),
        }
    }

    fn block(&mut self, open: Span) -> Parsed<Node> {
        let context = "block clause";
        let name = self.name(context)?;
        let data = self.pipeline(context, What::Close)?;
        let span = self.closed(open);
        let scope = std::mem::take(&mut self.scope);
        let body = self.defined(context)?;
        self.scope = scope;
        self.define(name.clone(), body)?;
        Ok(Node::Template(Invocation { span, name, data: Some(data) }))
    }

    fn invocation(&mut self, open: Span) -> Parsed<Node> {
        let context = "template clause";
        let name = self.name(context)?;
        let token = self.tokens.next_word();
        let data = if token.what == What::Close {
            None
        } else {
            self.tokens.back(token);
            Some(self.pipeline(context, What::Close)?)
        };
        Ok(Node::Template(Invocation { span: self.closed(open), name, data }))
    }

    fn name(&mut self, context: &str) -> Parsed<String> {
        let token = self.tokens.next_word();
        if !matches!(token.what, What::Quoted | What::Raw) {
            return Err(self.tokens.unexpected(token, context));
        }
        match unquoted(&self.text[token.span.range()]) {
            Some(name) => Ok(name.into_owned()),
            None => self.refuse("invalid syntax"),
        }
    }

    fn is_keyword(&mut self, word: &str) -> bool {
        let token = self.tokens.peek_word();
        token.what == What::Keyword && &self.text[token.span.range()] == word
    }

    fn expect_close(&mut self, context: &str) -> Parsed<()> {
        let token = self.tokens.next_word();
        if token.what == What::Close { Ok(()) } else { Err(self.tokens.unexpected(token, context)) }
    }

    /// An action's bytes, its closing braces having been read.
    fn closed(&self, open: Span) -> Span {
        Span::new(open.start, self.tokens.last_end())
    }

    fn refuse<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(self.tokens.error(message.into()))
    }
}

/// Whether a body prints nothing, and is nothing but text.
pub(crate) fn is_blank(body: &[Node], text: &str) -> bool {
    body.iter().all(|node| matches!(node, Node::Text(span) if text[span.range()].trim().is_empty()))
}
