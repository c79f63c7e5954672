//! What is known of a text whose findings nobody asked for.

use super::apart;
use crate::analysis::{Analysis, Breadth, Facts};
use crate::config::Config;

/// What is known of a text to checks over all files, for less than it takes to look for what rules find; without what they
/// would find if others had no say.
pub(crate) fn facts(analysis: &Analysis, config: &Config) -> Facts {
    if config.selection().fleets.is_empty() || !analysis.suppressions().is_empty() {
        // What a suppression has an effect on is seen when all of it is found.
        return Facts { conditional: Vec::new(), ..apart(analysis, config, None).1 };
    }
    Facts::as_far_as(analysis, Breadth::CronJobs)
}

#[cfg(test)]
mod tests {
    use super::{apart, facts};
    use crate::analysis::{Facts, analyse};
    use crate::config::Config;
    use crate::schedule::Instant;
    use crate::text::Source;

    #[test]
    fn facts_by_themselves_are_those_that_are_collected_with_findings() {
        let config = Config::at(Instant::from_unix(0));
        let written = |facts: &Facts| serde_json::to_string(facts).expect("facts can be written");
        let bad = crate::rules::all().flat_map(|entry| entry.rule.page.body().split("```"));
        let examples = bad.filter_map(|part| part.strip_prefix("yaml\n"));
        let mut count = 0;
        for text in examples {
            let analysis = analyse(Source::new("a.yaml", text), config.settings());
            let with_findings = Facts { conditional: Vec::new(), ..apart(&analysis, &config, None).1 };
            assert_eq!(written(&facts(&analysis, &config)), written(&with_findings), "{text}");
            count += usize::from(!with_findings.is_empty());
        }
        assert!(count > 100, "{count} examples have facts");
    }
}
