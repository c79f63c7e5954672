//! Volumes of clouds and storage systems.

use super::ObjectName;
use super::collection::{List, Map};
use super::object::objects;

objects! {
    /// Storage outside the cluster that Kubernetes itself knows, one type for all its kinds: each has some of the fields.
    RemoteVolume {
        /// Of `flexVolume`.
        driver: &'a str = "driver",
        /// Of `flexVolume`.
        options: Map<'a, &'a str> = "options",
        /// Of `gcePersistentDisk`.
        pd_name: &'a str = "pdName",
        /// Of `photonPersistentDisk`.
        pd_id: &'a str = "pdID",
        /// Of `awsElasticBlockStore`, `cinder` and `portworxVolume`.
        volume_id: &'a str = "volumeID",
        /// Of `gcePersistentDisk` and `awsElasticBlockStore`.
        partition: i32 = "partition",
        /// Of `azureDisk`.
        disk_name: &'a str = "diskName",
        /// Of `azureDisk`.
        disk_uri: &'a str = "diskURI",
        /// Of `azureDisk`.
        caching_mode: &'a str = "cachingMode",
        /// Of `azureDisk`.
        kind: &'a str = "kind",
        /// Of `azureFile`.
        secret_name: &'a str = "secretName",
        /// Of `azureFile`.
        share_name: &'a str = "shareName",
        /// Of `cephfs` and `rbd`.
        monitors: List<'a, &'a str> = "monitors",
        /// Of `rbd`.
        image: &'a str = "image",
        /// Of `cinder` and `storageos`.
        secret_ref: ObjectName<'a> = "secretRef",
        /// Of `flocker`.
        dataset_name: &'a str = "datasetName",
        /// Of `flocker`.
        dataset_uuid: &'a str = "datasetUUID",
        /// Of `glusterfs`.
        endpoints: &'a str = "endpoints",
        /// Of `glusterfs`.
        path: &'a str = "path",
        /// Of `quobyte`.
        registry: &'a str = "registry",
        /// Of `quobyte`.
        tenant: &'a str = "tenant",
        /// Of `quobyte`.
        volume: &'a str = "volume",
        /// Of `scaleIO`.
        gateway: &'a str = "gateway",
        /// Of `scaleIO`.
        system: &'a str = "system",
        /// Of `scaleIO` and `storageos`.
        volume_name: &'a str = "volumeName",
        /// Of `storageos`.
        volume_namespace: &'a str = "volumeNamespace",
        /// Of `vsphereVolume`.
        volume_path: &'a str = "volumePath",
    }
}
