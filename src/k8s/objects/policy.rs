//! Texts of which the API knows a few: policies and modes.

use super::{FromNode, Node};

/// Declares texts out of a fixed set. The words are as the API spells them, in the order in which messages list them.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $word:ident,)* })*) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name<'a> {
            $($(#[$doc])* $word,)*
            /// A text that the server refuses, or an empty one, which is left out or refused.
            Other(&'a str),
        }

        impl<'a> $name<'a> {
            /// What the API knows.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($word)),*];

            /// The text as written.
            #[must_use]
            pub const fn as_str(self) -> &'a str {
                match self {
                    $(Self::$word => stringify!($word),)*
                    Self::Other(text) => text,
                }
            }
        }

        impl<'a> From<&'a str> for $name<'a> {
            fn from(text: &'a str) -> Self {
                match text {
                    $(stringify!($word) => Self::$word,)*
                    other => Self::Other(other),
                }
            }
        }

        impl<'a> FromNode<'a> for $name<'a> {
            #[inline]
            fn from_node(node: Node<'a>) -> Option<Self> {
                node.value.as_str().map(Self::from)
            }
        }
    )* };
}

words! {
    /// What is done at the time of a run while an earlier one goes on.
    ConcurrencyPolicy {
        /// Both run.
        Allow,
        /// The later one is left out.
        Forbid,
        /// The earlier one is deleted.
        Replace,
    }

    /// Whether the pods of a Job are told apart.
    CompletionMode {
        /// Any pod is as good as another.
        NonIndexed,
        /// Each has an index.
        Indexed,
    }

    /// When an image is fetched.
    ImagePullPolicy {
        /// For each container.
        Always,
        /// When the node does not have it.
        IfNotPresent,
        /// Not at all.
        Never,
    }

    /// When a pod that ends is replaced by another.
    PodReplacementPolicy {
        /// When it has failed.
        Failed,
        /// As soon as it is being deleted.
        TerminatingOrFailed,
    }

    /// When the containers of a pod are started again.
    RestartPolicy {
        /// Whenever they end.
        Always,
        /// When they fail.
        OnFailure,
        /// Not at all.
        Never,
    }
}

#[cfg(test)]
mod tests {
    use super::RestartPolicy;

    #[test]
    fn texts_that_the_api_does_not_know_are_kept() {
        for text in ["Always", "OnFailure", "Never", "never", ""] {
            let policy = RestartPolicy::from(text);
            assert_eq!(policy.as_str(), text);
            assert_eq!(RestartPolicy::WORDS.contains(&text), policy != RestartPolicy::Other(text), "{text}");
        }
    }
}
