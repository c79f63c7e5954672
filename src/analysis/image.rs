//! What the name of an image says of it, where it is one of Docker Hub's own: `nginx`, `docker.io/library/mysql:8`.

use crate::k8s::objects::{Container, ImagePullPolicy};

/// Whether the image stands for one in a test or an example: there is none, or it is one to test with, or no registry has
/// it. A single word without a tag is pulled from Docker Hub, where Docker keeps such names for its own images.
#[must_use]
pub fn is_made_up(container: Container<'_>) -> bool {
    let is_pulled = container.image_pull_policy().is_none_or(|policy| policy.value == ImagePullPolicy::Always);
    let is_word = |image: &str| {
        !image.is_empty()
            && image.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte))
    };
    let Some(image) = container.image() else { return true };
    is_pulled && is_word(image.value) && !is_official(image.value) || is_test(image.value) || is_of_nobody(image.value)
}

/// Whether the registry is called as nothing is that exists: `eu.foo.io`.
fn is_of_nobody(image: &str) -> bool {
    let host = image.split_once('/').map_or("", |(host, _)| host);
    host.contains('.') && host.split('.').any(|label| matches!(label, "foo" | "bar" | "baz"))
}

/// Whether an image is one to test with in the place of a server: `ghcr.io/kyverno/test-nginx`.
fn is_test(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default().split([':', '@']).next().unwrap_or_default();
    name.strip_prefix("test-").is_some_and(|name| is_official(name) || name == "webserver")
}

/// The server that a container runs until something stops it: it has an image of one, and is told to do nothing else.
#[must_use]
pub fn server(container: Container<'_>) -> Option<&str> {
    let is_told = container.command().is_some_and(|words| !words.value.is_empty())
        || container.args().is_some_and(|words| !words.value.is_empty());
    let image = container.image().filter(|_| !is_told)?.value;
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    let image = image.strip_prefix("library/").unwrap_or(image);
    let (name, tag) = image.split_once([':', '@']).unwrap_or((image, ""));
    let serves = SERVERS.binary_search(&name).is_ok()
        || name == "php" && ["apache", "fpm"].iter().any(|kind| tag.contains(kind));
    serves.then_some(name)
}

fn is_official(name: &str) -> bool {
    SERVERS.binary_search(&name).is_ok() || OTHERS.binary_search(&name).is_ok()
}

/// Docker's own images that serve without being told to.
const SERVERS: [&str; 42] = [
    "adminer",
    "arangodb",
    "caddy",
    "cassandra",
    "chronograf",
    "couchbase",
    "couchdb",
    "eclipse-mosquitto",
    "elasticsearch",
    "emqx",
    "ghost",
    "haproxy",
    "httpd",
    "influxdb",
    "jenkins",
    "joomla",
    "kapacitor",
    "kibana",
    "logstash",
    "mariadb",
    "memcached",
    "mongo",
    "mongo-express",
    "mysql",
    "nats",
    "neo4j",
    "nextcloud",
    "nginx",
    "odoo",
    "phpmyadmin",
    "postgres",
    "rabbitmq",
    "redis",
    "redmine",
    "registry",
    "rethinkdb",
    "solr",
    "sonarqube",
    "telegraf",
    "tomcat",
    "traefik",
    "zookeeper",
];

/// Docker's other images, with those that were withdrawn.
const OTHERS: [&str; 108] = [
    "aerospike",
    "almalinux",
    "alpine",
    "alt",
    "amazoncorretto",
    "amazonlinux",
    "api-firewall",
    "archlinux",
    "bash",
    "bonita",
    "buildpack-deps",
    "busybox",
    "celery",
    "centos",
    "cirros",
    "clearlinux",
    "clefos",
    "clickhouse",
    "clojure",
    "composer",
    "consul",
    "convertigo",
    "crate",
    "dart",
    "debian",
    "docker",
    "drupal",
    "eclipse-temurin",
    "eggdrop",
    "elixir",
    "erlang",
    "euleros",
    "express-gateway",
    "fedora",
    "flink",
    "fluentd",
    "friendica",
    "gazebo",
    "gcc",
    "geonetwork",
    "golang",
    "gradle",
    "groovy",
    "haskell",
    "haxe",
    "hello-world",
    "hylang",
    "ibm-semeru-runtimes",
    "ibmjava",
    "irssi",
    "jetty",
    "jruby",
    "julia",
    "known",
    "kong",
    "krakend",
    "lightstreamer",
    "liquibase",
    "mageia",
    "matomo",
    "maven",
    "mediawiki",
    "monica",
    "mono",
    "neurodebian",
    "node",
    "notary",
    "nuxeo",
    "open-liberty",
    "openjdk",
    "opensuse",
    "oraclelinux",
    "orientdb",
    "percona",
    "perl",
    "photon",
    "php",
    "postfixadmin",
    "pypy",
    "python",
    "r-base",
    "rakudo-star",
    "rocket.chat",
    "rockylinux",
    "ros",
    "ruby",
    "rust",
    "sapmachine",
    "scratch",
    "sentry",
    "sl",
    "sourcemage",
    "spark",
    "spiped",
    "storm",
    "swift",
    "swipl",
    "teamspeak",
    "tomee",
    "ubuntu",
    "unit",
    "varnish",
    "vault",
    "websphere-liberty",
    "wordpress",
    "xwiki",
    "yourls",
    "znc",
];

#[cfg(test)]
mod tests {
    use super::{OTHERS, SERVERS, is_made_up, is_official, server};
    use crate::k8s::Objects;
    use crate::k8s::objects::Container;
    use crate::yaml::parse;

    fn with<T>(container: &str, look: impl Fn(Container<'_>) -> T) -> T {
        let file = parse(&format!(
            "{{apiVersion: batch/v1, kind: Job, spec: {{template: {{spec: {{containers: [{{{container}}}]}}}}}}}}"
        ));
        let objects = Objects::of(&file.documents[0]);
        let job = objects.manifests(&file.documents[0]).next().and_then(|manifest| manifest.job()).expect("a Job");
        let pod = job.template().and_then(|template| template.value.spec()).expect("a pod").value;
        let (_, container) = pod.containers().expect("containers").value.iter().next().expect("one");
        look(container.value)
    }

    #[test]
    fn what_no_registry_has_stands_for_another_image() {
        for image in ["dummyimagename", "my-image", "ghcr.io/kyverno/test-nginx:dontpull", "eu.foo.io/nginx:1"] {
            assert!(with(&format!("image: '{image}'"), is_made_up), "{image}");
        }
        assert!(with("name: a", is_made_up));
        for image in ["busybox", "mysql", "my-image:1", "me/my-image", "registry.example.com/report", "test/nginx"] {
            assert!(!with(&format!("image: '{image}'"), is_made_up), "{image}");
        }
        // It was put on the node by hand.
        assert!(!with("image: my-image, imagePullPolicy: Never", is_made_up));
    }

    #[test]
    fn an_image_of_a_server_serves_where_it_is_told_nothing_else() {
        let server = |container: &str| with(container, |container| server(container).map(str::to_owned));
        for image in ["nginx", "docker.io/library/nginx:1.29", "docker.io/nginx@sha256:0"] {
            assert_eq!(server(&format!("image: '{image}'")).as_deref(), Some("nginx"), "{image}");
        }
        assert_eq!(server("image: 'php:8-apache'").as_deref(), Some("php"));
        for container in
            ["image: php", "image: nginx, command: [nginx, -t]", "image: mysql, args: [--help]", "image: a/nginx"]
        {
            assert_eq!(server(container), None, "{container}");
        }
    }

    #[test]
    fn the_names_are_in_order_and_each_is_there_once() {
        for names in [&SERVERS[..], &OTHERS] {
            assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
        }
        assert!(is_official("busybox") && is_official("nginx") && !is_official("dummyimagename"));
    }
}
