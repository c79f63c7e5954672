//! Pods whose lists are long, and wrong.

use crate::parts::{container, in_container, in_pod, job};
use crate::shapes::{Shape, numbered, repeat};

pub(crate) const PODS: &[(&str, Shape)] = &[
    ("containers", |size| {
        job(&format!("      containers:\n{}", numbered(size, |n| format!("      - {{name: c{n}, image: a:1}}\n"))))
    }),
    ("the same container", |size| {
        job(&format!("      containers:\n{}", repeat("      - {name: c, image: a:1}\n", size)))
    }),
    ("empty containers", |size| job(&format!("      containers:\n{}", repeat("      - {}\n", size)))),
    ("containers of nulls", |size| job(&format!("      containers: [{}]\n", repeat(",", size)))),
    ("containers that are numbers", |size| job(&format!("      containers: [{}]\n", repeat("1,", size)))),
    ("init containers that are null", |size| {
        let containers = "      containers: [{name: c, image: a}]\n";
        job(&format!("{containers}      initContainers: [{}]\n", repeat("null,", size)))
    }),
    ("a command of numbers", |size| container(&format!("        command: [{}]\n", repeat("1,", size)))),
    ("init containers", |size| {
        in_pod("initContainers", size, |n| format!("{{name: i{n}, image: a, restartPolicy: x}}"))
    }),
    ("ephemeral containers", |size| in_pod("ephemeralContainers", size, |n| format!("{{name: e{n}, image: a}}"))),
    ("containers and annotations of their profiles", |size| {
        let annotation = |n| format!("        container.seccomp.security.alpha.kubernetes.io/c{n}: x\n");
        let pod = job(&format!(
            "      containers:\n{}",
            numbered(size / 2, |n| format!("      - {{name: c{n}, image: a:1}}\n"))
        ));
        pod.replace(
            "  template:\n",
            &format!("  template:\n    metadata:\n      annotations:\n{}", numbered(size / 2, annotation)),
        )
    }),
    ("containers and rules of their failure", |size| {
        let rule = |n| {
            let codes = format!("containerName: c{n}, operator: In, values: [1]");
            format!("    - {{action: Ignore, onExitCodes: {{{codes}}}}}\n")
        };
        let pod = job(&format!(
            "      containers:\n{}",
            numbered(size / 2, |n| format!("      - {{name: c{n}, image: a:1}}\n"))
        ));
        format!("{pod}  podFailurePolicy:\n    rules:\n{}", numbered(size / 2, rule))
    }),
    ("volumes", |size| in_pod("volumes", size, |n| format!("{{name: v{n}}}"))),
    ("the same volume", |size| in_pod("volumes", size, |_| "{name: v, emptyDir: {}}".to_owned())),
    ("volumes of everything", |size| {
        in_pod("volumes", size, |n| format!("{{name: v{n}, emptyDir: {{}}, hostPath: {{path: ..}}, secret: {{}}}}"))
    }),
    ("items of a volume", |size| {
        let items = numbered(size, |n| format!("          - {{key: k{n}, path: p{n}/../x, mode: 99999}}\n"));
        job(&format!(
            "      containers: [{{name: c, image: a}}]\n      volumes:\n      - name: v\n        \
             configMap:\n          name: m\n          items:\n{items}"
        ))
    }),
    ("sources of a volume", |size| {
        let items =
            numbered(size, |n| format!("          - secret: {{name: s, items: [{{key: a, path: p{}}}]}}\n", n / 2));
        job(&format!(
            "      containers: [{{name: c, image: a}}]\n      volumes:\n      - name: v\n        \
             projected:\n          sources:\n{items}"
        ))
    }),
    ("mounts of no volume", |size| in_container("volumeMounts", size, |n| format!("{{name: v{n}, mountPath: /m{n}}}"))),
    ("the same mount", |size| in_container("volumeMounts", size, |_| "{name: v, mountPath: /m}".to_owned())),
    ("mounts of many volumes", |size| {
        let mounts = numbered(size / 2, |n| format!("        - {{name: v{n}, mountPath: /m{n}}}\n"));
        let volumes = numbered(size / 2, |n| format!("      - {{name: v{n}, emptyDir: {{}}}}\n"));
        container(&format!("        volumeMounts:\n{mounts}      volumes:\n{volumes}"))
    }),
    ("devices", |size| in_container("volumeDevices", size, |n| format!("{{name: v{n}, devicePath: ../d}}"))),
    ("variables", |size| in_container("env", size, |n| format!("{{name: \"E {n}\", value: x}}"))),
    ("the same variable", |size| in_container("env", size, |_| "{name: E, value: x}".to_owned())),
    ("variables of two values", |size| {
        in_container("env", size, |n| {
            format!("{{name: E{n}, value: x, valueFrom: {{fieldRef: {{fieldPath: spec.x}}}}}}")
        })
    }),
    ("variables that name each other", |size| {
        in_container("env", size, |n| format!("{{name: E{n}, value: $(E{})}}", n + 1))
    }),
    ("variables of numbers", |size| in_container("env", size, |n| format!("{{name: E{n}, value: {n}}}"))),
    ("sources of variables", |size| {
        in_container("envFrom", size, |n| format!("{{prefix: \"{n} =\", configMapRef: {{}}}}"))
    }),
    ("ports", |size| in_container("ports", size, |n| format!("{{containerPort: {n}}}"))),
    ("the same port", |size| in_container("ports", size, |_| "{containerPort: 80, hostPort: 80, name: P}".to_owned())),
    ("ports of a long name", |size| {
        in_container("ports", size, |n| format!("{{containerPort: 1, name: a-name-that-is-too-long-{n}}}"))
    }),
    ("arguments of a wrong type", |size| in_container("args", size, |n| n.to_string())),
    ("arguments with placeholders", |size| {
        in_container("args", size, |n| format!("\"{{{{ .Values.x{n} }}}} $(A{n}) ${{B}}\""))
    }),
    ("one argument of placeholders", |size| {
        in_container("args", 1, |_| format!("'{}'", repeat("{{ .x }} ${A} $(B) %C% ", size)))
    }),
    ("one argument of open placeholders", |size| {
        in_container("args", 1, |_| format!("'{}'", repeat("{{ ${ <% ", size)))
    }),
    ("resources", |size| {
        container(&format!(
            "        resources:\n          limits:\n{}",
            numbered(size, |n| format!("            x{n}: -1x\n"))
        ))
    }),
    ("resources of a long quantity", |size| {
        container(&format!("        resources: {{limits: {{cpu: \"{}\"}}}}\n", repeat("9", size)))
    }),
    ("tolerations", |size| in_pod("tolerations", size, |n| format!("{{key: k{}, operator: x}}", n / 2))),
    ("node selectors", |size| {
        job(&format!(
            "      containers: [{{name: c, image: a}}]\n      nodeSelector:\n{}",
            numbered(size, |n| format!("        \"k {n}\": v_\n"))
        ))
    }),
    ("terms of affinity", |size| {
        let items = numbered(size, |n| {
            format!("            - matchExpressions: [{{key: k{n}, operator: Gt, values: [a, b]}}]\n")
        });
        job(&format!(
            "      containers: [{{name: c, image: a}}]\n      affinity:\n        nodeAffinity:\n          \
            requiredDuringSchedulingIgnoredDuringExecution:\n            nodeSelectorTerms:\n{items}"
        ))
    }),
    ("spread constraints", |size| {
        in_pod("topologySpreadConstraints", size, |n| {
            format!("{{topologyKey: k{}, maxSkew: 0, whenUnsatisfiable: x}}", n / 2)
        })
    }),
    ("host aliases", |size| in_pod("hostAliases", size, |n| format!("{{ip: 1.2.3.{n}, hostnames: [A_{n}]}}"))),
    ("secrets for images", |size| in_pod("imagePullSecrets", size, |n| format!("{{name: s{}}}", n / 2))),
    ("resource claims", |size| in_pod("resourceClaims", size, |n| format!("{{name: r{}}}", n / 2))),
    ("scheduling gates", |size| in_pod("schedulingGates", size, |n| format!("{{name: g{}}}", n / 2))),
    ("sysctls", |size| {
        job(&format!(
            "      containers: [{{name: c, image: a}}]\n      securityContext:\n        sysctls:\n{}",
            numbered(size, |n| format!("        - {{name: k{}}}\n", n / 2))
        ))
    }),
];
