//! Volumes and their sources.

use super::collection::List;
use super::object::objects;
use super::{
    ConfigMapVolumeSource, DownwardApiVolumeSource, ImagePullPolicy, KeyToPath, ObjectMeta, ObjectName,
    PersistentVolumeClaimSpec, ProjectedVolumeSource, RemoteVolume,
};
use crate::k8s::format::Quantity;

objects! {
    /// A folder or device that containers can use. At most one source is set.
    Volume {
        name: &'a str = "name",
        empty_dir: EmptyDirVolumeSource<'a> = "emptyDir",
        host_path: HostPathVolumeSource<'a> = "hostPath",
        git_repo: GitRepoVolumeSource<'a> = "gitRepo",
        secret: SecretVolumeSource<'a> = "secret",
        config_map: ConfigMapVolumeSource<'a> = "configMap",
        downward_api: DownwardApiVolumeSource<'a> = "downwardAPI",
        projected: ProjectedVolumeSource<'a> = "projected",
        persistent_volume_claim: PersistentVolumeClaimVolumeSource<'a> = "persistentVolumeClaim",
        ephemeral: EphemeralVolumeSource<'a> = "ephemeral",
        image: ImageVolumeSource<'a> = "image",
        csi: CsiVolumeSource<'a> = "csi",
        nfs: NfsVolumeSource<'a> = "nfs",
        iscsi: IscsiVolumeSource<'a> = "iscsi",
        fc: FcVolumeSource<'a> = "fc",
        flex_volume: RemoteVolume<'a> = "flexVolume",
        gce_persistent_disk: RemoteVolume<'a> = "gcePersistentDisk",
        aws_elastic_block_store: RemoteVolume<'a> = "awsElasticBlockStore",
        azure_disk: RemoteVolume<'a> = "azureDisk",
        azure_file: RemoteVolume<'a> = "azureFile",
        ceph_fs: RemoteVolume<'a> = "cephfs",
        cinder: RemoteVolume<'a> = "cinder",
        flocker: RemoteVolume<'a> = "flocker",
        glusterfs: RemoteVolume<'a> = "glusterfs",
        photon_persistent_disk: RemoteVolume<'a> = "photonPersistentDisk",
        portworx_volume: RemoteVolume<'a> = "portworxVolume",
        quobyte: RemoteVolume<'a> = "quobyte",
        rbd: RemoteVolume<'a> = "rbd",
        scale_io: RemoteVolume<'a> = "scaleIO",
        storage_os: RemoteVolume<'a> = "storageos",
        vsphere_volume: RemoteVolume<'a> = "vsphereVolume",
    }

    /// A folder that lives as long as the pod.
    EmptyDirVolumeSource {
        medium: &'a str = "medium",
        size_limit: Quantity<'a> = "sizeLimit",
    }

    /// A folder or file of the node.
    HostPathVolumeSource {
        path: &'a str = "path",
        kind: &'a str = "type",
    }

    /// A clone of a repository.
    GitRepoVolumeSource {
        repository: &'a str = "repository",
        directory: &'a str = "directory",
    }

    /// The keys of a Secret as files.
    SecretVolumeSource {
        secret_name: &'a str = "secretName",
        items: List<'a, KeyToPath<'a>> = "items",
        default_mode: i32 = "defaultMode",
        optional: bool = "optional",
    }

    /// Storage that a claim of the namespace stands for.
    PersistentVolumeClaimVolumeSource {
        claim_name: &'a str = "claimName",
        read_only: bool = "readOnly",
    }

    /// Storage that is made for the pod, and goes with it.
    EphemeralVolumeSource {
        volume_claim_template: PersistentVolumeClaimTemplate<'a> = "volumeClaimTemplate",
    }

    /// The claim that is made for the pod.
    PersistentVolumeClaimTemplate {
        metadata: ObjectMeta<'a> = "metadata",
        spec: PersistentVolumeClaimSpec<'a> = "spec",
    }

    /// The files of an image.
    ImageVolumeSource {
        reference: &'a str = "reference",
        pull_policy: ImagePullPolicy<'a> = "pullPolicy",
    }

    /// What a storage driver provides.
    CsiVolumeSource {
        driver: &'a str = "driver",
        node_publish_secret_ref: ObjectName<'a> = "nodePublishSecretRef",
    }

    /// A share of an NFS server.
    NfsVolumeSource {
        server: &'a str = "server",
        path: &'a str = "path",
    }

    /// A disk by iSCSI.
    IscsiVolumeSource {
        target_portal: &'a str = "targetPortal",
        iqn: &'a str = "iqn",
        lun: i32 = "lun",
        chap_auth_discovery: bool = "chapAuthDiscovery",
        chap_auth_session: bool = "chapAuthSession",
        secret_ref: ObjectName<'a> = "secretRef",
        initiator_name: &'a str = "initiatorName",
    }

    /// A disk by Fibre Channel.
    FcVolumeSource {
        target_wwns: List<'a, &'a str> = "targetWWNs",
        wwids: List<'a, &'a str> = "wwids",
        lun: i32 = "lun",
    }
}
