//! Parentheses whose text is not read: arithmetic, and groups in patterns.

use super::Reader;

impl Reader<'_> {
    /// The end of `((…))`, if the two parentheses that stand here are closed side by side.
    pub(super) fn arithmetic_end(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..self.end];
        if !bytes[start..].starts_with(b"((") {
            return None;
        }
        let mut at = start + 2;
        let mut open = 0_u32;
        loop {
            match *bytes.get(at)? {
                b'(' => open += 1,
                b')' if open > 0 => open -= 1,
                b')' => return (bytes.get(at + 1) == Some(&b')')).then_some(at + 2),
                b'\\' => at += 1,
                quote @ (b'\'' | b'"') => at += 1 + memchr::memchr(quote, bytes.get(at + 1..)?)?,
                _ => {}
            }
            at += 1;
        }
    }

    /// Whether `(` here groups a pattern: `@(a|b)`, or within a regular expression.
    pub(super) fn is_grouped(&self, start: usize) -> bool {
        let before = &self.text.as_bytes()[start..self.at];
        matches!(before.last(), Some(b'?' | b'*' | b'+' | b'@' | b'!'))
    }

    /// Skips `(…)`.
    pub(super) fn skip_group(&mut self) -> Option<()> {
        let mut open = 0_u32;
        loop {
            match self.peek()? {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => self.at += 1,
                quote @ (b'\'' | b'"') => {
                    self.at += 1 + memchr::memchr(quote, self.text.as_bytes()[..self.end].get(self.at + 1..)?)?;
                }
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Some(());
            }
        }
    }
}
