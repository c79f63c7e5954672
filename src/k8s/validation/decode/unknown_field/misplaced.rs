//! A field on the wrong level: where it belongs, and the change that moves it there.

use super::fit::{fits, has_shape};
use crate::diagnostic::{Fix, Safety};
use crate::k8s::schema::{Kind, Place, places};
use crate::k8s::validation::decode::Decoder;
use crate::k8s::{Path, Problem};
use crate::text::Span;
use crate::yaml::{Entry, Kind as Found, Value};

/// A field of that name further away is another matter, unless it is straight above or below.
const FARTHEST: usize = 4;

/// A field that its object's type does not have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stray<'a> {
    pub(super) entry: Entry<'a>,
    /// The object.
    pub(super) owner: Value<'a>,
}

/// Says where the field belongs, if there is such a place near.
pub(super) fn explain(
    problem: &mut Problem,
    Stray { entry, owner }: Stray<'_>,
    path: &Path<'_>,
    decoder: &mut Decoder<'_, '_>,
) -> bool {
    let Path::Field(parent, _) = path else { return false };
    let source = Source::of(parent, &decoder.open);
    let places = places_for(entry, &source, decoder);
    let nearest = nearest(&places, &source.names);
    let spots: Vec<Spot<'_>> = nearest.iter().map(|place| Spot::find(decoder.root, place, &source)).collect();
    let mut there = spots.iter().filter(|spot| spot.new.is_empty());
    let (Some(spot), None) = (there.next().or(spots.first()), there.next()) else {
        return either(problem, nearest);
    };
    // Of several places, one that is not made for this field yet, or has it, is a guess.
    if spots.len() > 1 && (!spot.new.is_empty() || spot.value.get(entry.key).is_some()) {
        return either(problem, nearest);
    }
    let home = Home { spot, certain: spots.len() == 1 && is_certain(spot.place, &places, &source.names) };
    home.say(problem, Stray { entry, owner }, decoder);
    true
}

/// The places of the field's name that take its value, the nearest first.
fn places_for(entry: Entry<'_>, source: &Source<'_, '_>, decoder: &Decoder<'_, '_>) -> Vec<Place> {
    let version = decoder.context.version();
    let mut places = places(decoder.of, entry.key, &source.names, version);
    // What templates may not have is not what was meant.
    places.retain(|place| place.steps.iter().all(|step| step.name != "ephemeralContainers"));
    let kind = |place: &Place| place.steps.last().map(|field| field.kind);
    // Where no place takes the value as it is, it may have another fault inside.
    let any = places.iter().any(|place| kind(place).is_some_and(|kind| fits(entry.value, kind, version)));
    places.retain(|place| {
        kind(place).is_some_and(
            |kind| {
                if any { fits(entry.value, kind, version) } else { has_shape(entry.value, kind) }
            },
        )
    });
    places
}

/// The places that are the fewest steps away, if those are few.
fn nearest<'p>(places: &'p [Place], from: &[&str]) -> &'p [Place] {
    let Some(first) = places.first() else { return &[] };
    let (distance, height) = (first.steps_from(from), first.steps.len() - 1);
    let is_straight = distance == height.abs_diff(from.len());
    if distance > FARTHEST && !is_straight {
        return &[];
    }
    let count = places.iter().take_while(|place| place.steps_from(from) == distance).count();
    &places[..count]
}

/// Whether a field of that name can belong nowhere else: the others lie within this object, or much further away from
/// what is above it.
fn is_certain(place: &Place, places: &[Place], from: &[&str]) -> bool {
    let height = place.steps.len() - 1;
    let distance = place.steps_from(from);
    let is_below = distance + from.len() == height;
    places.iter().filter(|other| *other != place).all(|other| {
        let is_within = other.steps.len() > height && other.steps[..height] == place.steps[..height];
        is_within || is_below && other.steps_from(from) >= distance + 2
    })
}

/// Names two places, of which either may be meant; more say nothing.
fn either(problem: &mut Problem, places: &[Place]) -> bool {
    let [one, other] = places else { return false };
    problem.help(format_args!("it belongs in {} or in {}", owner_name(one), owner_name(other)));
    true
}

fn owner_name(place: &Place) -> String {
    let text = place.to_string();
    text.rsplit_once('.').map_or("the top level", |(owner, _)| owner).to_owned()
}

/// The object that has the misplaced field: the fields that lead to it, and the items of lists they lead through.
struct Source<'p, 'a> {
    names: Vec<&'p str>,
    /// For each name, the item of its list.
    items: Vec<Option<usize>>,
    /// The root, and for each name the object that it leads to.
    objects: Vec<Value<'a>>,
}

impl<'p, 'a> Source<'p, 'a> {
    fn of(mut path: &Path<'p>, objects: &[Value<'a>]) -> Self {
        let (mut names, mut items, mut item) = (Vec::new(), Vec::new(), None);
        while let Path::Field(parent, _) | Path::Index(parent, _) | Path::Key(parent, _) = path {
            match path {
                Path::Field(_, name) => {
                    names.push(*name);
                    items.push(item.take());
                }
                Path::Index(_, index) => item = Some(*index),
                _ => {}
            }
            path = parent;
        }
        names.reverse();
        items.reverse();
        Self { names, items, objects: objects.to_vec() }
    }
}

/// A place in this document.
struct Spot<'a> {
    place: &'a Place,
    /// The object that has the field, or the last one on the way to it that is there.
    value: Value<'a>,
    /// Its key; none at the top level.
    key: Option<Span>,
    /// What is not there on the way; the field itself does not count.
    new: &'a [&'static crate::k8s::schema::Field],
    /// Its path.
    path: String,
    /// Whether a list on the way leaves it open which of its items is meant.
    vague: bool,
}

impl<'a> Spot<'a> {
    fn find(root: Value<'a>, place: &'a Place, source: &Source<'_, 'a>) -> Self {
        let owners = &place.steps[..place.steps.len() - 1];
        let mut spot = Self { place, value: root, key: None, new: owners, path: String::new(), vague: false };
        let mut beside = true;
        for (index, step) in owners.iter().enumerate() {
            beside &= source.names.get(index).is_some_and(|name| *name == step.name);
            let item = source.items.get(index).copied().flatten().filter(|_| beside);
            let Some(entry) = spot.value.get(step.name) else { break };
            let below = match entry.value.kind() {
                // Not counted up to: that would take as long for each of many items as there are items.
                _ if beside => source.objects.get(index + 1).copied(),
                Found::Mapping => Some(entry.value),
                Found::Sequence => entry.value.items().next().filter(|_| entry.value.items().len() == 1),
                _ => None,
            };
            let Some(below) = below.filter(|below| below.is_mapping()) else {
                spot.vague = true;
                break;
            };
            spot.value = below;
            spot.key = Some(entry.key_span);
            spot.new = &owners[index + 1..];
            spot.path.push_str(if index == 0 { "" } else { "." });
            spot.path.push_str(step.name);
            if entry.value.is_sequence() {
                spot.path.push_str(&format!("[{}]", item.unwrap_or_default()));
            }
        }
        spot.vague |= spot.new.iter().any(|step| matches!(step.kind, Kind::List(_)));
        spot
    }

    /// The object's path, as far as it is clear which item of a list is meant.
    fn owner_name(&self) -> String {
        if self.vague {
            return owner_name(self.place);
        }
        let field = self.field("");
        field.strip_suffix('.').map_or("the top level", |owner| owner).to_owned()
    }

    /// The path of the field itself.
    fn field(&self, name: &str) -> String {
        let mut path = self.path.clone();
        for name in self.new.iter().map(|step| step.name).chain([name]) {
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(name);
        }
        path
    }
}

/// Where the field belongs.
struct Home<'s, 'a> {
    spot: &'s Spot<'a>,
    certain: bool,
}

impl Home<'_, '_> {
    fn say(&self, problem: &mut Problem, Stray { entry, owner }: Stray<'_>, decoder: &mut Decoder<'_, '_>) {
        let spot = self.spot;
        let name = spot.owner_name();
        let taken = spot.value.get(entry.key).filter(|_| spot.new.is_empty());
        if let Some(taken) = taken {
            let same = taken.value.source() == entry.value.source();
            let holds_more = !same && (entry.value.is_mapping() || entry.value.is_sequence());
            problem.label(taken.key_span, "it is set here, where it belongs");
            if holds_more {
                problem.help(format_args!("add what it holds to the one in {name}, and leave it out here"));
                return;
            }
            problem.help(format_args!("leave it out here: it is set in {name} already"));
            if decoder.claims.take(&problem.field) {
                let safety = if same { Safety::Safe } else { Safety::Unsafe };
                problem.fix(Fix { title: "leave it out here".into(), safety, change: owner.remove(entry) });
            }
            return;
        }
        problem.help(format_args!("move it to {name}"));
        if let Some(key) = spot.key.filter(|_| spot.new.is_empty()) {
            problem.label(key, format!("it belongs here, in {name}"));
        }
        if spot.vague {
            return;
        }
        let meant = spot.field(entry.key);
        let new: Vec<&str> = spot.new.iter().map(|step| step.name).collect();
        // An object that two fields need is made once: the other one follows when it is there.
        let free = decoder.claims.take(&meant) && (new.is_empty() || decoder.claims.take(&name));
        if free {
            let (title, safety) =
                (format!("move it to {name}"), if self.certain { Safety::Safe } else { Safety::Unsafe });
            problem.fix(Fix { title: title.into(), safety, change: owner.move_to(entry, spot.value, &new) });
        }
        problem.aside_mut().meant = Some(meant.into());
    }
}
