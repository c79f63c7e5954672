//! The API's objects as typed, lazy views of a document's values.
//!
//! A view never fails: a field whose value has another type than the API's reads as absent, and decoding reports it.

mod claim;
mod collection;
mod container;
mod cron_job;
mod field;
mod job;
mod meta;
mod object;
mod pod;
mod policy;
mod probe;
mod projected;
mod quantity;
mod remote;
mod scheduling;
mod security;
mod slot;
mod volume;
mod volume_file;

pub use claim::{PersistentVolumeClaimSpec, TypedObjectReference};
pub use collection::{Each, List, ListItems, Map, MapEntries};
pub use container::{
    Container, ContainerPort, ContainerResizePolicy, ContainerRestartRule, ContainerRestartRuleOnExitCodes,
    EnvFromSource, EnvVar, EnvVarSource, FileKeySelector, KeySelector, ObjectFieldSelector, ObjectName, ResourceClaim,
    ResourceFieldSelector, ResourceRequirements, VolumeDevice, VolumeMount,
};
pub use cron_job::{CronJob, CronJobSpec, JobTemplateSpec};
pub use field::{Field, FromNode, IntOrString, Node};
pub use job::{
    Job, JobSpec, OnExitCodes, OnPodCondition, PodFailurePolicy, PodFailurePolicyRule, SuccessPolicy, SuccessPolicyRule,
};
pub use meta::{LabelSelector, LabelSelectorRequirement, ManagedFieldsEntry, ObjectMeta, OwnerReference};
pub use object::bits;
pub use pod::{
    HostAlias, PodDnsConfig, PodDnsConfigOption, PodOs, PodReadinessGate, PodResourceClaim, PodSchedulingGate, PodSpec,
    PodTemplateSpec,
};
pub use policy::{CompletionMode, ConcurrencyPolicy, ImagePullPolicy, PodReplacementPolicy, RestartPolicy};
pub use probe::{
    ExecAction, GrpcAction, Handler, HttpGetAction, HttpHeader, Lifecycle, Probe, SleepAction, TcpSocketAction,
};
pub use projected::{
    ClusterTrustBundleProjection, PodCertificateProjection, ProjectedVolumeSource, ServiceAccountTokenProjection,
    VolumeProjection,
};
pub use remote::RemoteVolume;
pub use scheduling::{
    Affinity, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodAffinity, PodAffinityTerm,
    PreferredSchedulingTerm, Toleration, TopologySpreadConstraint, WeightedPodAffinityTerm,
};
pub use security::{
    Capabilities, PodSecurityContext, SecurityContext, SecurityProfile, Sysctl, WindowsSecurityContextOptions,
};
pub use slot::{Slot, Slots};
pub use volume::{
    CsiVolumeSource, EmptyDirVolumeSource, EphemeralVolumeSource, FcVolumeSource, GitRepoVolumeSource,
    HostPathVolumeSource, ImageVolumeSource, IscsiVolumeSource, NfsVolumeSource, PersistentVolumeClaimTemplate,
    PersistentVolumeClaimVolumeSource, SecretVolumeSource, Volume,
};
pub use volume_file::{ConfigMapVolumeSource, DownwardApiVolumeFile, DownwardApiVolumeSource, KeyToPath};
