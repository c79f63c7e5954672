//! What objects of a repository hold: one git is asked, as often as there is something to ask.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use super::{UNREADABLE, no_git, said};

/// So many bytes of questions wait in a pipe until somebody reads them.
const ROOM: usize = 4_096;

/// A git that answers what objects hold.
#[derive(Debug)]
pub(super) struct Objects {
    git: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    pub(super) fn start(mut git: Command) -> Result<Self, String> {
        let git = git.arg("cat-file").arg("--batch");
        let mut git =
            git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(no_git)?;
        let (questions, answers) = (git.stdin.take(), git.stdout.take().expect("its output is a pipe"));
        Ok(Self { git, questions, answers: BufReader::new(answers) })
    }

    /// What they hold, by their names.
    pub(super) fn contents(&mut self, names: &[&str]) -> Result<Vec<Vec<u8>>, String> {
        let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
        let Self { git, questions, answers } = self;
        let mut ask = || questions.as_mut().map(|questions| questions.write_all(asked.as_bytes()));
        let mut read = || -> io::Result<Vec<Vec<u8>>> { names.iter().map(|_| content(answers)).collect() };
        let contents = if asked.len() <= ROOM {
            drop(ask());
            read()
        } else {
            thread::scope(|scope| {
                // Git answers while it is asked: neither side waits for the other.
                scope.spawn(ask);
                let contents = read();
                if contents.is_err() {
                    // What is still to be asked, it would not read.
                    drop(git.kill());
                }
                contents
            })
        };
        contents.map_err(|_| self.complaint())
    }

    /// What it says where it does not answer.
    fn complaint(&mut self) -> String {
        self.end();
        drop(self.git.wait());
        let mut errors = Vec::new();
        if let Some(mut stderr) = self.git.stderr.take() {
            drop(stderr.read_to_end(&mut errors));
        }
        Some(said(&errors)).filter(|said| !said.is_empty()).unwrap_or_else(|| UNREADABLE.to_owned())
    }

    /// Git ends with the questions; to one that does not, nobody listens. Nobody waits for it either: whoever asked it ends
    /// soon, too.
    fn end(&mut self) {
        drop(self.questions.take());
        drop(self.git.kill());
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.end();
    }
}

/// The content of the next object: `<name> blob 12`, the content, and a line break.
fn content(answers: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse().ok());
    let mut content = vec![0; size.ok_or(io::ErrorKind::InvalidData)?];
    answers.read_exact(&mut content)?;
    answers.read_exact(&mut [0])?;
    Ok(content)
}
