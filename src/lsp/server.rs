//! The loop: messages come in, the site is compiled when something has changed, what is wrong is published, questions are answered.
//!
//! Messages that wait are taken in together. Then the page that is typed in is brought up to date and what is wrong with it published; the whole is compiled when
//! typing pauses. A question about a place waits until the book is that of the texts as they are; an offer of what to type does not, because it looks at the open text
//! itself. Whatever fails is answered as an error, and the loop goes on.

use super::compiler::{Compiler, Outcome};
use super::diagnostics::Published;
use super::documents::Documents;
use super::position::Encoding;
use super::rename::{self, Reach};
use super::transport::{self, Garbage};
use super::view::View;
use super::{actions, completion, hover, paths, references, symbols};
use crate::workspace;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Exit, Initialized, LogMessage, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, Initialize,
    PrepareRenameRequest, References, RegisterCapability, Rename, Request as _, Shutdown, WorkspaceSymbolRequest,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, CompletionResponse, DidChangeWatchedFilesRegistrationOptions,
    FileSystemWatcher, GlobPattern, HoverProviderCapability, InitializeParams, InitializeResult, LogMessageParams,
    MessageType, NumberOrString, OneOf, Registration, RegistrationParams, RenameOptions, ResourceOperationKind,
    SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkDoneProgressOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::{self, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// For how long nothing must come in before the whole site is compiled.
const PAUSE: Duration = Duration::from_millis(150);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The editor asked for it and was answered.
    Properly,
    /// The editor went away.
    Abruptly,
}

/// What the loop waits for.
enum Event {
    Message(Message),
    Garbage(Garbage),
    /// No more messages will come.
    Closed,
    Compiled(Outcome),
}

/// Serves an editor on standard input and output until it says that it is done. `root` is the site's folder, where it is not the editor's to name.
pub fn serve(root: Option<PathBuf>) -> io::Result<Ended> {
    let (events, incoming) = channel();
    let (out, outgoing) = channel();
    let reader = events.clone();
    thread::Builder::new().name("messages in".to_owned()).spawn(move || listen(&reader))?;
    let writer = thread::Builder::new().name("messages out".to_owned()).spawn(move || speak(&outgoing))?;
    let mut server = Server::new(root, events, out);
    let ended = server.run(&incoming);
    // The last words are still written.
    drop(server);
    let _ = writer.join();
    Ok(ended)
}

fn listen(events: &Sender<Event>) {
    let mut input = BufReader::new(io::stdin());
    loop {
        let event = match transport::read(&mut input) {
            Ok(Some(Ok(message))) => Event::Message(message),
            Ok(Some(Err(garbage))) => Event::Garbage(garbage),
            Ok(None) | Err(_) => Event::Closed,
        };
        let is_over = matches!(event, Event::Closed);
        if events.send(event).is_err() || is_over {
            return;
        }
    }
}

fn speak(messages: &Receiver<Message>) {
    let mut output = io::stdout();
    for message in messages {
        // An editor that does not listen any more closes its other end as well, which ends the loop.
        if transport::write(&message, &mut output).is_err() {
            return;
        }
    }
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    Open,
    Done,
}

struct Server {
    fixed_root: Option<PathBuf>,
    events: Sender<Event>,
    out: Sender<Message>,
    phase: Phase,
    encoding: Encoding,
    can_watch: bool,
    reach: Reach,
    compiler: Option<Compiler>,
    documents: Documents,
    published: Published,
    /// Questions that wait for the book.
    waiting: Vec<Request>,
}

/// Why there is no answer.
type Fault = (ErrorCode, String);

impl Server {
    fn new(fixed_root: Option<PathBuf>, events: Sender<Event>, out: Sender<Message>) -> Self {
        Self {
            fixed_root,
            events,
            out,
            phase: Phase::Fresh,
            encoding: Encoding::default(),
            can_watch: false,
            reach: Reach::default(),
            compiler: None,
            documents: Documents::default(),
            published: Published::default(),
            waiting: Vec::new(),
        }
    }

    fn run(&mut self, incoming: &Receiver<Event>) -> Ended {
        loop {
            let event = if self.compiler.as_ref().is_some_and(Compiler::is_waiting) {
                incoming.recv_timeout(PAUSE)
            } else {
                incoming.recv().map_err(RecvTimeoutError::from)
            };
            let mut next = match event {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Disconnected) => return Ended::Abruptly,
                Err(RecvTimeoutError::Timeout) => {
                    self.compile();
                    continue;
                }
            };
            // Everything that has come in meanwhile is looked at before anything costly is done.
            while let Some(event) = next {
                if let Some(ended) = self.take(event) {
                    return ended;
                }
                next = incoming.try_recv().ok();
            }
            self.settle();
        }
    }

    fn take(&mut self, event: Event) -> Option<Ended> {
        match event {
            Event::Message(Message::Request(request)) => self.request(request),
            Event::Message(Message::Notification(notification)) if notification.method == Exit::METHOD => {
                return Some(if self.phase == Phase::Done { Ended::Properly } else { Ended::Abruptly });
            }
            Event::Message(Message::Notification(notification)) => self.notification(notification),
            // Nothing is asked of the editor whose answer matters.
            Event::Message(Message::Response(_)) => {}
            Event::Garbage(Garbage(why)) => self.log(&why),
            Event::Closed => return Some(Ended::Abruptly),
            Event::Compiled(outcome) => self.compiled(outcome),
        }
        None
    }

    /// Says what is to be said of the texts as they are now, and answers what can be answered.
    fn settle(&mut self) {
        if self.phase != Phase::Open {
            return;
        }
        let is_current = match &mut self.compiler {
            None => true,
            Some(compiler) => {
                compiler.revise(&self.documents);
                compiler.is_current()
            }
        };
        if is_current {
            self.publish();
            for request in std::mem::take(&mut self.waiting) {
                self.answer(request);
            }
        }
        // Nobody is kept waiting for a pause.
        let is_first = self.compiler.as_ref().is_some_and(|compiler| compiler.latest().is_none());
        if is_first || !self.waiting.is_empty() {
            self.compile();
        }
    }

    /// Has the whole compiled where that is due.
    fn compile(&mut self) {
        if let Some(compiler) = &mut self.compiler {
            let events = self.events.clone();
            compiler.start(&self.documents, move |outcome| {
                // Nobody waits for it where the session is over.
                let _ = events.send(Event::Compiled(outcome));
            });
        }
    }

    fn compiled(&mut self, outcome: Outcome) {
        if matches!(outcome, Outcome::Failed) {
            self.log("Sourcebook failed on this site; please report what was typed last");
        }
        if let Some(compiler) = &mut self.compiler {
            compiler.finish(outcome);
        }
    }

    /// Tells the editor what is wrong, where that is not what it was told last.
    fn publish(&mut self) {
        let Some(compiler) = &mut self.compiler else { return };
        let root = compiler.root().to_owned();
        let Some(told) = compiler.take_news() else { return };
        for params in self.published.update(told, (&self.documents, &root), self.encoding) {
            self.notify::<PublishDiagnostics>(params);
        }
    }

    fn request(&mut self, request: Request) {
        match (self.phase, request.method.as_str()) {
            (Phase::Fresh, Initialize::METHOD) => self.initialize(request),
            (Phase::Fresh, _) => {
                let fault = (ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned());
                self.reply(request.id, Err(fault));
            }
            (Phase::Open, Shutdown::METHOD) => {
                self.phase = Phase::Done;
                for waiting in std::mem::take(&mut self.waiting) {
                    self.reply(waiting.id, Err((ErrorCode::RequestCanceled, "the session ends".to_owned())));
                }
                self.reply(request.id, Ok(Value::Null));
            }
            (Phase::Open, method) if !is_known(method) => {
                let fault = (ErrorCode::MethodNotFound, format!("`{method}` is not known here"));
                self.reply(request.id, Err(fault));
            }
            (Phase::Open, Completion::METHOD) => self.answer(request),
            (Phase::Open, _) => self.waiting.push(request),
            (Phase::Done, _) => {
                self.reply(request.id, Err((ErrorCode::InvalidRequest, "the session has ended".to_owned())));
            }
        }
    }

    fn initialize(&mut self, request: Request) {
        let params = match read::<InitializeParams>(request.params) {
            Ok(params) => params,
            Err(fault) => return self.reply(request.id, Err(fault)),
        };
        let general = params.capabilities.general.as_ref();
        let encodings = general.and_then(|general| general.position_encodings.as_deref());
        self.encoding = Encoding::choose(encodings);
        let workspace = params.capabilities.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        self.can_watch = watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false);
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let creates = edits.and_then(|edits| edits.resource_operations.as_ref());
        if creates.is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)) {
            self.reach = Reach::Creates;
        }
        let root = self.fixed_root.clone().or_else(|| root_of(&params));
        self.compiler = root.map(Compiler::new);
        self.phase = Phase::Open;
        let result = InitializeResult {
            capabilities: capabilities(self.encoding),
            server_info: Some(ServerInfo {
                name: "sourcebook".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        self.reply(request.id, written(&result));
    }

    fn notification(&mut self, notification: Notification) {
        if self.phase != Phase::Open {
            return;
        }
        let Notification { method, params } = notification;
        let taken = match method.as_str() {
            Initialized::METHOD => {
                self.watch();
                Ok(())
            }
            DidOpenTextDocument::METHOD => self.noted::<DidOpenTextDocument>(params, |server, params| {
                let document = params.text_document;
                server.documents.open(document.uri, document.version, &document.text);
                server.find_root();
            }),
            DidChangeTextDocument::METHOD => self.noted::<DidChangeTextDocument>(params, |server, params| {
                let document = params.text_document;
                server.documents.change(&document.uri, document.version, &params.content_changes, server.encoding);
            }),
            DidCloseTextDocument::METHOD => self.noted::<DidCloseTextDocument>(params, |server, params| {
                server.documents.close(&params.text_document.uri);
            }),
            DidSaveTextDocument::METHOD => self.noted::<DidSaveTextDocument>(params, |_, _| {}),
            DidChangeWatchedFiles::METHOD => self.noted::<DidChangeWatchedFiles>(params, |_, _| {}),
            Cancel::METHOD => read::<lsp_types::CancelParams>(params).map(|params| self.cancel(params.id)),
            // What begins with `$/` may be passed over, and so may what we do not know.
            _ => Ok(()),
        };
        if let Err((_, why)) = taken {
            self.log(&format!("{method}: {why}"));
        }
    }

    /// Takes in what changes a text or a file.
    fn noted<N: lsp_types::notification::Notification>(
        &mut self,
        params: Value,
        take: impl FnOnce(&mut Self, N::Params),
    ) -> Result<(), Fault> {
        let params = read(params)?;
        take(self, params);
        if let Some(compiler) = &mut self.compiler {
            compiler.touch();
        }
        Ok(())
    }

    /// The site of the first text that lies in one, where the editor named no folder with a site.
    fn find_root(&mut self) {
        if self.compiler.is_none() {
            let root = self.documents.files().find_map(|file| workspace::find_root(file.parent()?));
            self.compiler = root.map(Compiler::new);
        }
    }

    /// Asks to be told when files change that no editor has open.
    fn watch(&self) {
        if !self.can_watch {
            return;
        }
        let kinds = "**/*.{md,yaml,yml,csv,txt,toml,csl,css,html,png,jpg,jpeg,gif,webp,avif,svg,ttf,otf,woff2}";
        let watcher = FileSystemWatcher { glob_pattern: GlobPattern::String(kinds.to_owned()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        if let Ok(params) = serde_json::to_value(RegistrationParams { registrations: vec![registration] }) {
            let id = RequestId::from("files".to_owned());
            self.send(Message::Request(Request { id, method: RegisterCapability::METHOD.to_owned(), params }));
        }
    }

    fn cancel(&mut self, id: NumberOrString) {
        let id = match id {
            NumberOrString::Number(number) => RequestId::from(number),
            NumberOrString::String(name) => RequestId::from(name),
        };
        if let Some(at) = self.waiting.iter().position(|request| request.id == id) {
            let request = self.waiting.remove(at);
            self.reply(request.id, Err((ErrorCode::RequestCanceled, "taken back".to_owned())));
        }
    }

    fn answer(&self, request: Request) {
        let Request { id, method, params } = request;
        let answer = catch_unwind(AssertUnwindSafe(|| self.ask(&method, params)));
        let failed = || Err((ErrorCode::InternalError, "Sourcebook failed to answer this".to_owned()));
        self.reply(id, answer.unwrap_or_else(|_| failed()));
    }

    fn ask(&self, method: &str, params: Value) -> Result<Value, Fault> {
        let Some((root, snapshot)) = self.compiler.as_ref().and_then(|one| Some((one.root(), one.latest()?))) else {
            return Ok(Value::Null);
        };
        let view = View { root, snapshot, documents: &self.documents, encoding: self.encoding };
        match method {
            Completion::METHOD => asked::<Completion>(params, |params| {
                completion::complete(&view, &params.text_document_position).map(CompletionResponse::List)
            }),
            HoverRequest::METHOD => {
                asked::<HoverRequest>(params, |params| hover::hover(&view, &params.text_document_position_params))
            }
            GotoDefinition::METHOD => asked::<GotoDefinition>(params, |params| {
                references::definition(&view, &params.text_document_position_params)
            }),
            References::METHOD => asked::<References>(params, |params| {
                references::references(&view, &params.text_document_position, params.context)
            }),
            PrepareRenameRequest::METHOD => {
                asked_if::<PrepareRenameRequest>(params, |params| rename::prepare(&view, &params))
            }
            Rename::METHOD => asked_if::<Rename>(params, |params| {
                rename::rename(&view, &params.text_document_position, &params.new_name, self.reach)
            }),
            CodeActionRequest::METHOD => asked::<CodeActionRequest>(params, |params| actions::actions(&view, &params)),
            DocumentSymbolRequest::METHOD => {
                asked::<DocumentSymbolRequest>(params, |params| symbols::of_document(&view, &params.text_document))
            }
            WorkspaceSymbolRequest::METHOD => {
                asked::<WorkspaceSymbolRequest>(params, |params| Some(symbols::of_site(&view, &params.query)))
            }
            _ => Ok(Value::Null),
        }
    }

    fn reply(&self, id: RequestId, answer: Result<Value, Fault>) {
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        self.send(Message::Response(response));
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        if let Ok(params) = serde_json::to_value(params) {
            self.send(Message::Notification(Notification { method: N::METHOD.to_owned(), params }));
        }
    }

    fn log(&self, message: &str) {
        self.notify::<LogMessage>(LogMessageParams { typ: MessageType::WARNING, message: message.to_owned() });
    }

    fn send(&self, message: Message) {
        // Where nobody writes any more, nobody listens.
        let _ = self.out.send(message);
    }
}

/// Whether a question of that name can be answered.
fn is_known(method: &str) -> bool {
    let known = [
        Completion::METHOD,
        HoverRequest::METHOD,
        GotoDefinition::METHOD,
        References::METHOD,
        PrepareRenameRequest::METHOD,
        Rename::METHOD,
        CodeActionRequest::METHOD,
        DocumentSymbolRequest::METHOD,
        WorkspaceSymbolRequest::METHOD,
    ];
    known.contains(&method)
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Fault> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn written<R: Serialize>(result: &R) -> Result<Value, Fault> {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

fn asked<R: lsp_types::request::Request>(
    params: Value,
    answer: impl FnOnce(R::Params) -> R::Result,
) -> Result<Value, Fault>
where
    R::Params: DeserializeOwned,
    R::Result: Serialize,
{
    written(&answer(read(params)?))
}

/// The same for a question that has an answer only under conditions; otherwise a message for whoever asked.
fn asked_if<R: lsp_types::request::Request>(
    params: Value,
    answer: impl FnOnce(R::Params) -> Result<R::Result, String>,
) -> Result<Value, Fault>
where
    R::Params: DeserializeOwned,
    R::Result: Serialize,
{
    let answer = answer(read(params)?).map_err(|message| (ErrorCode::RequestFailed, message))?;
    written(&answer)
}

/// The site that an editor has open: that of its first folder which lies in one.
fn root_of(params: &InitializeParams) -> Option<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    #[allow(deprecated, reason = "older editors name no other")]
    let older = params.root_uri.iter();
    let mut files = folders.chain(older).filter_map(paths::file);
    files.find_map(|folder| workspace::find_root(&folder.canonicalize().unwrap_or(folder)))
}

/// What can be asked for.
fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(SaveOptions::default().into()),
        ..TextDocumentSyncOptions::default()
    };
    let signs = ["@", "#", "=", ":", "(", "/", "!"];
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(signs.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_EXTRACT]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}
