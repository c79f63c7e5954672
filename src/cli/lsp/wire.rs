//! Messages as they come and go over standard input and output. What is said is written as text at once: the messages of
//! `lsp_server` hold it as values first, which take longer to make of a large file's findings than the findings.

use std::io::{self, Write as _};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use lsp_server::{ErrorCode, Message, RequestId};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The threads that read and write.
pub(super) struct Wire {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
}

/// What is said to the editor.
#[derive(Debug, Clone)]
pub(super) struct Voice(Sender<String>);

impl Wire {
    /// Begins to read, and hands over each message; `None` when there are no more.
    pub(super) fn start(hear: impl Fn(Option<Message>) + Send + 'static) -> (Self, Voice) {
        let (voice, said) = mpsc::channel();
        let wire = Self { reader: thread::spawn(move || read(hear)), writer: thread::spawn(move || write(said)) };
        (wire, Voice(voice))
    }

    /// Waits until all that was said is written.
    ///
    /// # Errors
    /// Something came that is no message, or the editor does not listen.
    pub(super) fn end(self) -> io::Result<()> {
        let ended = |thread: JoinHandle<io::Result<()>>| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a bug in batchlint")))
        };
        let read = ended(self.reader);
        let written = ended(self.writer);
        read.and(written)
    }
}

fn read(hear: impl Fn(Option<Message>)) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let ended = loop {
        match Message::read(&mut input) {
            Ok(Some(message)) => {
                let is_last = matches!(&message, Message::Notification(last) if last.method == "exit");
                hear(Some(message));
                if is_last {
                    break Ok(());
                }
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    hear(None);
    ended
}

fn write(said: Receiver<String>) -> io::Result<()> {
    let mut output = io::stdout().lock();
    for text in said {
        write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        output.flush()?;
    }
    Ok(())
}

/// A message, with what is in it.
#[derive(Serialize)]
struct Said<'a, B> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RequestId>,
    #[serde(flatten)]
    body: B,
}

#[derive(Serialize)]
struct Told<'a, P> {
    method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<P>,
}

impl Voice {
    /// Answers with what was written already.
    pub(super) fn answer(&self, id: &RequestId, result: &RawValue) {
        #[derive(Serialize)]
        struct Answered<'a> {
            result: &'a RawValue,
        }
        self.write(Some(id), Answered { result });
    }

    pub(super) fn refuse(&self, id: &RequestId, code: ErrorCode, message: &str) {
        #[derive(Serialize)]
        struct Refused<'a> {
            error: Why<'a>,
        }
        #[derive(Serialize)]
        struct Why<'a> {
            code: i32,
            message: &'a str,
        }
        self.write(Some(id), Refused { error: Why { code: code as i32, message } });
    }

    pub(super) fn ask(&self, id: &RequestId, method: &str, params: &Value) {
        self.write(Some(id), Told { method, params: Some(params).filter(|params| !params.is_null()) });
    }

    pub(super) fn notify(&self, method: &str, params: impl Serialize) {
        self.write(None, Told { method, params: Some(params) });
    }

    /// Where the editor is gone, nobody is left to tell.
    fn write(&self, id: Option<&RequestId>, body: impl Serialize) {
        let text = serde_json::to_string(&Said { jsonrpc: "2.0", id, body }).expect("what is said has texts for keys");
        let _ = self.0.send(text);
    }
}
