//! One spelling for what is the same to a server: fields that say nothing are left out, amounts are written as it writes
//! them, and what it drops is gone.

use serde_json::Value as Json;

use super::{Object, images, parts};
use crate::k8s::Resource;
use crate::k8s::format::Quantity;
use crate::k8s::schema::{Field, Gate, Kind, Type, Version, gate_of, tells_empty};

/// An object as it is decoded.
pub(super) fn of(object: Object, resource: Resource, version: Version) -> Object {
    read(object, Reader { resource, version, spelling: |amount| amount.exact() })
}

/// The same with one spelling for amounts that are the same, whatever they are written with.
pub(super) fn comparable(object: Object, resource: Resource, version: Version) -> Object {
    read(object, Reader { resource, version, spelling: |amount| amount.plain() })
}

fn read(mut object: Object, reader: Reader) -> Object {
    reader.object(&mut object, reader.resource.of_type());
    object
}

#[derive(Clone, Copy)]
struct Reader {
    resource: Resource,
    version: Version,
    /// Of amounts.
    spelling: fn(&Quantity<'_>) -> String,
}

impl Reader {
    fn object(self, object: &mut Object, of: &'static Type) {
        if of.name() == "PodSpec" {
            self.pod(object);
        }
        object.retain(|name, value| {
            let Some(field) = of.field(name, self.version) else { return !value.is_null() };
            if self.drops(of, field) || value.is_null() {
                return false;
            }
            let had_something = value.as_object().is_some_and(|object| !object.is_empty());
            if field.name == "procMount" && !Gate::ProcMountType.is_on(self.version) {
                *value = "Default".into();
            }
            self.value(value, field.kind);
            !(says_nothing(value, of, field) || is_empty(value) && self.goes_when_empty(field, had_something))
        });
        for (_, field, is_text) in WRITTEN.iter().filter(|(owner, ..)| *owner == of.name()) {
            object.entry(*field).or_insert_with(|| if *is_text { "".into() } else { 0.into() });
        }
    }

    /// What is dropped of some containers alone, or with what it stands for.
    fn pod(self, pod: &mut Object) {
        if !Gate::ImageVolume.is_on(self.version) {
            images::leave_out(pod);
        }
        if !Gate::SidecarContainers.is_on(self.version) {
            parts(pod, "initContainers").for_each(|container| drop(container.remove("restartPolicy")));
        }
    }

    /// What a container does at its start and end goes with the last that is said of it.
    fn goes_when_empty(self, field: &Field, had_something: bool) -> bool {
        // Where a server looks at all whether there is something to leave out.
        let leaves_out = self.version >= Version::new(29) && !Gate::PodLifecycleSleepAction.is_on(self.version);
        let goes_anyway = leaves_out && field.name == "lifecycle";
        goes_anyway || had_something && matches!(field.name, "lifecycle" | "postStart" | "preStop")
    }

    /// Whether the field is forgotten. Of the Jobs that a CronJob makes, those of the pods alone are.
    fn drops(self, of: &Type, field: &Field) -> bool {
        let is_kept = match (of.name(), field.name) {
            ("JobSpec", "managedBy") | ("Container", "restartPolicy") | ("SecurityContext", "procMount") => true,
            // It is dropped of the claim, once that is made.
            ("PersistentVolumeClaimSpec", "volumeAttributesClassName") => true,
            ("JobSpec", name) => self.resource == Resource::CronJob && name != "scheduling",
            _ => false,
        };
        !is_kept && gate_of(of.name(), field.name).is_some_and(|gate| !gate.is_on(self.version))
    }

    fn value(self, value: &mut Json, kind: Kind) {
        match (kind, value) {
            (Kind::Object(of), Json::Object(object)) => self.object(object, of),
            (Kind::List(item), Json::Array(items)) => items.iter_mut().for_each(|value| self.element(value, *item)),
            (Kind::Map(item), Json::Object(map)) => map.values_mut().for_each(|value| self.element(value, *item)),
            (Kind::Quantity, value) => self.amount(value, false),
            _ => {}
        }
    }

    /// An item of a list or a value of a map, which is there even where it says nothing.
    fn element(self, value: &mut Json, kind: Kind) {
        match kind {
            Kind::Object(_) if value.is_null() => *value = Json::Object(Object::new()),
            Kind::String if value.is_null() => *value = "".into(),
            Kind::Quantity if value.is_null() => *value = "0".into(),
            Kind::Quantity => self.amount(value, true),
            Kind::Int32 | Kind::Int64 if value.is_null() => *value = 0.into(),
            _ => self.value(value, kind),
        }
    }

    /// Writes an amount as the server does; those of lists of resources have thousandths at the finest.
    fn amount(self, value: &mut Json, in_list: bool) {
        let text = match value {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => return,
        };
        let read = if value.is_string() { Quantity::parse(&text) } else { Quantity::parse_number(&text) };
        if let Ok(read) = read {
            let read = if in_list { read.round_up_to_milli() } else { read };
            *value = (self.spelling)(&read).into();
        }
    }
}

/// What a server writes even where it is empty or zero, which it may be, and whether it is a text: the type, the field. The types
/// in k8s.io/api have no `omitempty` there.
const WRITTEN: [(&str, &str, bool); 5] = [
    ("HTTPHeader", "value", true),
    ("ISCSIVolumeSource", "lun", false),
    ("OwnerReference", "uid", true),
    ("SleepAction", "seconds", false),
    ("Sysctl", "value", true),
];

fn is_empty(value: &Json) -> bool {
    value.as_object().is_some_and(Object::is_empty)
}

/// Whether a value is the same as none.
fn says_nothing(value: &Json, of: &Type, field: &Field) -> bool {
    let is_empty = match (field.kind, value) {
        (Kind::List(_), Json::Array(items)) => return items.is_empty(),
        (Kind::Map(_), Json::Object(map)) => return map.is_empty(),
        (Kind::Object(_), Json::Object(object)) => object.is_empty(),
        (Kind::Quantity, Json::String(text)) => text == "0",
        (_, Json::String(text)) => text.is_empty(),
        (_, Json::Bool(value)) => !value,
        (_, Json::Number(number)) => number.as_i64() == Some(0),
        _ => false,
    };
    is_empty && !tells_empty(of.name(), field.name, matches!(field.kind, Kind::Object(_)))
}
