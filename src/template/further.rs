//! What a chart prints with other values than are given, and how far those were looked for.

use super::chart::{ChartFile, Off};
use super::origin::FileId;
use super::place::FilePlace;
use super::render::Rendering;
use super::variants::{self, Assumed, Variant, Way};
use super::{Given, Output, Readings, Rendered, rendered};
use crate::text::Span;

/// How often a template was run, and how far that went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tried {
    /// The file that it is.
    pub file: FileId,
    /// Whether it printed something with the values that are given.
    pub given: bool,
    /// How often it was run for what those leave out.
    pub on: usize,
    /// How often, for branches that they do not enter.
    pub assumed: usize,
    /// Whether there was more to run than is.
    pub is_cut: bool,
    /// The branches that were never entered.
    pub left: Vec<FilePlace>,
}

impl Rendered {
    /// Runs the templates that make Jobs with other values than are given, as far as that makes them print something else:
    /// [`variants`](Self::variants) tells it.
    pub fn look_further(&mut self) {
        let Rendering { engine, files, stage, .. } = &mut self.rendering;
        for file in files {
            if let Some((mut variants, reach)) = variants::variants(engine, stage, file.body, file.result.is_err()) {
                self.variants.append(&mut variants);
                self.reaches.push(reach);
            }
        }
    }

    /// The chart with those in it that values switch off, if there are any that speak of Jobs and helm loads it so.
    #[must_use]
    pub fn switched_on(&self, files: &[ChartFile], given: &Given, readings: &mut Readings) -> Option<Self> {
        if self.off.is_empty() {
            return None;
        }
        let on = rendered(files, (given, &self.off), &self.rendering.stage.release, readings).ok()?;
        Some(Self { off: self.off.clone(), ..on })
    }

    /// Of a chart whose charts were [switched on](Self::switched_on), what those print, and what is assumed for that.
    pub fn switched_on_outputs(&self) -> impl Iterator<Item = (Output<'_>, Variant)> {
        self.outputs().filter_map(|output| {
            let inside = output.name.strip_prefix(&*self.chart)?.strip_prefix("/charts/")?;
            let is_in = |off: &&Off| inside.strip_prefix(&*off.chart).is_some_and(|rest| rest.starts_with('/'));
            let off = self.off.iter().find(is_in)?;
            let body = self.rendering.files.get(output.at)?.body;
            Some((output, Variant::switched_on(body, &off.value)))
        })
    }

    /// What templates print with other values than are given, in helm's order, and what those are.
    pub fn variants(&self) -> impl Iterator<Item = (Output<'_>, &Variant)> {
        let variants = self.variants.iter().enumerate();
        variants.filter_map(|(at, variant)| {
            let text = variant.text.as_str();
            let (file, _) = self.places().within(variant.body, Span::empty(0))?;
            let name = &*self.rendering.engine.body(variant.body).name;
            let at = self.rendering.files.len() + at;
            Some((Output { file, name, text, unknown: &variant.unknown, at }, variant))
        })
    }

    /// How often each template was run that makes Jobs, once that was [looked for](Self::look_further).
    pub fn tried(&self) -> impl Iterator<Item = Tried> {
        self.reaches.iter().filter_map(|reach| {
            let places = self.places();
            let (file, _) = places.within(reach.body, Span::empty(0))?;
            let output = self.rendering.files.iter().find(|file| file.body == reach.body);
            let printed = output.and_then(|file| file.result.as_ref().ok());
            let count = |way| self.variants.iter().filter(|one| one.body == reach.body && one.way == way).count();
            Some(Tried {
                file,
                given: printed.is_some_and(|text| !text.as_str().trim().is_empty()),
                on: count(Way::On),
                assumed: count(Way::Assumed),
                is_cut: reach.is_cut,
                left: reach.left.iter().filter_map(|span| places.within(reach.body, *span)).collect(),
            })
        })
    }

    /// Whether every branch that values may open was entered.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.reaches.iter().all(|reach| !reach.is_cut && !reach.is_deep)
    }

    /// What is assumed in a variant, value by value.
    #[must_use]
    pub fn assumed(&self, variant: &Variant) -> Vec<Assumed> {
        variant
            .assumptions
            .iter()
            .filter_map(|one| one.told(variant.body, &self.places(), &self.rendering.stage.values))
            .collect()
    }

    /// Whether bytes of a variant are printed by a branch that it entered first.
    #[must_use]
    pub fn is_of_branch(&self, variant: &Variant, span: Span) -> bool {
        let places = self.places();
        let branches: Vec<FilePlace> =
            variant.branches.iter().filter_map(|branch| places.within(variant.body, *branch)).collect();
        let outermost = places.outermost(&variant.text, span.range());
        outermost.iter().any(|(file, at)| {
            branches.iter().any(|(other, branch)| {
                file == other && at.start < branch.end && branch.start < at.end.max(at.start + 1)
            })
        })
    }
}
