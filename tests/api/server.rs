//! A server of our own in its own folder, on a free port.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
    log: Option<std::thread::JoinHandle<String>>,
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    pub(crate) fn start_with(folder: &Path, flags: &[&str]) -> Self {
        Self::start_on("127.0.0.1:0", folder, flags)
    }

    pub(crate) fn start_on(listen: &str, folder: &Path, flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lanepad"))
            .args(["serve", "--listen", listen, "--data"])
            .arg(folder)
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let mut errors = child.stderr.take().expect("piped");
        let log = std::thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).expect("a log");
            text
        });
        let Some(address) = line.split_whitespace().find(|word| word.starts_with("http")) else {
            panic!("the server did not start: {}", log.join().expect("a log"));
        };
        Self { address: address.to_owned(), child, log: Some(log) }
    }

    /// Stops it as a supervisor would, and gives what it logged.
    pub(crate) fn stop(mut self) -> String {
        let stopped = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(stopped.success());
        assert!(self.child.wait().expect("it ends").success(), "the server did not end cleanly");
        self.log.take().expect("a log").join().expect("a log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
