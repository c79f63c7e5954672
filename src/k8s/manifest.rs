//! Which documents are Jobs and CronJobs, which claim to be, and which are none of our business.

use crate::k8s::objects::{
    CronJob, CronJobSpec, Field, FromNode, Job, JobSpec, Node, ObjectMeta, PodSpec, PodTemplateSpec,
};
use crate::k8s::schema::{self, API_VERSION, Type};
use crate::k8s::{Extent, Index, Locator, index};
use crate::text::Span;
use crate::yaml::{Document, Entry, Value, ValueId};

/// The two kinds that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A Job.
    Job,
    /// A CronJob.
    CronJob,
}

impl Resource {
    /// The kind as Kubernetes spells it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Job => "Job",
            Self::CronJob => "CronJob",
        }
    }

    /// The one of this kind.
    pub(crate) fn named(kind: &str) -> Option<Self> {
        [Self::Job, Self::CronJob].into_iter().find(|resource| resource.kind() == kind)
    }

    /// Its type. What was meant as an object of another API version is read as one of `batch/v1`.
    pub(crate) fn of_type(self) -> &'static Type {
        schema::root(API_VERSION, self.kind()).expect("the table has both kinds")
    }

    /// The one it is spelled like, whatever its case.
    fn spelled(kind: &str) -> Option<Self> {
        [Self::Job, Self::CronJob].into_iter().find(|resource| resource.kind().eq_ignore_ascii_case(kind))
    }
}

/// One object of a file: a document, or an item of a list.
#[derive(Debug, Clone, Copy)]
pub struct Manifest<'a> {
    /// What it is, or was plainly meant to be.
    pub resource: Option<Resource>,
    /// The object.
    pub root: Value<'a>,
    /// The document it stands in.
    pub document: &'a Document,
    /// How much of it that has.
    pub extent: Extent,
    index: Option<&'a Index>,
}

/// What is to be done with one object of a file.
#[derive(Debug, Clone)]
pub enum Classified<'a> {
    /// A Job, a CronJob, or an object that claims to belong to their API group.
    Checked(Manifest<'a>),
    /// Something else.
    NotChecked {
        /// Its kind, where it has one.
        kind: Option<&'a str>,
        /// Its name, where it has one.
        name: Option<&'a str>,
        /// The object, or what stands in the place of one.
        root: Value<'a>,
        /// Why it is not checked.
        reason: NotChecked,
    },
}

/// Why an object is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotChecked {
    /// It belongs to another API.
    OtherKind,
    /// It has no `kind`, or its kind is no string.
    NoKind,
    /// It is no mapping.
    NotAnObject,
}

/// The objects of one document, lists walked into, and where a single one has its fields.
#[derive(Debug)]
pub struct Objects {
    found: Vec<Found>,
    extent: Extent,
    index: Index,
}

/// An object, to be kept.
#[derive(Debug)]
struct Found {
    root: ValueId,
    /// What it is, or was plainly meant to be, if it is ours.
    is: Result<Option<Resource>, NotChecked>,
}

impl Objects {
    /// Finds the objects of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self::find(document, None, Extent::Whole)
    }

    /// Finds those of which a document has a part, as a patch does; what it is for may be known by what aims it.
    #[must_use]
    pub fn of_patch(document: &Document, aim: Option<Resource>) -> Self {
        Self::find(document, aim, Extent::Part)
    }

    /// Finds that a document is no object, whatever it holds.
    #[must_use]
    pub fn of_none(document: &Document) -> Self {
        let is_none = |root: Value<'_>| {
            let why = if root.is_mapping() { NotChecked::NoKind } else { NotChecked::NotAnObject };
            Found { root: root.to_id(), is: Err(why) }
        };
        let found = document.root().map(is_none).into_iter().collect();
        Self { found, extent: Extent::Whole, index: Index::default() }
    }

    /// What says nothing of itself is what is `given`.
    fn find(document: &Document, given: Option<Resource>, extent: Extent) -> Self {
        let (mut found, mut open) = (Vec::with_capacity(1), Vec::new());
        let mut next = document.root().map(|root| (root, given));
        let mut served = Vec::new();
        while let Some((root, given)) = next {
            let of = index::type_of(root).or_else(|| given.filter(|_| says_nothing(root)).map(Resource::of_type));
            if let Some((of, resource)) = of.and_then(|of| Some((of, Resource::named(of.name())?))) {
                // Most documents have one, and many of those that are small have none.
                served.reserve_exact(usize::from(served.is_empty()));
                served.push((root, of));
                found.push(Found { root: root.to_id(), is: Ok(Some(resource)) });
            } else {
                let head = Head::of(root);
                match head.items() {
                    Some(items) => {
                        let kind = head.kind.filter(|_| head.api_version == Some(API_VERSION));
                        let given = kind.and_then(|kind| Resource::named(kind.strip_suffix("List")?));
                        open.extend(items.items().map(|item| (item, given)).collect::<Vec<_>>().into_iter().rev());
                    }
                    None => found.push(Found { root: root.to_id(), is: classify(root, &head) }),
                }
            }
            next = open.pop();
        }
        // Those of a long list would take more room than the list itself.
        let index = match served[..] {
            [(root, of)] => Index::of(root, of),
            _ => Index::default(),
        };
        Self { found, extent, index }
    }

    /// The objects of that document, in order of place.
    pub fn iter<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Classified<'a>> {
        self.found.iter().map(move |found| {
            let root = document.value(found.root);
            match found.is {
                Ok(resource) => {
                    let (extent, index) = (self.extent, Some(&self.index));
                    Classified::Checked(Manifest { resource, root, document, extent, index })
                }
                Err(reason) => {
                    let kind = text(root, "kind");
                    Classified::NotChecked { kind, name: name(root), root, reason }
                }
            }
        })
    }

    /// Those that are ours.
    pub fn manifests<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Manifest<'a>> {
        self.iter(document).filter_map(|object| match object {
            Classified::Checked(manifest) => Some(manifest),
            Classified::NotChecked { .. } => None,
        })
    }
}

/// The fields that tell what an object is.
struct Head<'a> {
    kind: Option<&'a str>,
    api_version: Option<&'a str>,
    items: Option<Value<'a>>,
}

impl<'a> Head<'a> {
    fn of(object: Value<'a>) -> Self {
        Self {
            kind: text(object, "kind"),
            api_version: text(object, "apiVersion"),
            items: object.get("items").map(|items| items.value),
        }
    }

    /// The items of a list of objects.
    fn items(&self) -> Option<Value<'a>> {
        self.items.filter(|_| self.kind.is_some_and(|kind| is_list(kind, self.api_version)))
    }
}

/// The kind and the name of a document, as far as they can be read.
pub(crate) fn identity(document: &Document) -> (Option<&str>, Option<&str>) {
    let root = document.root();
    (root.and_then(|root| text(root, "kind")), root.and_then(name))
}

fn is_list(kind: &str, api_version: Option<&str>) -> bool {
    match kind {
        "List" => api_version == Some("v1"),
        "JobList" | "CronJobList" => api_version.is_some_and(|version| group(version) == "batch"),
        _ => false,
    }
}

/// Whether an item leaves it to its list to say what it is; kubectl gives it that one's kind then.
///
/// k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/helpers.go, decodeToList, as of v1.37.
fn says_nothing(item: Value<'_>) -> bool {
    item.is_mapping() && item.get("kind").is_none() && item.get("apiVersion").is_none()
}

/// What an object is, unless it is none of our business.
fn classify(root: Value<'_>, head: &Head<'_>) -> Result<Option<Resource>, NotChecked> {
    if root.entries().len() == 0 {
        return Err(NotChecked::NotAnObject);
    }
    let group = group(head.api_version.unwrap_or_default());
    let ours = group.eq_ignore_ascii_case("batch");
    let Some(kind) = head.kind else { return if group == "batch" { Ok(None) } else { Err(NotChecked::NoKind) } };
    let resource = Resource::spelled(kind);
    // Other projects have Jobs of their own, in groups that are domains; a group without a dot is Kubernetes' own.
    let misplaced = resource.is_some() && !group.contains('.');
    if ours || misplaced { Ok(resource) } else { Err(NotChecked::OtherKind) }
}

/// The API group of an `apiVersion`: what stands before the slash.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

fn text<'a>(object: Value<'a>, key: &str) -> Option<&'a str> {
    object.get(key)?.value.as_str()
}

fn name<'a>(root: Value<'a>) -> Option<&'a str> {
    let metadata = root.get("metadata")?.value;
    text(metadata, "name").or_else(|| text(metadata, "generateName"))
}

impl<'a> Manifest<'a> {
    /// The object at a value, whose fields the index has, if it is one of ours.
    #[must_use]
    pub fn at(root: Value<'a>, index: &'a Index) -> Self {
        let resource = classify(root, &Head::of(root)).ok().flatten();
        Self { resource, root, document: root.document(), extent: Extent::Whole, index: Some(index) }
    }

    /// An object that is none of ours, as far as others may know it by its name.
    pub(crate) fn other(root: Value<'a>) -> Self {
        Self { resource: None, root, document: root.document(), extent: Extent::Whole, index: None }
    }

    /// Asks much of the object: one of many in a document is indexed for as long as that takes.
    pub(crate) fn indexed<T>(self, ask: impl FnOnce(Manifest<'_>) -> T) -> T {
        if self.index.is_some_and(|index| index.has(self.root)) {
            return ask(self);
        }
        let own = Index::of_object(self.root);
        ask(Manifest { index: Some(&own), ..self })
    }

    /// The object with what is known of its fields.
    pub(super) fn node(self) -> Node<'a> {
        Node { value: self.root, index: self.index }
    }

    /// `apiVersion` as written, if it is a string, or that of the list that the object is in.
    #[must_use]
    pub fn api_version(self) -> Option<&'a str> {
        text(self.root, "apiVersion").or_else(|| self.is_named_by_list().then_some(API_VERSION))
    }

    /// `kind` as written, if it is a string, or what the list that the object is in says.
    #[must_use]
    pub fn kind(self) -> Option<&'a str> {
        text(self.root, "kind").or_else(|| self.resource.filter(|_| self.is_named_by_list()).map(Resource::kind))
    }

    /// Whether only what the object is in, a list or a patch, says what it is.
    #[must_use]
    pub fn is_named_by_list(self) -> bool {
        self.resource.is_some() && says_nothing(self.root)
    }

    /// The object's name, or what the server makes a name from.
    #[must_use]
    pub fn name(self) -> Option<&'a str> {
        name(self.root)
    }

    /// `metadata.namespace`, if there is one.
    #[must_use]
    pub fn namespace(self) -> Option<&'a str> {
        Some(self.metadata()?.namespace()?.value)
    }

    /// The object's metadata.
    #[must_use]
    pub fn metadata(self) -> Option<ObjectMeta<'a>> {
        ObjectMeta::from_node(Node { value: self.root.get("metadata")?.value, index: self.index })
    }

    /// The field `spec` of a CronJob.
    #[must_use]
    pub fn cron_job_field(self) -> Option<Field<'a, CronJobSpec<'a>>> {
        CronJob::from_node(self.node()).filter(|_| self.resource == Some(Resource::CronJob))?.spec()
    }

    /// What a CronJob does, if it is one.
    #[must_use]
    pub fn cron_job(self) -> Option<CronJobSpec<'a>> {
        self.cron_job_field().map(|spec| spec.value)
    }

    /// The field `spec` of a Job, or of the Jobs that a CronJob makes.
    #[must_use]
    pub fn job_field(self) -> Option<Field<'a, JobSpec<'a>>> {
        match self.resource? {
            Resource::Job => Job::from_node(self.node())?.spec(),
            Resource::CronJob => self.cron_job()?.job_template()?.value.spec(),
        }
    }

    /// The Job's spec: its own, or that of the Jobs a CronJob makes.
    #[must_use]
    pub fn job(self) -> Option<JobSpec<'a>> {
        self.job_field().map(|spec| spec.value)
    }

    /// The template of the pods.
    #[must_use]
    pub fn pod_template(self) -> Option<PodTemplateSpec<'a>> {
        Some(self.job()?.template()?.value)
    }

    /// Whether a part only says by its name which object it is for, or not even that where something else does. A name
    /// is the object's new one where nothing else is changed.
    pub(super) fn names_its_object(self) -> bool {
        let metadata = self.root.get("metadata").map(|metadata| metadata.value);
        let is_head = |key: &str| matches!(key, "apiVersion" | "kind" | "metadata");
        self.root.entries().any(|entry| !is_head(entry.key))
            || metadata.is_some_and(|all| all.entries().nth(1).is_some())
    }

    /// What the pods run.
    #[must_use]
    pub fn pod_spec(self) -> Option<PodSpec<'a>> {
        Some(self.pod_template()?.spec()?.value)
    }

    /// Tells Kubernetes' paths within the object.
    #[must_use]
    pub fn locator(self) -> Locator<'a> {
        Locator::new(self.root, self.resource.map(Resource::of_type))
    }

    /// Where to point when the object as a whole is meant: its `kind`, or its first bytes.
    #[must_use]
    pub fn place(self) -> Span {
        let kind: Option<Entry<'a>> = self.root.get("kind");
        kind.map_or(Span::empty(self.root.span().start), |kind| kind.value.span())
    }
}
