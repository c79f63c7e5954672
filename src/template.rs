//! Go's text/template as helm runs it, with the origin of every byte that is printed.

mod functions;
mod origin;
mod text;
mod value;
