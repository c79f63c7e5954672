//! `comment-left-behind`

use crate::rule::{Check, Consequence, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/change/comment-left-behind.md"), Check::Change(Consequence::CommentLeft));
