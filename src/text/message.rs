//! What is said to people.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::visible;

/// Characters of a sentence that are kept where it is cut: what it says first, and how it ends.
const HEAD: usize = 280;
const TAIL: usize = 120;
/// Bytes that a sentence may have more room than it needs.
const SLACK: usize = 32;

/// A sentence for people, on one line: what of it could steer a terminal or mislead a reader is written as an escape, and
/// what it quotes at more length than a line bears is cut.
///
/// Sentences quote manifests, which may hold anything. So there is no way to make one that is not
/// [visible()]; who makes it only writes what there is to say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Message(Cow<'static, str>);

impl Message {
    /// The sentence.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Message {
    /// Most sentences quote nothing: of those, any number takes no room.
    fn from(text: &'static str) -> Self {
        match visible(text) {
            Cow::Borrowed(_) if cut(text).is_none() => Self(text.into()),
            _ => Self::quoting(text),
        }
    }
}

impl From<String> for Message {
    fn from(mut text: String) -> Self {
        match visible(&text) {
            Cow::Borrowed(_) if cut(&text).is_none() => {
                // Less than this an allocator hardly takes back.
                if text.capacity() >= text.len() + SLACK {
                    text.shrink_to_fit();
                }
                Self(text.into())
            }
            _ => Self::quoting(&text),
        }
    }
}

impl From<fmt::Arguments<'_>> for Message {
    /// Whoever may not want the sentence gives it like this: until then nothing is written.
    fn from(parts: fmt::Arguments<'_>) -> Self {
        match parts.as_str() {
            Some(text) => text.into(),
            None => fmt::format(parts).into(),
        }
    }
}

impl From<Cow<'static, str>> for Message {
    fn from(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl From<Message> for String {
    fn from(message: Message) -> Self {
        message.0.into_owned()
    }
}

impl Message {
    /// A sentence that is not to be said as it is.
    fn quoting(text: &str) -> Self {
        let text = match cut(text) {
            Some((head, tail)) => format!("{}…{}", visible(head), visible(tail)),
            None => visible(text).into_owned(),
        };
        Self(text.into())
    }
}

/// Head and tail of a text that is too long to be said.
fn cut(text: &str) -> Option<(&str, &str)> {
    if text.len() <= HEAD + TAIL {
        return None;
    }
    let (head, _) = text.char_indices().nth(HEAD)?;
    let (tail, _) = text.char_indices().nth_back(TAIL - 1)?;
    (head < tail).then(|| (&text[..head], &text[tail..]))
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, out)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stays_on_one_line_whatever_it_quotes() {
        let hostile = "`\u{1b}[31m\n\u{85}\u{2028}\u{202e}\u{0}` is not a name";
        assert_eq!(Message::from(hostile), "`\\u{1b}[31m\\n\\u{85}\\u{2028}\\u{202e}\\u{0}` is not a name");
        assert_eq!(Message::from(hostile.to_owned()), Message::from(hostile));
        let said_again = Message::from(String::from(Message::from(hostile)));
        assert_eq!(said_again, Message::from(hostile));
    }

    #[test]
    fn what_is_too_long_is_cut_in_the_middle() {
        let long = Message::from(format!("`{}` is not a name", "é\u{1b}".repeat(500_000)));
        assert!(long.starts_with("`é\\u{1b}é") && long.ends_with("é\\u{1b}` is not a name"), "{long}");
        assert_eq!(long.chars().filter(|char| *char == 'é' || *char == '…').count(), 193);
        for length in [HEAD + TAIL, HEAD + TAIL + 1] {
            let text = "日".repeat(length);
            let said = Message::from(text);
            assert_eq!(said.contains('…'), length > HEAD + TAIL);
        }
    }
}
