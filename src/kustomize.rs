//! What kustomizations say of patches, and what an operation of a JSON patch makes of the object that it is for. Nothing is
//! built.

mod aim;
mod kustomization;
mod operations;

pub use aim::{aim, aims};
pub use kustomization::{Kustomization, Patch, Text, is_file_name, is_patch};
pub use operations::{Made, expand};
