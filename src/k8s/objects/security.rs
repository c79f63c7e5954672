//! The rights of processes, and the profiles that limit them.

use super::collection::List;
use super::object::objects;
use crate::yaml::Value;

objects! {
    /// The rights of a pod's processes.
    PodSecurityContext {
        run_as_user: i64 = "runAsUser",
        run_as_group: i64 = "runAsGroup",
        run_as_non_root: bool = "runAsNonRoot",
        fs_group: i64 = "fsGroup",
        fs_group_change_policy: &'a str = "fsGroupChangePolicy",
        supplemental_groups: List<'a, i64> = "supplementalGroups",
        supplemental_groups_policy: &'a str = "supplementalGroupsPolicy",
        sysctls: List<'a, Sysctl<'a>> = "sysctls",
        se_linux_options: Value<'a> = "seLinuxOptions",
        se_linux_change_policy: &'a str = "seLinuxChangePolicy",
        seccomp_profile: SecurityProfile<'a> = "seccompProfile",
        app_armor_profile: SecurityProfile<'a> = "appArmorProfile",
        windows_options: WindowsSecurityContextOptions<'a> = "windowsOptions",
    }

    /// The rights of a container's processes.
    SecurityContext {
        run_as_user: i64 = "runAsUser",
        run_as_group: i64 = "runAsGroup",
        run_as_non_root: bool = "runAsNonRoot",
        privileged: bool = "privileged",
        allow_privilege_escalation: bool = "allowPrivilegeEscalation",
        read_only_root_filesystem: bool = "readOnlyRootFilesystem",
        proc_mount: &'a str = "procMount",
        capabilities: Capabilities<'a> = "capabilities",
        se_linux_options: Value<'a> = "seLinuxOptions",
        seccomp_profile: SecurityProfile<'a> = "seccompProfile",
        app_armor_profile: SecurityProfile<'a> = "appArmorProfile",
        windows_options: WindowsSecurityContextOptions<'a> = "windowsOptions",
    }

    /// Linux capabilities.
    Capabilities {
        add: List<'a, &'a str> = "add",
        drop: List<'a, &'a str> = "drop",
    }

    /// A profile of seccomp or AppArmor.
    SecurityProfile {
        kind: &'a str = "type",
        localhost_profile: &'a str = "localhostProfile",
    }

    /// The rights of processes on Windows.
    WindowsSecurityContextOptions {
        gmsa_credential_spec_name: &'a str = "gmsaCredentialSpecName",
        gmsa_credential_spec: &'a str = "gmsaCredentialSpec",
        run_as_user_name: &'a str = "runAsUserName",
        host_process: bool = "hostProcess",
    }

    /// A kernel parameter.
    Sysctl {
        name: &'a str = "name",
        value: &'a str = "value",
    }
}
