//! Tokens to a tree, by Go's rules: what it refuses is refused where it does, in its words.

mod literal;
mod tokens;

use super::functions;
use super::lex::What;
use super::origin::BodyId;
use super::syntax::{Action, Command, Condition, Invocation, Node, Operand, Pipeline, Template, Term};
use crate::text::Span;
use literal::{number, rune, unquoted};
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
pub(crate) fn parse(name: &str, body_id: BodyId, text: &str) -> Parsed<Vec<Template>> {
    let mut parser =
        Parser { tokens: Tokens::new(text), body_id, text, scope: Scope::default(), depth: 0, found: Vec::new() };
    let body = parser.file()?;
    parser.define(name.to_owned(), body)?;
    Ok(parser.found)
}

struct Parser<'t> {
    tokens: Tokens<'t>,
    body_id: BodyId,
    text: &'t str,
    scope: Scope,
    depth: usize,
    found: Vec<Template>,
}

/// What the words of one template may refer to.
struct Scope {
    variables: Vec<String>,
    ranges: usize,
}

impl Default for Scope {
    fn default() -> Self {
        Self { variables: vec!["$".to_owned()], ranges: 0 }
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
        let Some(at) = self.found.iter().position(|template| template.name == name) else {
            self.found.push(Template { name, body_id, body });
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
            _ => Err(self.tokens.unexpected(&token, "input")),
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
            return Err(self.tokens.unexpected(&token, &format!("{{{{{word}}}}}")));
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
            return Err(self.tokens.unexpected(&token, context));
        }
        match unquoted(&self.text[token.span.range()]) {
            Some(name) => Ok(name),
            None => self.refuse("invalid syntax"),
        }
    }

    fn pipeline(&mut self, context: &str, end: What) -> Parsed<Pipeline> {
        let start = self.tokens.peek_word().span.start;
        let mut pipeline =
            Pipeline { span: Span::empty(start), variables: Vec::new(), assigns: false, commands: Vec::new() };
        self.declarations(context, &mut pipeline)?;
        loop {
            let token = self.tokens.next_word();
            match token.what {
                _ if token.what == end => {
                    pipeline.span.end = token.span.start.max(start);
                    break;
                }
                What::Bool
                | What::Char
                | What::Dot
                | What::Field
                | What::Identifier
                | What::Number
                | What::Raw
                | What::Quoted
                | What::Variable
                | What::LeftParen => {
                    self.tokens.back(token);
                    pipeline.commands.push(self.command()?);
                }
                What::Keyword if &self.text[token.span.range()] == "nil" => {
                    self.tokens.back(token);
                    pipeline.commands.push(self.command()?);
                }
                _ => return Err(self.tokens.unexpected(&token, context)),
            }
        }
        self.runs(&pipeline, context)?;
        Ok(pipeline)
    }

    /// `$x :=`, `$x =`, and in a `range` `$key, $value :=`.
    fn declarations(&mut self, context: &str, pipeline: &mut Pipeline) -> Parsed<()> {
        while self.tokens.peek_word().what == What::Variable {
            let variable = self.tokens.next();
            let name = self.text[variable.span.range()].to_owned();
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
            pipeline.variables.push(name.clone());
            self.scope.variables.push(name);
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
                _ => return Err(self.tokens.unexpected(&token, "operand")),
            }
        }
        if operands.is_empty() {
            return self.refuse("empty command");
        }
        Ok(Command { operands })
    }

    fn operand(&mut self) -> Parsed<Option<Operand>> {
        let Some(mut operand) = self.term()? else { return Ok(None) };
        let mut fields = Vec::new();
        let start = operand.span.start;
        while self.tokens.peek().what == What::Field {
            let field = self.tokens.next();
            operand.span.end = field.span.end;
            fields.push(self.text[field.span.range()][1..].to_owned());
        }
        if fields.is_empty() {
            return Ok(Some(operand));
        }
        let term = match operand.term {
            Term::Field(first) => Term::Field([first, fields].concat()),
            Term::Variable(name, first) => Term::Variable(name, [first, fields].concat()),
            Term::Function(_) | Term::Chain(..) | Term::Pipeline(_) => {
                let span = operand.span;
                Term::Chain(Box::new(Operand { span, term: operand.term }), fields)
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
            What::Identifier if !is_function(word) => {
                return self.refuse(format!("function {word:?} not defined"));
            }
            What::Identifier => Term::Function(word.to_owned()),
            What::Dot => Term::Dot,
            What::Keyword if word == "nil" => Term::Nil,
            What::Variable if self.scope.variables.iter().any(|known| known == word) => {
                Term::Variable(word.to_owned(), Vec::new())
            }
            What::Variable => return self.refuse(format!("undefined variable {word:?}")),
            What::Field => Term::Field(vec![word[1..].to_owned()]),
            What::Bool => Term::Bool(word == "true"),
            What::Number => match number(word) {
                Ok(term) => term,
                Err(message) => return self.refuse(message),
            },
            What::Char => match rune(word) {
                Some(char) => Term::Int(i64::from(u32::from(char))),
                None => return self.refuse(format!("malformed character constant: {word}")),
            },
            What::LeftParen => {
                let pipeline = self.deeper(|parser| parser.pipeline("parenthesized pipeline", What::RightParen))?;
                let span = Span::new(token.span.start, self.tokens.last_end());
                return Ok(Some(Operand { span, term: Term::Pipeline(Box::new(pipeline)) }));
            }
            What::Quoted | What::Raw => match unquoted(word) {
                Some(text) => Term::Text(text),
                None => return self.refuse("invalid syntax"),
            },
            _ => {
                self.tokens.back(token);
                return Ok(None);
            }
        };
        Ok(Some(Operand { span: token.span, term }))
    }

    fn is_keyword(&mut self, word: &str) -> bool {
        let token = self.tokens.peek_word();
        token.what == What::Keyword && &self.text[token.span.range()] == word
    }

    fn expect_close(&mut self, context: &str) -> Parsed<()> {
        let token = self.tokens.next_word();
        if token.what == What::Close { Ok(()) } else { Err(self.tokens.unexpected(&token, context)) }
    }

    /// An action's bytes, its closing braces having been read.
    fn closed(&self, open: Span) -> Span {
        Span::new(open.start, self.tokens.last_end())
    }

    fn refuse<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(self.tokens.error(message.into()))
    }
}

/// Whether helm has a function of that name.
fn is_function(name: &str) -> bool {
    matches!(name, "and" | "or" | "include" | "tpl") || functions::find(name).is_some()
}

/// Whether a body prints nothing, and is nothing but text.
pub(crate) fn is_blank(body: &[Node], text: &str) -> bool {
    body.iter().all(|node| matches!(node, Node::Text(span) if text[span.range()].trim().is_empty()))
}
