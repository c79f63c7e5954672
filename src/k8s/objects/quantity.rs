//! Quantities as fields of objects.

use super::{FromNode, Node};
use crate::k8s::format::Quantity;

impl<'a> FromNode<'a> for Quantity<'a> {
    fn from_node(node: Node<'a>) -> Option<Self> {
        Quantity::read(node.value)?.ok()
    }

    fn from_null(_null: Node<'a>) -> Option<Self> {
        Some(Quantity::ZERO)
    }
}
