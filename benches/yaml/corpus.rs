//! Manifests to read, the same in every run.

const CRON_JOB: &str = r#"# The nightly copy of database NAME
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup-NAME
  namespace: storage
  labels:
    app.kubernetes.io/name: backup
    app.kubernetes.io/part-of: "NAME"
spec:
  schedule: "15 2 * * *"   # after the batch window
  timeZone: Europe/Berlin
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: backup
          containers:
            - name: dump
              image: registry.example.com/tools/pg-dump:16.2
              imagePullPolicy: IfNotPresent
              command: ["/bin/sh", "-c"]
              args:
                - |
                  set -eu
                  pg_dump --format=custom "$DATABASE_URL" > /work/NAME.dump
                  upload /work/NAME.dump "s3://backups/NAME/$(date +%F).dump"
              env:
                - name: DATABASE_URL
                  valueFrom:
                    secretKeyRef:
                      name: NAME-database
                      key: url
                - name: LOG_LEVEL
                  value: "info"
              resources:
                requests:
                  cpu: 100m
                  memory: 256Mi
                limits:
                  memory: 512Mi
              volumeMounts:
                - name: work
                  mountPath: /work
          volumes:
            - name: work
              emptyDir: {}
"#;

const DEPLOYMENT: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  labels: {app: NAME, tier: web}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
      annotations:
        prometheus.io/scrape: 'true'
        prometheus.io/port: '9090'
    spec:
      containers:
      - name: web
        image: registry.example.com/NAME/web:2.14.0
        ports:
        - containerPort: 8080
          name: http
          protocol: TCP
        readinessProbe:
          httpGet:
            path: /healthz
            port: http
          periodSeconds: 10
        env:
        - name: POD_IP
          valueFrom:
            fieldRef:
              fieldPath: status.podIP
        - name: UPSTREAM
          value: http://NAME-api.default.svc.cluster.local:8080/v1
"#;

const SERVICE: &str = r#"apiVersion: v1
kind: Service
metadata:
  name: NAME
spec:
  selector:
    app: NAME
  ports:
    - port: 80
      targetPort: http
"#;

fn named(template: &str, number: usize) -> String {
    const WORDS: [&str; 7] = ["orders", "billing", "search", "users", "mail", "reports", "images"];
    template.replace("NAME", &format!("{}-{number}", WORDS[number % WORDS.len()]))
}

/// Files of one to three documents each.
pub(crate) fn small_files(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| match number % 3 {
            0 => named(CRON_JOB, number),
            1 => [named(DEPLOYMENT, number), named(SERVICE, number)].join("---\n"),
            _ => [named(SERVICE, number), named(CRON_JOB, number), named(DEPLOYMENT, number)].join("---\n"),
        })
        .collect()
}

/// One file of many documents.
pub(crate) fn large_file(bytes: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str("---\n");
        text.push_str(&named([CRON_JOB, DEPLOYMENT, SERVICE][number % 3], number));
    }
    text
}

/// One file in brackets, as programs write it.
pub(crate) fn flow_style(bytes: usize) -> String {
    let mut text = String::from("apiVersion: v1\nkind: List\nitems:\n");
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&named(
            "- {\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"metadata\": {\"name\": \"NAME\", \"labels\": {\"app\": \"NAME\"}},\n  \"spec\": {\"backoffLimit\": 3, \"template\": {\"spec\": {\"restartPolicy\": \"Never\", \"containers\": [\n  {\"name\": \"main\", \"image\": \"registry.example.com/NAME:1.0\", \"args\": [\"--all\", \"--since\", \"2024-01-01\"]}]}}}}\n- {kind: Pod, metadata: {name: NAME}, spec: {containers: [{name: a, image: b:1, command: [sleep, 1d]}]}}\n",
            number,
        ));
    }
    text
}
