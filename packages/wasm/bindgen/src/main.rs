//! What wasm-bindgen's own program does, as far as it is needed: `bindgen WASM FOLDER NAME [PAGE…]` writes the JavaScript
//! for a module. Of pages that are named, the module has the front matter alone: nobody asks it for the rest, which is
//! compiled in and cannot be left out there.

use std::collections::BTreeSet;
use std::path::PathBuf;

use wasm_bindgen_cli_support::Bindgen;

/// What a page's front matter stands between.
const LINE: &[u8] = b"---\n";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name, pages @ ..] = words.as_slice() else { panic!("bindgen WASM FOLDER NAME [PAGE…]") };
    let mut bytes = std::fs::read(module).expect("the module can be read");
    blank(&mut bytes, pages);
    let blanked = PathBuf::from(folder).with_extension("wasm");
    std::fs::write(&blanked, bytes).expect("the folder beside it can be written to");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&blanked).out_name(name).omit_default_module_path(true).typescript(true);
    bindgen.web(true).expect("nothing else was asked for").generate(folder).expect("the module can be read");
    std::fs::remove_file(blanked).expect("it was written");
}

/// Puts zeros where the pages have their texts: they are as good as nothing, once the module is packed.
fn blank(module: &mut [u8], pages: &[String]) {
    let read = |path: &String| std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut pages: BTreeSet<Vec<u8>> = pages.iter().map(read).collect();
    let starts: Vec<usize> = places_of(module, LINE).collect();
    for start in starts {
        let Some(page) = pages.iter().find(|page| module[start..].starts_with(page)).cloned() else { continue };
        let front = LINE.len() + places_of(&page[LINE.len()..], LINE).next().expect("a page has its front matter");
        module[start + front + LINE.len()..start + page.len()].fill(0);
        pages.remove(&page);
    }
    assert!(pages.is_empty(), "{} pages are not in the module as they are written", pages.len());
}

/// Where these bytes are.
fn places_of<'m>(module: &'m [u8], bytes: &'m [u8]) -> impl Iterator<Item = usize> + 'm {
    module.windows(bytes.len()).enumerate().filter(move |(_, window)| *window == bytes).map(|(at, _)| at)
}
