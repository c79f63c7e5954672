//! `reference-misspelled`

mod near;

use std::collections::BTreeMap;
use std::path::Path;

use crate::analysis::{Facts, Offer, Referent, Want};
use crate::diagnostic::Replacement;
use crate::hash::{HashMap, HashSet};
use crate::k8s::schema::nearest;
use crate::rule::{Check, Fleet, FleetFindings, Rule, page};
use crate::text::Location;
use crate::yaml::placeholder_in;

use near::Names;

pub(crate) static RULE: Rule = Rule::new(page!("fleet/reference-misspelled"), Check::Fleet(check));

/// What one namespace has of one kind.
#[derive(Default)]
struct Offered<'a> {
    objects: HashMap<&'a str, (&'a Offer, &'a str)>,
    names: Names<'a>,
}

fn check(fleet: &Fleet<'_>, findings: &mut FleetFindings<'_>) {
    // Files of two folders may be for two clusters.
    let mut folders: BTreeMap<Option<&Path>, Vec<&Facts>> = BTreeMap::new();
    for facts in fleet.files {
        folders.entry(Path::new(&*facts.file).parent()).or_default().push(facts);
    }
    for files in folders.values().filter(|files| files.iter().any(|facts| !facts.wants.is_empty())) {
        let mut offers: HashMap<(Referent, Option<&str>), Offered<'_>> = HashMap::default();
        for facts in files {
            for offer in &facts.offers {
                let offered = offers.entry((offer.is, offer.namespace.as_deref())).or_default();
                offered.objects.insert(&offer.name, (offer, &facts.file));
                offered.names.add(&offer.name);
            }
        }
        // What another object names is made by it, or by what nobody sees.
        let mentions: HashSet<&str> = files.iter().flat_map(|facts| &facts.mentions).map(|name| &**name).collect();
        let wants = files.iter().flat_map(|facts| &facts.wants);
        for want in wants.filter(|want| want.key.is_some() || !mentions.contains(&*want.name)) {
            if let Some(offered) = offers.get(&(want.is, want.by.namespace.as_deref())) {
                match &want.key {
                    Some(key) => of_key(want, key, offered, findings),
                    None => of_name(want, offered, findings),
                }
            }
        }
    }
}

fn of_name(want: &Want, offered: &Offered<'_>, findings: &mut FleetFindings<'_>) {
    let Want { is, name, at, document, by, .. } = want;
    if offered.objects.contains_key(&**name) || placeholder_in(name).is_some() {
        return;
    }
    // What the pods name rightly beside it is another object.
    let near = offered.names.near(name).filter(|near| !want.beside.iter().any(|other| &**other == *near));
    let Some((near, (_, file))) = near.and_then(|near| Some((near, offered.objects.get(near)?))) else { return };
    let place = if *at.file == **file { "this file".to_owned() } else { format!("`{file}`") };
    let kind = is.kind();
    findings
        .report_on(
            at,
            (*document, by),
            format!("there is no {kind} `{name}`, and {place} has one `{near}`: the pods do not start"),
        )
        .help(format!("did you mean `{near}`?"));
    offer(at, name, near, findings);
}

fn of_key(want: &Want, key: &str, offered: &Offered<'_>, findings: &mut FleetFindings<'_>) {
    let Some((object, _)) = offered.objects.get(&*want.name).filter(|_| !key.contains(['$', '{', '<'])) else { return };
    if object.keys.iter().any(|known| &**known == key) {
        return;
    }
    let Some(near) = nearest(key, object.keys.iter().map(|known| &**known)) else { return };
    let (kind, name, at) = (want.is.kind(), &want.name, &want.at);
    findings
        .report_on(at, (want.document, &want.by), format!("{kind} `{name}` has no key `{key}`: the pods do not start"))
        .help(format!("did you mean `{near}`?"));
    offer(at, key, near, findings);
}

/// Writes the other name in the place of this one, in the same quotes.
fn offer(at: &Location, written: &str, near: &str, findings: &mut FleetFindings<'_>) {
    if let Some(at) = at.of(written) {
        findings.offer(format!("write `{near}`"), vec![Replacement { at, text: near.to_owned() }]);
    }
}
