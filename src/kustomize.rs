//! What kustomizations say of patches, and what an operation of a JSON patch makes of the object that it is for. Nothing is
//! built.

mod kustomization;
mod operations;

pub use kustomization::{Kustomization, Patch, Text, aim, is_file_name};
pub use operations::{Made, expand};
