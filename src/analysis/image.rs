//! What the name of an image says of it.

use crate::k8s::objects::Container;

/// Whether the image stands for another one in a test or an example: there is none, or it is called as nothing real is.
#[must_use]
pub fn is_made_up(container: Container<'_>) -> bool {
    let Some(image) = container.image() else { return true };
    let (registry, name) = image.value.rsplit_once('/').unwrap_or(("", image.value));
    let name = name.split([':', '@']).next().unwrap_or_default();
    let is_mine = registry.is_empty() && name.starts_with("my") && name.ends_with("image");
    let is_test =
        name.strip_prefix("test-").is_some_and(|name| serves_alone(name) || matches!(name, "busybox" | "webserver"));
    is_mine || is_test || name.contains("dummy") || is_nobody(name) || is_of_nobody(registry)
}

/// Whether the registry is called as nothing is that exists: `eu.foo.io`.
fn is_of_nobody(registry: &str) -> bool {
    let host = registry.split('/').next().unwrap_or_default();
    host.contains('.') && host.split('.').any(is_nobody)
}

fn is_nobody(word: &str) -> bool {
    matches!(word, "foo" | "bar" | "baz")
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
    let is_set_up = container.env().is_some_and(|list| !list.value.is_empty())
        || container.env_from().is_some_and(|list| !list.value.is_empty());
    let serves = serves_alone(name)
        || is_set_up && SET_UP.contains(&name)
        || name == "php" && ["apache", "fpm"].iter().any(|kind| tag.contains(kind));
    serves.then_some(name)
}

fn serves_alone(name: &str) -> bool {
    SERVERS.binary_search(&name).is_ok()
}

/// Docker's own images that serve without being told to, and without anything beside them.
const SERVERS: [&str; 23] = [
    "adminer",
    "caddy",
    "cassandra",
    "chronograf",
    "couchbase",
    "eclipse-mosquitto",
    "emqx",
    "httpd",
    "influxdb",
    "memcached",
    "mongo",
    "nats",
    "neo4j",
    "nextcloud",
    "nginx",
    "phpmyadmin",
    "rabbitmq",
    "redis",
    "registry",
    "rethinkdb",
    "solr",
    "tomcat",
    "zookeeper",
];

/// Those of them that end at once where no variable sets their password.
const SET_UP: [&str; 5] = ["arangodb", "couchdb", "mariadb", "mysql", "postgres"];

#[cfg(test)]
mod tests {
    use super::{SERVERS, is_made_up, server};
    use crate::analysis::sample::container;

    #[test]
    fn what_is_called_as_nothing_real_stands_for_another_image() {
        for image in [
            "dummyimagename",
            "dummyimagename@sha256:0",
            "my-image",
            "myimage:1",
            "foo",
            "ghcr.io/kyverno/test-nginx:dontpull",
            "eu.foo.io/nginx:1",
        ] {
            assert!(container(&format!("image: '{image}'"), is_made_up), "{image}");
        }
        assert!(container("name: a", is_made_up));
        // A word without a tag may be what kustomize or skaffold puts a name in the place of.
        for image in ["busybox", "backup", "me/my-image", "registry.example.com/report", "test/nginx", "test-runner:1"]
        {
            assert!(!container(&format!("image: '{image}'"), is_made_up), "{image}");
        }
    }

    #[test]
    fn an_image_of_a_server_serves_where_it_is_told_nothing_else() {
        let server = |fields: &str| container(fields, |container| server(container).map(str::to_owned));
        for image in ["nginx", "docker.io/library/nginx:1.29", "docker.io/nginx@sha256:0"] {
            assert_eq!(server(&format!("image: '{image}'")).as_deref(), Some("nginx"), "{image}");
        }
        assert_eq!(server("image: 'php:8-apache'").as_deref(), Some("php"));
        for set_up in ["env: [{name: MYSQL_ROOT_PASSWORD, value: a}]", "envFrom: [{secretRef: {name: a}}]"] {
            assert_eq!(server(&format!("image: 'mysql:8', {set_up}")).as_deref(), Some("mysql"), "{set_up}");
        }
        for fields in [
            "image: php",
            "image: nginx, command: [nginx, -t]",
            "image: redis, args: [--help]",
            "image: a/nginx",
            "image: mysql",
        ] {
            assert_eq!(server(fields), None, "{fields}");
        }
    }

    #[test]
    fn the_names_are_in_order_and_each_is_there_once() {
        assert!(SERVERS.windows(2).all(|pair| pair[0] < pair[1]), "{SERVERS:?}");
    }
}
