//! Any text as a script: what is read of it stands in it, whatever Kubernetes fills in before.

use batchlint::command::{Command, Flow, List, Place, Script, Text, shell};

pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let start = shell(&["bash", "-euo", "pipefail", "-c", text].map(|word| Some(word.into()))).expect("a shell");
    for filled in [Text::written(text), Text::expanded(text, |name| name.len() == 1)] {
        let Some(script) = Script::read(filled, &start) else { continue };
        look_at(&script, text);
        script.inner().iter().for_each(|inner| look_at(inner, text));
    }
}

fn look_at(script: &Script<'_>, written: &str) {
    let flow = Flow::of(script);
    for run in &flow.runs {
        for place in [run.variable, run.hidden_by].into_iter().flatten() {
            stands(script, written, place);
        }
        let _ = script.last_call(run.pipeline).map(|call| stands(script, written, call.place));
    }
    script.comments.iter().for_each(|comment| stands(script, written, comment.place));
    let mut last = 0;
    list(&script.list, &mut last);
    script.list.walk(&mut |command| {
        stands(script, written, command.place);
        command.each_word(&mut |word| {
            stands(script, written, word.place);
            assert!(command.place.holds(word.place), "{word:?} is not in its command");
            word.parts.iter().for_each(|part| stands(script, written, part.place));
        });
        let _ = script.sleeps_for_ever(command);
    });
}

/// Commands of a list stand one behind the other.
fn list(list: &List, last: &mut u32) {
    for command in list.items.iter().flat_map(|item| item.pipelines()).flat_map(|pipeline| &pipeline.stages) {
        let Command { place, .. } = command;
        assert!(*last <= place.start && place.start < place.end, "{place:?} stands before {last}");
        *last = place.end;
    }
}

fn stands(script: &Script<'_>, written: &str, place: Place) {
    assert!(script.text.as_str().get(place.range()).is_some(), "{place:?} is not in the text");
    let range = script.text.written_at(place);
    assert!(range.start <= range.end && range.end <= written.len(), "{range:?} is not in what is written");
}
