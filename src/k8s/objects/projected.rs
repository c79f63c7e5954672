//! Volumes that hold the files of several sources.

use super::collection::{List, Map};
use super::object::objects;
use super::{ConfigMapVolumeSource, DownwardApiVolumeSource, LabelSelector};

objects! {
    /// Several sources in one folder.
    ProjectedVolumeSource {
        sources: List<'a, VolumeProjection<'a>> = "sources",
        default_mode: i32 = "defaultMode",
    }

    /// One of the sources of a projected volume. At most one field is set.
    VolumeProjection {
        /// It has the fields of `configMap`.
        secret: ConfigMapVolumeSource<'a> = "secret",
        config_map: ConfigMapVolumeSource<'a> = "configMap",
        downward_api: DownwardApiVolumeSource<'a> = "downwardAPI",
        service_account_token: ServiceAccountTokenProjection<'a> = "serviceAccountToken",
        cluster_trust_bundle: ClusterTrustBundleProjection<'a> = "clusterTrustBundle",
        pod_certificate: PodCertificateProjection<'a> = "podCertificate",
    }

    /// A token of the pod's service account.
    ServiceAccountTokenProjection {
        /// In seconds.
        expiration_seconds: i64 = "expirationSeconds",
        path: &'a str = "path",
        user: i64 = "user",
    }

    /// Certificates that the cluster trusts.
    ClusterTrustBundleProjection {
        name: &'a str = "name",
        signer_name: &'a str = "signerName",
        label_selector: LabelSelector<'a> = "labelSelector",
        path: &'a str = "path",
        user: i64 = "user",
    }

    /// A certificate for the pod.
    PodCertificateProjection {
        signer_name: &'a str = "signerName",
        key_type: &'a str = "keyType",
        /// In seconds.
        max_expiration_seconds: i32 = "maxExpirationSeconds",
        credential_bundle_path: &'a str = "credentialBundlePath",
        key_path: &'a str = "keyPath",
        certificate_chain_path: &'a str = "certificateChainPath",
        user: i64 = "user",
        user_annotations: Map<'a, &'a str> = "userAnnotations",
    }
}
