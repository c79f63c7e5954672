//! What can be known before a text is there.

use batchlint::k8s::Version;
use batchlint::schedule::{IANA_VERSION, Zone};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct About {
    version: &'static str,
    iana: &'static str,
    kubernetes_versions: Vec<String>,
    time_zones: &'static [&'static str],
    /// Whether this module does more than to check manifests.
    full: bool,
}

pub(crate) fn about() -> String {
    let kubernetes_versions = Version::all().rev().map(|version| version.to_string()).collect();
    let (version, full) = (env!("CARGO_PKG_VERSION"), cfg!(feature = "full"));
    let about = About { version, iana: IANA_VERSION, kubernetes_versions, time_zones: Zone::names(), full };
    serde_json::to_string(&about).unwrap_or_default()
}
