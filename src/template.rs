//! Go's text/template as helm runs it, with the origin of every byte that is printed.

mod chart;
mod eval;
mod functions;
mod lex;
mod object;
mod origin;
mod parse;
mod render;
mod syntax;
mod text;
mod value;
