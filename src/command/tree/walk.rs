//! Ways through a script.

use super::{Command, Item, Kind, List, PartKind, Pipeline, Place, Simple, Word};

impl List {
    /// Shows each command, those within others and within words, too, in order of where they begin.
    pub fn walk<'l>(&'l self, see: &mut dyn FnMut(&'l Command)) {
        self.items.iter().flat_map(Item::pipelines).for_each(|pipeline| pipeline.walk(see));
    }
}

impl List {
    /// Where the last of its commands ends.
    #[must_use]
    pub fn end(&self) -> Option<u32> {
        let item = self.items.last()?;
        Some(item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline).stages.last()?.place.end)
    }
}

impl Item {
    /// Its pipelines in order.
    pub fn pipelines(&self) -> impl Iterator<Item = &Pipeline> {
        std::iter::once(&self.first).chain(self.rest.iter().map(|(_, pipeline)| pipeline))
    }
}

impl Pipeline {
    /// Shows each of its commands, and those in them.
    pub fn walk<'l>(&'l self, see: &mut dyn FnMut(&'l Command)) {
        self.stages.iter().for_each(|command| command.walk(see));
    }
}

impl Command {
    /// Shows this command and those in it.
    pub fn walk<'l>(&'l self, see: &mut dyn FnMut(&'l Self)) {
        see(self);
        self.each_word(&mut |word| word.lists().for_each(|list| list.walk(see)));
        self.each_list(&mut |list| list.walk(see));
        if let Kind::Function { body, .. } = &self.kind {
            body.walk(see);
        }
    }

    /// Shows the lists that it is made of.
    pub fn each_list<'l>(&'l self, see: &mut dyn FnMut(&'l List)) {
        match &self.kind {
            Kind::Group(list) | Kind::Subshell(list) => see(list),
            Kind::If { branches, otherwise } => {
                branches.iter().flat_map(|(condition, body)| [condition, body]).chain(otherwise).for_each(see);
            }
            Kind::While { condition, body, .. } => [condition, body].into_iter().for_each(see),
            Kind::For { body, .. } | Kind::Count { body, .. } => see(body),
            Kind::Case { arms, .. } => arms.iter().for_each(see),
            Kind::Simple(_) | Kind::Function { .. } | Kind::Test(_) | Kind::Arithmetic => {}
        }
    }

    /// Shows its own words.
    pub fn each_word<'l>(&'l self, see: &mut dyn FnMut(&'l Word)) {
        match &self.kind {
            Kind::Simple(simple) => {
                let values = simple.assignments.iter().map(|assignment| &assignment.value);
                values.chain(&simple.words).for_each(&mut *see);
            }
            Kind::For { words, .. } => words.iter().flatten().for_each(&mut *see),
            Kind::Case { word, .. } => see(word),
            Kind::Test(words) => words.iter().for_each(&mut *see),
            _ => {}
        }
        self.redirections.iter().for_each(|redirection| see(&redirection.target));
    }

    /// It as a simple command.
    #[must_use]
    pub fn simple(&self) -> Option<&Simple> {
        match &self.kind {
            Kind::Simple(simple) => Some(simple),
            _ => None,
        }
    }
}

impl Word {
    /// The lists of commands whose output it holds.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.parts.iter().filter_map(|part| match &part.kind {
            PartKind::Command(list) => Some(list),
            _ => None,
        })
    }

    /// The variables that it holds, each with its name.
    pub fn parameters(&self) -> impl Iterator<Item = Place> {
        self.parts.iter().filter_map(|part| match part.kind {
            PartKind::Parameter(name) => Some(name),
            _ => None,
        })
    }
}
