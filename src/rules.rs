//! The rulebook: one folder a group, one file a rule.

mod api;
mod fleet;
mod index;
mod pod;
mod run;
mod schedule;
mod yaml;

use crate::k8s::Topic;
use crate::rule::{Check, Entry};

/// Every rule, in order of group and name.
pub fn all() -> impl Iterator<Item = &'static Entry> + Clone {
    index::ALL.iter()
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.name == name)
}

/// The rule whose page speaks of that topic of the API; `tests/rulebook.rs` sees to it that each has one.
pub(crate) fn of_topic(topic: Topic) -> Option<&'static Entry> {
    all().find(|entry| matches!(entry.rule.check, Check::Api(own) if own == topic))
}

#[cfg(test)]
mod tests {
    use super::of_topic;
    use crate::k8s::Topic::{self, *};

    #[test]
    fn every_topic_of_the_api_has_its_page() {
        let topics = [
            UnknownField,
            RepeatedKey,
            WrongType,
            Required,
            Invalid,
            NotSupported,
            Duplicate,
            Forbidden,
            NotFound,
            TooLong,
            TooMany,
            Schedule,
            TimeZone,
            RestartPolicy,
            Name,
            ApiVersion,
            ApiVersionRemoved,
            KindMissing,
            ServerWarning,
            DroppedField,
        ];
        // The last one of the enum: a topic added after it is missing above.
        assert_eq!(topics.len(), DroppedField as usize + 1);
        let mut names: Vec<&str> = topics.map(|topic: Topic| of_topic(topic).expect("a page").name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), topics.len(), "each has a page of its own");
    }
}
