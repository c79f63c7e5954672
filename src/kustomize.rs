//! What kustomizations say of patches, what an operation of a JSON patch makes of the object that it is for, and what a
//! kustomization builds.

mod aim;
#[cfg(feature = "templates")]
pub mod build;
mod fault;
mod kustomization;
mod operations;
mod quoted;

pub use aim::{aim, aims};
pub use fault::Fault;
pub use kustomization::{Kustomization, Patch, Text, is_file_name, is_patch};
pub use operations::{Made, expand};
