//! What would have to be given for a condition to hold, or not to.

use super::assume::{Assumption, Step, Taken, entries_of, way_to, way_to_node};
use super::{Engine, Frame};
use crate::template::syntax::{Command, Condition, Fields, Operand, Pipeline, Template, Term};
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Unknown, Value};
use crate::text::Span;

/// An argument: a word, or what the commands before make.
#[derive(Clone, Copy)]
enum Word<'t> {
    Operand(&'t Operand),
    Piped(&'t [Command]),
}

/// What there is to give.
enum Wish {
    Give(Vec<Assumption>),
    /// This, and the rest is asked in another way.
    Partly(Vec<Assumption>),
    /// Nobody can tell by values: it is asked in another way.
    Otherwise,
    /// A value that is given decides it.
    Never,
}

impl Engine {
    /// What would have to be given for a condition to be `want`; `None` where what is given decides.
    pub(super) fn wishes<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        condition: &'t Condition,
        want: bool,
    ) -> Option<Vec<Assumption>> {
        let known = frame.variables.len();
        let steps = self.steps;
        let wish = self.wish(frame, dot, &condition.pipeline.commands, want);
        frame.variables.truncate(known);
        self.steps = steps;
        let asked = condition.pipeline.span;
        let branch = || Assumption { path: Vec::new(), taken: Taken::Branch((condition.span.start, want)), asked };
        match wish {
            Wish::Give(assumptions) if !assumptions.is_empty() => {
                Some(assumptions.into_iter().map(|one| Assumption { asked, ..one }).collect())
            }
            Wish::Partly(mut assumptions) => {
                assumptions.iter_mut().for_each(|one| one.asked = asked);
                assumptions.push(branch());
                Some(assumptions)
            }
            Wish::Otherwise if Self::asks_cluster(frame.template, &condition.pipeline) => None,
            Wish::Give(_) | Wish::Otherwise => Some(vec![branch()]),
            Wish::Never => None,
        }
    }

    fn wish<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, commands: &'t [Command], want: bool) -> Wish {
        let Some((last, before)) = commands.split_last() else { return Wish::Otherwise };
        let Some((first, words)) = last.operands.split_first() else { return Wish::Otherwise };
        let Term::Function(callee) = &first.term else {
            return if before.is_empty() && words.is_empty() {
                self.wish_of(frame, dot, first, want)
            } else {
                Wish::Otherwise
            };
        };
        let mut given: Vec<Word<'t>> = words.iter().map(Word::Operand).collect();
        if !before.is_empty() {
            given.push(Word::Piped(before));
        }
        match (callee.name(), given.as_slice()) {
            ("not" | "empty", [word]) => self.wish_word(frame, dot, *word, !want),
            ("and", words) => self.wish_many(frame, dot, words, (want, want)),
            ("or", words) => self.wish_many(frame, dot, words, (!want, want)),
            ("eq", [one, other]) => self.wish_equal(frame, dot, (*one, *other), want),
            ("ne", [one, other]) => self.wish_equal(frame, dot, (*one, *other), !want),
            ("gt" | "ge" | "lt" | "le", [one, other]) => self.wish_ordered(frame, dot, (*one, *other)),
            ("default", [_, word]) | ("hasKey", [word]) => self.wish_word(frame, dot, *word, want),
            ("hasKey", [map, key]) => self.wish_key(frame, dot, (*map, *key), want),
            (
                "toYaml" | "toString" | "trim" | "keys" | "len" | "int" | "int64" | "quote" | "first" | "compact",
                [word],
            ) if want => self.wish_word(frame, dot, *word, want),
            _ => Wish::Otherwise,
        }
    }

    fn wish_word<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, word: Word<'t>, want: bool) -> Wish {
        match word {
            Word::Piped(commands) => self.wish(frame, dot, commands, want),
            Word::Operand(operand) => self.wish_of(frame, dot, operand, want),
        }
    }

    fn wish_of<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, operand: &'t Operand, want: bool) -> Wish {
        if let Term::Pipeline(pipeline) = &operand.term {
            return self.wish(frame, dot, &pipeline.commands, want);
        }
        let Some(path) = self.path(frame, dot, operand) else { return Wish::Otherwise };
        Wish::Give(vec![Assumption {
            path,
            taken: if want { Taken::True } else { Taken::False },
            asked: Span::empty(0),
        }])
    }

    /// All words are to be `want`, where all have to; or the first that can.
    fn wish_many<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        words: &[Word<'t>],
        (all, want): (bool, bool),
    ) -> Wish {
        let mut assumptions = Vec::new();
        let mut is_sure = true;
        for word in words {
            if self.value_of(frame, dot, *word).and_then(|value| value.truth()) == Some(want) {
                continue;
            }
            match self.wish_word(frame, dot, *word, want) {
                Wish::Give(more) if all => assumptions.extend(more),
                Wish::Give(more) => return Wish::Give(more),
                Wish::Partly(more) => {
                    assumptions.extend(more);
                    is_sure = false;
                }
                Wish::Never if all => return Wish::Never,
                Wish::Otherwise | Wish::Never => is_sure = false,
            }
        }
        match (all, is_sure) {
            (true, true) => Wish::Give(assumptions),
            (true, false) => Wish::Partly(assumptions),
            (false, _) => Wish::Otherwise,
        }
    }

    /// A value is to be what it is compared with, or something else.
    fn wish_equal<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (one, other): (Word<'t>, Word<'t>),
        want: bool,
    ) -> Wish {
        for (path, value) in [(one, other), (other, one)] {
            let Word::Operand(operand) = path else { continue };
            let Some(path) = self.path(frame, dot, operand) else { continue };
            let Some(value) = self.value_of(frame, dot, value).filter(|value| !value.is_unknown()) else { continue };
            return Wish::Give(vec![Assumption {
                path,
                taken: if want { Taken::This(value) } else { Taken::Other },
                asked: Span::empty(0),
            }]);
        }
        Wish::Otherwise
    }

    /// What is given and compared is never something else.
    fn wish_ordered<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, (one, other): (Word<'t>, Word<'t>)) -> Wish {
        let is_given = |value: Option<Value>| value.is_some_and(|value| !value.is_unknown() && !value.is_nil());
        let are_given = [one, other].map(|word| is_given(self.value_of(frame, dot, word)));
        if are_given == [true, true] { Wish::Never } else { Wish::Otherwise }
    }

    fn wish_key<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (map, key): (Word<'t>, Word<'t>),
        want: bool,
    ) -> Wish {
        let (map, key) = (self.value_of(frame, dot, map), self.value_of(frame, dot, key));
        let way = map.as_ref().and_then(entries_of).and_then(|map| self.way(&map));
        let (Some(mut path), Some(Kind::Text(key))) = (way, key.map(|key| key.kind)) else { return Wish::Otherwise };
        path.push(Step::Key(key));
        Wish::Give(vec![Assumption {
            path,
            taken: if want { Taken::Other } else { Taken::False },
            asked: Span::empty(0),
        }])
    }

    fn value_of<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, word: Word<'t>) -> Option<Value> {
        match word {
            Word::Operand(operand) => self.operand(frame, dot, operand).ok(),
            Word::Piped(commands) => {
                let mut last = None;
                for command in commands {
                    last = Some(self.command(frame, dot, command, last).ok()?);
                }
                last
            }
        }
    }

    /// The way to the value that a word names, from the values of the outermost chart; where nothing is on that way, one
    /// would be given.
    fn path<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, operand: &'t Operand) -> Option<Vec<Step>> {
        let (start, fields) = match &operand.term {
            Term::Dot => (dot.clone(), Fields::NONE),
            Term::Field(fields) => (dot.clone(), *fields),
            Term::Variable(name, fields) => (frame.variable(*name), *fields),
            Term::Chain(base, fields) => (self.operand(frame, dot, base).ok()?, *fields),
            Term::Pipeline(pipeline) => match pipeline.commands.as_slice() {
                [Command { operands }] if operands.len() == 1 => return self.path(frame, dot, &operands[0]),
                _ => return None,
            },
            _ => return None,
        };
        let Some(mut at) = entries_of(&start).filter(|_| !fields.is_empty()) else {
            return way_to_node(&self.watch.as_ref()?.values, &start).filter(|_| fields.is_empty());
        };
        let names: Vec<&str> = frame.template.names(fields).collect();
        let mut names = names.as_slice();
        while let [name, rest @ ..] = names {
            match at.get(name).as_ref().and_then(entries_of).filter(|_| !rest.is_empty()) {
                Some(inner) => (at, names) = (inner, rest),
                None => break,
            }
        }
        let mut way = self.way(&at)?;
        way.extend(names.iter().map(|name| Step::Key(Text::computed(name))));
        Some(way)
    }

    /// Whether a condition asks for what a cluster and the release are: no value decides that.
    fn asks_cluster(template: &Template, pipeline: &Pipeline) -> bool {
        let mut open: Vec<&Pipeline> = vec![pipeline];
        while let Some(pipeline) = open.pop() {
            for operand in pipeline.commands.iter().flat_map(|command| &command.operands) {
                match &operand.term {
                    Term::Field(fields) | Term::Variable(_, fields) | Term::Chain(_, fields)
                        if template
                            .names(*fields)
                            .next()
                            .is_some_and(|first| matches!(first, "Capabilities" | "Release")) =>
                    {
                        return true;
                    }
                    Term::Pipeline(pipeline) => open.push(pipeline),
                    _ => {}
                }
            }
        }
        false
    }

    /// Makes what a condition names be there, where it stands among no values: a map that the template put together.
    pub(super) fn give_in_place<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, condition: &'t Condition) {
        let [Command { operands }] = condition.pipeline.commands.as_slice() else { return };
        let [Operand { term, .. }] = operands.as_slice() else { return };
        let (start, fields) = match term {
            Term::Field(fields) => (dot.clone(), *fields),
            Term::Variable(name, fields) if fields.is_empty() => {
                frame.assign(*name, Value::new(Kind::Unknown(Unknown::given())));
                return;
            }
            Term::Variable(name, fields) => (frame.variable(*name), *fields),
            _ => return,
        };
        let names: Vec<&str> = frame.template.names(fields).collect();
        let Some((last, way)) = names.split_last() else { return };
        if let (Term::Variable(name, _), true) = (term, start.is_nil()) {
            frame.assign(*name, Value::new(Kind::Unknown(Unknown::given())));
            return;
        }
        let map = way.iter().try_fold(start, |value, name| entries_of(&value)?.get(name)).as_ref().and_then(entries_of);
        if let Some(map) = map {
            map.insert(Text::computed(last), Value::new(Kind::Unknown(Unknown::given())));
        }
    }

    fn way(&self, map: &Map) -> Option<Vec<Step>> {
        way_to(&self.watch.as_ref()?.values, map)
    }
}
