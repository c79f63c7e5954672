//! What the API server would say of an object, in the server's terms.

use std::fmt::Debug;
use std::panic::Location;

use super::Path;
use crate::diagnostic::{Basis, Fix, Label, Safety};
use crate::hash;
use crate::text::{Message, Span};
use crate::yaml::{New, Value};

/// The API server's stages; it answers with the first that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The request is too large to be read.
    Request,
    /// The text is not YAML.
    Parse,
    /// A value has the wrong type, or the kind is unknown.
    Decode,
    /// An unknown or a repeated field.
    Strict,
    /// The object breaks a rule of the API.
    Validation,
}

impl Stage {
    /// The word in the machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Parse => "parse",
            Self::Decode => "decode",
            Self::Strict => "strict",
            Self::Validation => "validation",
        }
    }
}

/// Kubernetes' types of cause for a rejected field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// `FieldValueRequired`
    Required,
    /// `FieldValueInvalid`
    Invalid,
    /// `FieldValueNotSupported`
    NotSupported,
    /// `FieldValueDuplicate`
    Duplicate,
    /// `FieldValueForbidden`
    Forbidden,
    /// `FieldValueNotFound`
    NotFound,
    /// `FieldValueTooLong`
    TooLong,
    /// `FieldValueTooMany`
    TooMany,
    /// `FieldValueTypeInvalid`
    TypeInvalid,
    /// `InternalError`
    Internal,
}

impl Reason {
    /// The name in the API server's answer (`metav1.CauseType`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Required => "FieldValueRequired",
            Self::Invalid => "FieldValueInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Duplicate => "FieldValueDuplicate",
            Self::Forbidden => "FieldValueForbidden",
            Self::NotFound => "FieldValueNotFound",
            Self::TooLong => "FieldValueTooLong",
            Self::TooMany => "FieldValueTooMany",
            Self::TypeInvalid => "FieldValueTypeInvalid",
            Self::Internal => "InternalError",
        }
    }
}

/// What a problem is about; each topic has one rule of group `api` and its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// A field that the type does not have.
    UnknownField,
    /// A key that comes twice.
    RepeatedKey,
    /// A value of a type that the field does not take.
    WrongType,
    /// A required field is absent.
    Required,
    /// A number, or a size of something, outside its range.
    OutOfRange,
    /// A value of another form than the field takes.
    Malformed,
    /// A path that may not stand there.
    FilePath,
    /// A resource that cannot be asked for, or not so much or so little of it.
    Resources,
    /// Fields that cannot stand together as they do.
    Contradiction,
    /// What the security of pods and containers does not allow.
    Security,
    /// What a Job makes of its failed and succeeded pods.
    JobPolicy,
    /// How a Job finds its pods.
    JobSelector,
    /// A value outside a fixed set.
    NotSupported,
    /// A value that must be unique and is not.
    Duplicate,
    /// A field that another kind of container has.
    ContainerField,
    /// A field that pods of another operating system have.
    OperatingSystem,
    /// A field that may not stand here, for another reason.
    Forbidden,
    /// A name that refers to nothing.
    NotFound,
    /// A text or number above its limit.
    TooLong,
    /// More items than allowed.
    TooMany,
    /// `spec.schedule`.
    Schedule,
    /// `spec.timeZone`.
    TimeZone,
    /// The pod's `restartPolicy`.
    RestartPolicy,
    /// An object's name, or what is named after it, is too long.
    LongName,
    /// A character that an object's name may not have.
    Name,
    /// `apiVersion` and `kind`.
    ApiVersion,
    /// An API version that was removed.
    ApiVersionRemoved,
    /// No `apiVersion` or no `kind`: the server would know them from the address, but kubectl has none to send it to.
    KindMissing,
    /// A name that the server accepts with a warning: it is a DNS name and no DNS label.
    NoDnsLabel,
    /// A field, an annotation or a label that the server accepts with a warning: another one has its work now.
    Deprecated,
    /// A port that the server accepts with a warning: it is listed already.
    RepeatedPort,
    /// A variable that the server accepts with a warning: it is defined already.
    RepeatedVariable,
    /// An amount that the server accepts with a warning: it is no whole number of bytes.
    FractionOfByte,
    /// The server accepts it and sends another warning.
    ServerWarning,
    /// Fields that the server sets itself, in an object that was copied from a cluster.
    Copied,
    /// A field that this version silently drops, because its feature gate is off.
    DroppedField,
}

impl Topic {
    /// Whether the server rejects an object for what is of this topic; if not, it is a warning.
    #[must_use]
    pub const fn rejects(self) -> bool {
        !self.is_warning() && !matches!(self, Self::DroppedField | Self::KindMissing)
    }

    /// What problems of it rest on, but for those that [speak of absence](Problem::speaks_of_absence).
    #[must_use]
    pub const fn rests_on(self) -> Basis {
        match self {
            Self::UnknownField
            | Self::RepeatedKey
            | Self::WrongType
            | Self::OutOfRange
            | Self::Malformed
            | Self::FilePath
            | Self::NotSupported
            | Self::TooLong
            | Self::TooMany
            | Self::Schedule
            | Self::TimeZone
            | Self::Name
            | Self::ApiVersion
            | Self::ApiVersionRemoved
            | Self::NoDnsLabel
            | Self::Deprecated
            | Self::FractionOfByte
            | Self::DroppedField
            | Self::Copied => Basis::Place,
            Self::Required | Self::RestartPolicy | Self::KindMissing => Basis::Absence,
            Self::Resources
            | Self::Contradiction
            | Self::Security
            | Self::JobPolicy
            | Self::JobSelector
            | Self::Duplicate
            | Self::ContainerField
            | Self::OperatingSystem
            | Self::Forbidden
            | Self::NotFound
            | Self::LongName
            | Self::RepeatedPort
            | Self::RepeatedVariable
            | Self::ServerWarning => Basis::Relation,
        }
    }

    /// Whether the server only warns of it.
    #[must_use]
    pub const fn is_warning(self) -> bool {
        matches!(
            self,
            Self::NoDnsLabel
                | Self::Deprecated
                | Self::RepeatedPort
                | Self::RepeatedVariable
                | Self::FractionOfByte
                | Self::ServerWarning
        )
    }
}

/// What the server's words for a cause depend on, beside its reason and its field: where two causes agree in all three,
/// the server says one thing twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wording {
    /// On nothing more: of what a field lacks the server only says that it is required, whichever part that is.
    Bare,
    /// No other cause is worded alike.
    Own,
    /// On what a check says of a value, as far as the check says different things: the server names one field for several
    /// values.
    Of(&'static Location<'static>, Box<str>),
}

/// Something the API server would answer with, in its terms.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Problem {
    /// What it is about.
    pub topic: Topic,
    /// The stage that fails.
    pub stage: Stage,
    /// The type of cause; `None` before the stage `validation`, and for warnings.
    pub reason: Option<Reason>,
    /// The field as the server names it.
    pub field: String,
    /// What else the server's words depend on.
    pub wording: Wording,
    /// The bytes at fault; for an absent field, the key of the object that lacks it.
    pub span: Span,
    /// What is there and what would be right, in our words: one lower-case sentence without a full stop.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
    /// The field that is to be left out, by its key or its value, where that is a way to mend it.
    pub superfluous: Option<Span>,
    /// Whether another text in the place of the one at fault could be right, so that something may fill it in.
    pub takes_text: bool,
    /// Whether it rests on how several fields go together, although its topic does not say so.
    pub relates: bool,
    /// The check that found it: where it stands in the code.
    pub check: &'static Location<'static>,
    /// The part of the object whose own problem this one only follows from.
    pub echo_of: Option<Span>,
    /// Of one that says nothing, what tells it from others of its check at its place.
    unsaid: u32,
    aside: Option<Box<Aside>>,
}

/// What few problems have. An object may have a million that do not, and those are the smaller for it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Aside {
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
    /// The field that was meant, where the one at fault is misspelled or misplaced; or what is not read because of it.
    pub meant: Option<Box<str>>,
    /// The name of the list that has nothing of the name at fault.
    pub sought_in: Option<&'static str>,
}

impl Aside {
    const NOTHING: &Self = &Self { labels: Vec::new(), fixes: Vec::new(), meant: None, sought_in: None };
}

impl Problem {
    /// A problem of the stage `validation`, with the topic that its reason implies.
    #[must_use]
    #[track_caller]
    pub fn new(reason: Reason, path: &Path<'_>, span: Span, message: impl Into<Message>) -> Self {
        let topic = match reason {
            Reason::Required => Topic::Required,
            Reason::Invalid | Reason::TypeInvalid | Reason::Internal => Topic::Malformed,
            Reason::NotSupported => Topic::NotSupported,
            Reason::Duplicate => Topic::Duplicate,
            Reason::Forbidden => Topic::Forbidden,
            Reason::NotFound => Topic::NotFound,
            Reason::TooLong => Topic::TooLong,
            Reason::TooMany => Topic::TooMany,
        };
        Self {
            topic,
            stage: Stage::Validation,
            reason: Some(reason),
            field: written(path),
            wording: if reason == Reason::Required { Wording::Bare } else { Wording::Own },
            span,
            message: message.into(),
            help: None,
            superfluous: (reason == Reason::Forbidden).then_some(span),
            takes_text: true,
            relates: false,
            check: Location::caller(),
            echo_of: None,
            unsaid: 0,
            aside: None,
        }
    }

    /// A problem of the stages before validation, which have no type of cause.
    #[must_use]
    #[track_caller]
    pub fn before_validation(
        topic: Topic,
        stage: Stage,
        path: &Path<'_>,
        span: Span,
        message: impl Into<Message>,
    ) -> Self {
        Self { topic, stage, reason: None, ..Self::new(Reason::Invalid, path, span, message) }
    }

    /// Whether the server rejects the object for it; if not, it is a warning.
    #[must_use]
    pub fn rejects(&self) -> bool {
        self.topic.rejects()
    }

    /// Whether the server only warns of it.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.topic.is_warning()
    }

    /// Whether it rests on something that is not there: a field, or what a name refers to.
    #[must_use]
    pub fn speaks_of_absence(&self) -> bool {
        matches!(self.reason, Some(Reason::Required | Reason::NotFound)) || self.topic == Topic::KindMissing
    }

    /// Whether it is certain of a part of the object, whatever the rest of it is.
    #[must_use]
    pub fn holds_of_part(&self) -> bool {
        // What only follows from something else is said with that, if that is known.
        let rests_on_place = self.topic.rests_on() == Basis::Place && !self.relates;
        rests_on_place && !self.speaks_of_absence() && self.echo_of.is_none()
    }

    /// Of one that says nothing from the start: what it would speak of, beside its place.
    pub(super) fn speaking_of(mut self, path: &Path<'_>) -> Self {
        self.unsaid = hash::sum(path.field_name()) as u32;
        self
    }

    /// What it says, as a sum: of a few that stand at one place, no two that differ have the same.
    #[must_use]
    pub(crate) fn sum(&self) -> u64 {
        let check = (self.check.line(), self.check.column(), self.unsaid);
        if self.is_unsaid() { hash::sum(check) } else { hash::sum(&self.message) }
    }

    /// Keeps where it is, and what others may follow from: who has a hundred thousand counts them.
    pub(super) fn leave_unsaid(&mut self) {
        if !self.is_unsaid() {
            self.unsaid = hash::sum(&self.message) as u32;
        }
        self.message = Message::default();
        self.help = None;
        let meant = self.aside.take().and_then(|aside| aside.meant);
        if meant.is_some() {
            self.aside_mut().meant = meant;
        }
    }

    /// The field whose value was not read because of it, from which other problems follow.
    pub(super) fn unread_field(&self) -> Option<&str> {
        match self.topic {
            Topic::WrongType => Some(&self.field),
            Topic::UnknownField => self.aside().meant.as_deref(),
            _ => None,
        }
    }

    /// Whether it is one to be counted only: whatever else there would be to say of it is not taken.
    #[must_use]
    pub fn is_unsaid(&self) -> bool {
        self.message.is_empty()
    }

    /// What few problems have.
    #[must_use]
    pub fn aside(&self) -> &Aside {
        self.aside.as_deref().unwrap_or(Aside::NOTHING)
    }

    /// The same, to be added to.
    pub fn aside_mut(&mut self) -> &mut Aside {
        self.aside.get_or_insert_default()
    }

    /// Says that it only follows from what is wrong there, if it does.
    pub fn echoes(&mut self, source: impl Into<Option<Span>>) -> &mut Self {
        if let Some(source) = source.into() {
            self.echo_of = Some(source);
        }
        self
    }

    /// Takes it out.
    pub fn take_aside(&mut self) -> Aside {
        self.aside.take().map_or_else(Aside::default, |aside| *aside)
    }

    /// Puts it under another topic.
    pub fn about(&mut self, topic: Topic) -> &mut Self {
        self.topic = topic;
        self
    }

    /// Says that the server uses the same words wherever this check finds the same `value` in the same field.
    #[track_caller]
    pub fn once_for(&mut self, value: impl Debug) -> &mut Self {
        if !self.is_unsaid() {
            self.wording = Wording::Of(Location::caller(), format!("{value:?}").into());
        }
        self
    }

    /// Says that the server has words of its own for it.
    pub fn in_own_words(&mut self) -> &mut Self {
        self.wording = Wording::Own;
        self
    }

    /// Says that it is mended by leaving the field out.
    pub fn leave_out(&mut self) -> &mut Self {
        self.leave_out_at(self.span)
    }

    /// Says that it is mended by leaving another field out, which stands there.
    pub fn leave_out_at(&mut self, field: Span) -> &mut Self {
        self.superfluous = Some(field);
        self
    }

    /// Says that another field, or the lack of it, makes it what it is.
    pub fn relates(&mut self) -> &mut Self {
        self.relates = true;
        self
    }

    /// Says that leaving the field out does not mend it.
    pub fn keep(&mut self) -> &mut Self {
        self.superfluous = None;
        self
    }

    /// Points at what it cannot stand beside: one of the two is to be left out.
    pub fn beside(&mut self, other: Span) -> &mut Self {
        if self.topic == Topic::Malformed {
            self.about(Topic::Contradiction);
        }
        self.label(other, "the other one").help("leave one of the two out").leave_out()
    }

    /// Says how to mend it.
    pub fn help(&mut self, help: impl Into<Message>) -> &mut Self {
        if !self.is_unsaid() {
            self.help = Some(help.into());
        }
        self
    }

    /// Points at another place that explains it.
    pub fn label(&mut self, span: Span, message: impl Into<Message>) -> &mut Self {
        if self.is_unsaid() {
            return self;
        }
        // Most problems have one at the most, and there may be many of them.
        let labels = &mut self.aside_mut().labels;
        labels.reserve_exact(1);
        labels.push(Label::new(span, message));
        self
    }

    /// Suggests another text in the place of a value, and offers the change.
    pub fn did_you_mean(&mut self, value: Value<'_>, near: &str, safety: Safety) -> &mut Self {
        self.help(format_args!("did you mean `{near}`?")).respell(value, near, safety)
    }

    /// Offers another text in the place of a value.
    pub fn respell(&mut self, value: Value<'_>, text: &str, safety: Safety) -> &mut Self {
        if self.is_unsaid() {
            return self;
        }
        self.fix(Fix { title: format!("write {text}").into(), safety, change: value.set(New::String(text)) })
    }

    /// Offers a change that mends it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        if self.is_unsaid() {
            return self;
        }
        let fixes = &mut self.aside_mut().fixes;
        fixes.reserve_exact(1);
        fixes.push(fix);
        self
    }
}

/// A path as text, which mostly is no longer than this.
fn written(path: &Path<'_>) -> String {
    if matches!(path, Path::Root) {
        return String::new();
    }
    let mut text = String::with_capacity(56);
    path.write(&mut text);
    text
}
