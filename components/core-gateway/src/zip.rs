//! A kit as one archive, in the order of its paths, sent file by file.

use crate::http::{Gone, Sink};
use crate::platform::{Call, Platform};
use core_saga::FileView;

/// The files to send.
#[derive(Debug)]
pub struct Archive {
    call: Call,
    /// The folder that everything lies in.
    folder: String,
    files: Vec<FileView>,
}

impl Archive {
    pub(crate) fn new(call: Call, folder: String, mut files: Vec<FileView>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { call, folder, files }
    }

    /// Known before anything is read.
    pub(crate) fn length(&self) -> u64 {
        let names: Vec<String> = self.files.iter().map(|file| self.name(file)).collect();
        let sizes = self.files.iter().map(|file| file.content.bytes);
        core_archive::length(names.iter().map(String::as_str).zip(sizes))
    }

    fn name(&self, file: &FileView) -> String {
        format!("{}/{}", self.folder, file.path)
    }

    /// Sends file by file, holding one at a time.
    pub(crate) fn send(&self, platform: &dyn Platform, sink: &mut Sink<'_>) -> Result<(), Gone> {
        let mut archive = core_archive::Archive::default();
        for file in &self.files {
            // Each file has time of its own: the whole takes as long as the reader does.
            let call =
                Call { deadline_ms: platform.now_ms() + crate::platform::CALL_MS_MAX, ..self.call.clone() };
            let bytes = platform.blob(&call, &file.content)?;
            sink(&archive.file(&self.name(file), &bytes))?;
            sink(&bytes)?;
        }
        sink(&archive.end())
    }
}
