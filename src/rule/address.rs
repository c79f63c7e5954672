//! Where a rule's page is found by those who have no terminal at hand.

use std::borrow::Cow;

/// Where batchlint is at home.
pub(crate) const HOME: &str = "https://batchlint.dev";

/// The address of a rule's page, the same in every release.
pub(crate) fn address(rule: &str) -> String {
    format!("{HOME}/rules/{rule}")
}

/// A page with links to other pages that can be followed from anywhere.
pub(crate) fn with_addresses(page: &str) -> Cow<'_, str> {
    const LINK: &str = "](../";
    if !page.contains(LINK) {
        return page.into();
    }
    let mut parts = page.split(LINK);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let page = part.split_once(')').and_then(|(path, rest)| Some((path.strip_suffix(".md")?, rest)));
        match page.and_then(|(path, rest)| Some((path.split_once('/')?.1, rest))) {
            Some((rule, rest)) => result.push_str(&format!("]({}){rest}", address(rule))),
            None => result.push_str(&[LINK, part].concat()),
        }
    }
    result.into()
}

#[cfg(test)]
mod tests {
    use super::with_addresses;

    #[test]
    fn links_to_pages_of_the_rulebook_lead_there() {
        let page = "see [one](../run/one.md) and [two](../api/two.md), not [this](../x) or [that](https://a.b/c.md)";
        let expected = "see [one](https://batchlint.dev/rules/one) and [two](https://batchlint.dev/rules/two), not \
                        [this](../x) or [that](https://a.b/c.md)";
        assert_eq!(with_addresses(page), expected);
        assert!(matches!(with_addresses("none"), std::borrow::Cow::Borrowed("none")));
    }
}
