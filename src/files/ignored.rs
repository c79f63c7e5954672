//! Files that tell git what to ignore: they are read before anything else of their folder, and may be traps.

use std::env;
use std::path::{Path, PathBuf};

use super::{Error, kind};

/// Above this, no person wrote it.
const MOST: u64 = 1 << 20;

/// What keeps a folder from being walked: a file of git's that never ends, never answers, or takes long to understand.
#[expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]
pub(super) fn trap_in(folder: &Path) -> Option<Error> {
    [".gitignore", ".git/info/exclude"].into_iter().find_map(|name| {
        let path = folder.join(name);
        let metadata = std::fs::metadata(&path).ok()?;
        let what = match metadata.file_type() {
            kind if kind.is_dir() => return None,
            kind if !kind.is_file() => kind::names(kind)[0],
            _ if metadata.len() > MOST => "larger than 1 MiB",
            _ => return None,
        };
        Some(Error::new(&path, format!("{what}, so that its folder is not searched")))
    })
}

/// Whether something may be ignored in all folders of whoever runs this: few people say so, and to look closer takes as long as
/// a walk of a thousand files.
#[expect(clippy::disallowed_methods, reason = "git's own settings are on the disk, where the environment says")]
pub(super) fn may_be_everywhere() -> bool {
    let named = |variable: &str| env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    let home = env::home_dir();
    let own = named("XDG_CONFIG_HOME").or_else(|| Some(home.as_ref()?.join(".config")));
    let all = [
        named("GIT_CONFIG_GLOBAL"),
        home.map(|home| home.join(".gitconfig")),
        own.as_ref().map(|own| own.join("git/config")),
        named("GIT_CONFIG_SYSTEM").or_else(|| Some("/etc/gitconfig".into())),
    ];
    let says = |file: &PathBuf| {
        const WORD: &[u8] = b"excludesfile";
        let text = std::fs::read(file).unwrap_or_default();
        text.windows(WORD.len()).any(|word| word.eq_ignore_ascii_case(WORD))
    };
    all.iter().flatten().any(says) || own.is_some_and(|own| own.join("git/ignore").exists())
}
