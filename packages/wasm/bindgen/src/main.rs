//! What wasm-bindgen's own program does, as far as it is needed: `bindgen WASM FOLDER NAME` writes the JavaScript for a
//! module.

use wasm_bindgen_cli_support::Bindgen;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = words.as_slice() else { panic!("bindgen WASM FOLDER NAME") };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).omit_default_module_path(true).typescript(true);
    bindgen.web(true).expect("nothing else was asked for").generate(folder).expect("the module can be read");
}
