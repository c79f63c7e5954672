//! The one source of a volume.
//!
//! pkg/apis/core/validation/validation.go, validateVolumeSource, as of v1.37.

use super::{claim_template, files, network, projected, remote};
use crate::k8s::objects::{Field, Volume};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::At;
use crate::k8s::{Reason, Topic};
use crate::text::Span;

/// Checks one source after the other: the first counts, and every other is one too many, in the server's order.
pub(super) fn validate(volume: Volume<'_>, at: At<'_>, context: &mut Context) {
    let mut sources = Sources { at, first: None };
    if let Some(source) = volume.empty_dir() {
        sources.first = Some(source.key);
        files::validate_empty_dir(source.value, at, context);
    }
    sources.next("hostPath", volume.host_path(), files::validate_host_path, context);
    sources.next("gitRepo", volume.git_repo(), files::validate_git_repo, context);
    let disk = Spelling { outside: "gcePersistentDisk", inside: "persistentDisk" };
    sources.take(disk, volume.gce_persistent_disk(), remote::gce, context);
    sources.next("awsElasticBlockStore", volume.aws_elastic_block_store(), remote::aws, context);
    sources.next("secret", volume.secret(), files::validate_secret, context);
    sources.next("nfs", volume.nfs(), network::validate_nfs, context);
    sources.next("iscsi", volume.iscsi(), network::validate_iscsi, context);
    network::validate_initiator_length(volume, at, context);
    sources.next("glusterfs", volume.glusterfs(), remote::glusterfs, context);
    sources.next("flocker", volume.flocker(), remote::flocker, context);
    sources.next("persistentVolumeClaim", volume.persistent_volume_claim(), files::validate_claim, context);
    sources.next("rbd", volume.rbd(), remote::rbd, context);
    sources.next("cinder", volume.cinder(), remote::cinder, context);
    // The server misspells two names where they are one too many, as it does with one above for what is inside.
    sources.take(Spelling { outside: "cephFS", inside: "cephfs" }, volume.ceph_fs(), remote::ceph_fs, context);
    sources.next("quobyte", volume.quobyte(), remote::quobyte, context);
    let downward =
        if keeps_users(volume, context) { files::validate_downward_api_of_users } else { files::validate_downward_api };
    let api = Spelling { outside: "downwarAPI", inside: "downwardAPI" };
    sources.take(api, volume.downward_api(), downward, context);
    sources.next("fc", volume.fc(), network::validate_fc, context);
    sources.next("flexVolume", volume.flex_volume(), remote::flex, context);
    sources.next("configMap", volume.config_map(), files::validate_config_map, context);
    sources.next("azureFile", volume.azure_file(), remote::azure_file, context);
    sources.next("vsphereVolume", volume.vsphere_volume(), remote::vsphere, context);
    sources.next("photonPersistentDisk", volume.photon_persistent_disk(), remote::photon, context);
    sources.next("portworxVolume", volume.portworx_volume(), remote::portworx, context);
    sources.next("azureDisk", volume.azure_disk(), remote::azure_disk, context);
    sources.next("storageos", volume.storage_os(), remote::storage_os, context);
    sources.next("projected", volume.projected(), projected::validate, context);
    sources.next("scaleIO", volume.scale_io(), remote::scale_io, context);
    sources.next("csi", volume.csi(), network::validate_csi, context);
    sources.next("ephemeral", volume.ephemeral(), claim_template::validate_ephemeral, context);
    sources.next("image", volume.image(), files::validate_image, context);
}

/// Whether the files of `downwardAPI` keep their users, which came with 1.37 and which no version takes by default: the
/// server drops them from one source of a volume only, and `configMap` comes first.
fn keeps_users(volume: Volume<'_>, context: &Context) -> bool {
    context.since(37) && volume.config_map().is_some()
}

/// The sources of one volume. A volume without any is filled with an empty folder.
struct Sources<'p> {
    at: At<'p>,
    first: Option<Span>,
}

/// How the server spells a source.
struct Spelling<'n> {
    /// Where it is one too many.
    outside: &'n str,
    /// For what is inside.
    inside: &'n str,
}

type Check<T> = fn(T, At<'_>, &mut Context);

impl Sources<'_> {
    fn next<T: Copy>(&mut self, name: &str, source: Option<Field<'_, T>>, check: Check<T>, context: &mut Context) {
        self.take(Spelling { outside: name, inside: name }, source, check, context);
    }

    fn take<T: Copy>(
        &mut self,
        Spelling { outside, inside }: Spelling<'_>,
        source: Option<Field<'_, T>>,
        check: Check<T>,
        context: &mut Context,
    ) {
        let Some(source) = source else { return };
        if let Some(first) = self.first {
            let message = format_args!("a volume has one source, and `{inside}` is a second one");
            let path = self.at.path.field(outside);
            context.report(Reason::Forbidden, &path, source.key, message).beside(first).about(Topic::Contradiction);
            return;
        }
        self.first = Some(source.key);
        let path = self.at.path.field(inside);
        check(source.value, At::new(&path, &source), context);
    }
}
