//! `script-without-c`

use crate::analysis::Process;
use crate::command::Operand;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/script-without-c"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let argv = &container.argv;
    let Some(Operand::File(at)) = argv.shell().map(|start| start.operand) else { return };
    let Some((word, text)) = argv.item(at) else { return };
    if !is_script(text) {
        return;
    }
    let shell = argv.words().get(at - 1).and_then(|word| word.as_str()).unwrap_or("sh");
    let shown = text.trim().lines().next().unwrap_or_default();
    findings
        .report(word.span(), format!("without `-c` the shell looks for a file called `{shown}`, and runs nothing"))
        .help(format!("write `-c` as an item between `{shell}` and the script"));
}

/// Whether a word is commands, and no name of a file.
fn is_script(text: &str) -> bool {
    let text = text.trim();
    let is_template = text.contains("{{") || text.starts_with('<');
    let has_words = text.contains(char::is_whitespace);
    let file = text.split(char::is_whitespace).next().unwrap_or_default();
    // A file in a folder with a blank in its name ends like a script.
    let is_path = file.starts_with(['/', '.']) && text.ends_with(".sh") && !text.contains(['&', ';', '|', '\n']);
    has_words && !is_template && !is_path
}

#[cfg(test)]
mod tests {
    use super::is_script;

    #[test]
    fn a_script_has_several_words() {
        for text in ["./prepare.sh && ./check.sh", "echo hi", "set -e\n/run.sh\n", "/run.sh; exit 0", "/run.sh --all"] {
            assert!(is_script(text), "{text}");
        }
        for text in [
            "/scripts/run.sh",
            "run.sh",
            "/opt/my app/run.sh",
            "$(SCRIPT)",
            "{{ .Values.script }} x",
            "<your script>",
            "",
            " ",
            "./a b/c.sh",
            "-",
            "${SCRIPT}",
            "/scripts/run.sh\n",
        ] {
            assert!(!is_script(text), "{text}");
        }
    }
}
