//! Go's text/template as helm runs it, with the origin of every byte that is printed.

mod eval;
mod functions;
mod lex;
mod origin;
mod parse;
mod syntax;
mod text;
mod value;
