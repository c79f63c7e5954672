//! What to do where a server refuses a change of a Job: what there is cannot become what the file says, but make room for it.

use super::manager;
use crate::analysis::{Managed, Manager};
use crate::diagnostic::Object;

/// The ways, the nearest first, by who manages the Job.
pub(super) fn of(object: &Object, managed: Option<Managed>, file: &str) -> Vec<String> {
    let name = object.name.as_deref().unwrap_or_default();
    let namespace = object.namespace.as_deref().map(|namespace| format!(" -n {namespace}")).unwrap_or_default();
    let hash = "or give each change a name of its own, such as one with a hash of what it runs".to_owned();
    match managed.map(|managed| managed.by) {
        Some(by @ Manager::Helm) => vec![
            format!(
                "{} makes it anew as a hook: `helm.sh/hook: pre-upgrade,pre-install` with `helm.sh/hook-delete-policy: before-hook-creation`",
                manager(by)
            ),
            "or put `{{ .Release.Revision }}` into its name".to_owned(),
            format!("or delete it before the upgrade: `kubectl delete job {name}{namespace}`"),
        ],
        Some(by @ Manager::ArgoCd) => vec![
            format!(
                "{} makes it anew with the annotation `argocd.argoproj.io/sync-options: Force=true,Replace=true`",
                manager(by)
            ),
            "or as a hook: `argocd.argoproj.io/hook: Sync` with `argocd.argoproj.io/hook-delete-policy: BeforeHookCreation`"
                .to_owned(),
            hash,
        ],
        Some(by @ Manager::Flux) => vec![
            format!("{} makes it anew with the annotation `kustomize.toolkit.fluxcd.io/force: enabled`", manager(by)),
            hash,
        ],
        Some(by @ Manager::Owner) => vec![format!("{} made it: change that one", manager(by))],
        _ => vec![
            format!("delete it and create it anew: `kubectl replace --force -f {file}`, which stops what runs"),
            hash,
        ],
    }
}
