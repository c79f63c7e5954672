//! The containers of a pod, one list after the other, and what each list asks of its own.
//!
//! pkg/apis/core/validation/validation.go, validateContainers, validateInitContainers, validateEphemeralContainers, as
//! of v1.37.

mod ephemeral;
mod init;
mod regular;

use super::Context;
use super::pod::Pod;
use crate::k8s::Path;
use crate::text::Span;

/// Checks the three lists; `owner` stands for a pod without containers.
pub(super) fn validate_containers(pod: &Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    regular::validate(pod, path, owner, context);
    init::validate(pod, &path.field("initContainers"), context);
    ephemeral::validate(pod, &path.field("ephemeralContainers"), context);
}
