//! `comment-left-behind`

use crate::rule::{Check, Consequence, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("change/comment-left-behind"), Check::Change(Consequence::CommentLeft));
