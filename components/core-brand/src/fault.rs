//! Every failure, in one table: its code, whose fault it is, and the sentence a person reads.
//!
//! A sentence says what is wrong and what to do. The table feeds stderr, problem+json and translations.

use std::fmt;

/// Whose fault a failure is, so that the caller knows whether to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The request is wrong. Say so to the person; do not retry.
    Rejected,
    /// Try again after a while.
    Busy,
    /// Ours.
    Internal,
}

/// Values repeat what was sent. A longer one is cut, because people read the sentence; the longest list of words that we
/// offer is shorter.
const VALUE_LETTERS_MAX: usize = 1500;

/// One failure with what is needed to say it well, in any language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    pub code: String,
    pub blame: Blame,
    /// The values in the sentence, by name.
    pub args: Vec<(String, String)>,
    /// The field of the brief that is meant, where one is.
    pub field: Option<String>,
    /// The sentence in English.
    pub message: String,
    /// For `Busy`: how long to wait.
    pub retry_after_ms: u32,
}

macro_rules! faults {
    ($( $name:ident = $code:literal, $blame:ident, $field:expr, $text:literal; )*) => {
        /// The codes. A code never changes its meaning; a new meaning gets a new code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $( $name, )* }

        impl Code {
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $( Self::$name => $code, )* } }

            #[must_use]
            pub fn blame(self) -> Blame { match self { $( Self::$name => Blame::$blame, )* } }

            fn field(self) -> Option<&'static str> { match self { $( Self::$name => $field, )* } }

            /// The English sentence, with `{arg}` where a value goes.
            #[must_use]
            pub fn text(self) -> &'static str { match self { $( Self::$name => $text, )* } }
        }
    };
}

faults! {
    NameEmpty = "brief.name.empty", Rejected, Some("company_name"),
        "The company name is empty. Give a name of 1 to {max} characters.";
    NameTooLong = "brief.name.too-long", Rejected, Some("company_name"),
        "The company name has {count} characters; at most {max} are possible. Shorten it.";
    NameControl = "brief.name.control", Rejected, Some("company_name"),
        "The company name holds a character that cannot be drawn ({letters}). Remove it.";
    NameUncovered = "brief.name.uncovered", Rejected, Some("company_name"),
        "No bundled font has {letters}. Leave it out or spell the name with other letters; the nearest family, {family}, lacks {lacking}.";
    NameMixed = "brief.name.mixed-scripts", Rejected, Some("company_name"),
        "No single bundled font has all letters of this name: the nearest, {family}, lacks {letters}. Use one script, or spell those letters in the other.";
    NameLanguage = "brief.name.language", Rejected, Some("company_name"),
        "No single bundled font has the letters of this name and those of a book in `{language}` ({letters} are missing). Ask for another language.";
    NameInvisible = "brief.name.invisible", Rejected, Some("company_name"),
        "The company name holds nothing that can be seen ({letters}). Give a name with a letter, a digit or a sign.";
    NameLooseMark = "brief.name.loose-mark", Rejected, Some("company_name"),
        "The company name holds a combining mark without a letter before it ({letters}). Put it behind its letter, or remove it.";
    NameMarks = "brief.name.too-many-marks", Rejected, Some("company_name"),
        "A letter of the company name carries {count} combining marks; at most {max} can be set. Remove some.";
    IndustryEmpty = "brief.industry.empty", Rejected, Some("industry"),
        "The industry is empty. Name one, for example `coffee`; `imprint industries` lists those known.";
    IndustryTooLong = "brief.industry.too-long", Rejected, Some("industry"),
        "The industry has {count} characters; at most {max} are possible. Use a few words.";
    StyleTooLong = "brief.style.too-long", Rejected, Some("style"),
        "The style has {count} characters; at most {max} are possible. Use a few words.";
    TextControl = "brief.text.control", Rejected, None,
        "{field} holds a control character ({letters}). Remove it.";
    ColorMalformed = "brief.color.malformed", Rejected, Some("primary_color"),
        "`{value}` is not a colour. Write six hexadecimal digits, for example #2563eb.";
    ComplexityUnknown = "brief.complexity.unknown", Rejected, Some("complexity"),
        "`{value}` is not a complexity. Use simple, medium or complex.";
    LanguageUnknown = "brief.language.unknown", Rejected, Some("language"),
        "`{value}` is not a language Imprint writes. Use one of: {known}.";
    SeedMalformed = "brief.seed.malformed", Rejected, Some("seed"),
        "`{value}` is not a seed. Use a whole number from 0 to 18446744073709551615.";
    ConceptsRange = "brief.concepts.range", Rejected, Some("concepts"),
        "{count} concepts are not possible. Ask for {min} to {max}.";
    DistanceRange = "brief.distance.range", Rejected, Some("distance"),
        "`{value}` is not a distance. Give {min} (as the category does) to {max} (deliberately apart).";
    UnlikeMalformed = "order.unlike.malformed", Rejected, Some("unlike"),
        "`{value}` is not the silhouette of a mark. Copy the 32 digits of `silhouette` from a concept in the brand.json of a kit.";
    UnlikeTooMany = "order.unlike.too-many", Rejected, Some("unlike"),
        "{count} silhouettes are too many: at most {max} are possible. Name fewer kits.";
    GraphMalformed = "order.graph.malformed", Rejected, Some("graph"),
        "`{value}` is not the hash of a graph overlay. Give the SHA-256 of a document in the blob store.";
    TemplatesMalformed = "templates.malformed", Rejected, Some("templates"),
        "The templates cannot be used, at `{place}`: {why}. The README of core-assets shows what they look like.";
    TemplatesTooLarge = "templates.too-large", Rejected, Some("templates"),
        "The templates have {count} {what}; at most {max} are possible. Make them smaller.";
    OverlayMalformed = "graph.overlay.malformed", Rejected, Some("graph"),
        "The graph overlay cannot be read: {why}. The README of core-graph shows what one looks like.";
    OverlayDangling = "graph.overlay.dangling", Rejected, Some("graph"),
        "The graph overlay `{name}` leaves something hanging: {why}. Name only nodes and edges that are there.";
    OverlayRule = "graph.overlay.rule", Rejected, Some("graph"),
        "The graph overlay `{name}` breaks a rule of the graph: {why}. Mend it and send it again.";
    OverlayTooLarge = "graph.overlay.too-large", Rejected, Some("graph"),
        "The graph overlay has {count} {what}; at most {max} are possible. Make it smaller.";
    NoticeEvent = "notify.event.malformed", Rejected, None,
        "The event cannot be told: {why}. Send a CloudEvent as the schemas of Imprint have them.";
    NoticeRules = "notify.rules.malformed", Rejected, Some("rules"),
        "The rules cannot be used, at `{place}`: {why}. The README of core-notify shows what they look like.";
    NoticePreferences = "notify.preferences.malformed", Rejected, Some("preferences"),
        "The preferences cannot be used, at `{place}`: {why}. The README of core-notify shows what they look like.";
    NoticeWords = "notify.templates.malformed", Rejected, Some("templates"),
        "The templates of notifications cannot be used, at `{place}`: {why}. The README of core-notify shows what they look like.";
    NoticeMatter = "notify.matter.malformed", Rejected, None,
        "A notification cannot be written, at `{place}`: {why}.";
    NoticeSetting = "notify.kind.unknown", Rejected, None,
        "`{value}` is not a setting of notifications. Use rules, preferences or templates.";
    NoticeChannel = "notify.channel.unknown", Rejected, Some("channel"),
        "`{value}` is not a channel. Use email, webhook, sms, feed or push.";
    NoticeKind = "notify.event.unknown", Rejected, Some("event"),
        "`{value}` is not an event that people are told of. Use one of: {known}.";
    PictureFormat = "picture.format", Rejected, Some("picture"),
        "The picture is {found}. Give a still PNG.";
    PictureTooLarge = "picture.too-large", Rejected, Some("picture"),
        "The picture has {count} {what}; at most {max} are possible. Make it smaller.";
    PictureMalformed = "picture.malformed", Rejected, Some("picture"),
        "The picture cannot be read: {why}. Save it as PNG again.";
    PictureColors = "picture.colors", Rejected, Some("colors"),
        "A mark of {count} colours is not possible. Ask for 1 to {max}.";
    PictureMissing = "picture.missing", Rejected, Some("picture"),
        "The picture `{path}` cannot be read: {why}. Name a PNG file.";
    PictureUnwritable = "picture.unwritable", Rejected, Some("out"),
        "`{path}` cannot be written: {why}. Choose another place with --out.";
    BriefMalformed = "brief.malformed", Rejected, None,
        "The brief cannot be read: {why}. See the README for its fields.";
    PriorityUnknown = "brief.priority.unknown", Rejected, Some("priority"),
        "`{value}` is not a priority. Use low, normal or high.";
    TimeoutRange = "brief.timeout.range", Rejected, Some("timeout"),
        "A timeout of {value} seconds is not possible. Give {min} to {max}.";
    BatchSize = "batch.size", Rejected, Some("briefs"),
        "A batch of {count} briefs is not possible. Send 1 to {max}.";
    EndpointMalformed = "webhook.endpoint.malformed", Rejected, None,
        "The endpoint cannot be used: {why}. The README of the courier shows what one looks like.";
    EndpointsFull = "webhook.endpoints.full", Rejected, None,
        "There are {max} endpoints already. Remove one first.";
    PushOff = "push.off", Rejected, None,
        "There are no push messages here: the operator has given no key for them.";
    SubscriptionMalformed = "push.subscription.malformed", Rejected, None,
        "The subscription cannot be used: {why}. Send it as the browser gives it.";
    PolishOff = "polish.off", Rejected, None,
        "No language model is set up. Leave `polish` out, or start the platform with `--polish`.";
    PolishMalformed = "polish.malformed", Internal, None,
        "The answer of the language model cannot be used: {why}.";
    PaintRange = "paint.range", Rejected, None,
        "`{field}` of the order is {value}; allowed is {allowed}. Correct it.";
    PaintName = "paint.name", Rejected, None,
        "`{field}` of the order is `{value}`, which is no such name. Use letters, digits, `-`, `_`, `.` and `@`.";
    PaintModelUnknown = "paint.model.unknown", Rejected, None,
        "There is no model `{name}` here. `imprint models list` shows those there are, and `imprint models add` brings one in.";
    PaintModelUnnamed = "paint.model.unnamed", Rejected, None,
        "No model was named, and {known}. Name one with --model, or ask with --procedural for a picture drawn by rules, without a model.";
    PaintModelUnfit = "paint.model.unfit", Rejected, None,
        "`{part}` does not fit the model: {why}. Use one that was made for it.";
    PaintUnsupported = "paint.unsupported", Rejected, None,
        "This painter cannot do what is asked: {what}. Leave it out, or use another model.";
    PaintNoDevice = "paint.device.none", Busy, None,
        "There is no device to paint on: {looked_for}. Use a smaller model, or a painter on a machine with a GPU.";
    PaintDeviceLost = "paint.device.lost", Busy, None,
        "The device was lost while painting: {why}. Send the order again.";
    PaintCancelled = "paint.cancelled", Rejected, None,
        "The order was cancelled after {step} steps. If it is still wanted, send it under another key.";
    PaintNotANumber = "paint.nan", Internal, None,
        "The model gave values that are no numbers, at `{stage}`. Use another seed; if it stays, the model is damaged.";
    PaintModelUnreadable = "paint.model.unreadable", Internal, None,
        "The model cannot be read: {why}. Add it again.";
    PaintModelFolder = "paint.model.folder", Rejected, None,
        "`{path}` cannot be added as a model: {why}. Put that right, and add it again.";
    PaintModelExists = "paint.model.exists", Rejected, None,
        "There is a model `{name}` already, and its files are others. Add this one under another version.";
    PaintModelChanged = "paint.model.changed", Internal, None,
        "`{file}` of the model `{name}` is not what was added. Add the model again.";
    PaintPull = "paint.model.pull", Busy, None,
        "`{url}` was not fetched: {why}. Run the command again; what has arrived is kept.";
    PaintQueueFull = "paint.queue.full", Busy, None,
        "{max} orders are waiting already. Try again in a moment.";
    PaintLate = "paint.late", Busy, None,
        "The order was not painted in the {limit_ms} ms it was given. Send it again when there is less to do.";
    PaintMemory = "paint.memory", Rejected, None,
        "The order needs {bytes} bytes of memory, and this painter has {budget}. Ask for a smaller picture, fewer of them, or a smaller model.";
    PaintBlank = "paint.blank", Internal, None,
        "The picture shows nothing: {what}. Use another seed or prompt; if it stays, the model is damaged.";
    PaintWithheld = "paint.withheld", Rejected, None,
        "The picture was painted and is not given out: {why}. Use another prompt or seed.";
    PaintStopping = "paint.stopping", Busy, None,
        "This painter is stopping. Send the order again; another one takes it.";
    PaintOff = "paint.off", Rejected, None,
        "No painter is set up. Leave `painted` out, or start the platform with `--painter`.";
    PaintAway = "paint.away", Busy, None,
        "No painter answered: {why}. See that one runs, and send the job again.";
    PaintUntraced = "paint.untraced", Rejected, None,
        "Of {count} painted pictures none became a mark: {why}. Use another seed or model.";
    BrandMissing = "brand.missing", Rejected, None,
        "There is no brand `{id}`. Look at the list of your brands.";
    BrandErased = "brand.erased", Rejected, None,
        "The brand `{id}` was erased, and nothing of it is left. Ask for a new one.";
    BrandUnfinished = "brand.unfinished", Rejected, None,
        "The brand `{id}` is {status}, so {what} is not there. Follow its events until it is completed.";
    BrandFileMissing = "brand.file.missing", Rejected, None,
        "The kit has no file `{path}`. The brand's `files` lists those it has.";
    NoticeMissing = "notification.missing", Rejected, None,
        "There is no notification `{id}`. Look at the list of notifications.";
    WebhookMissing = "webhook.missing", Rejected, None,
        "There is no webhook `{id}`. Look at the list of webhooks.";
    MomentOdd = "webhook.replay.moment", Rejected, None,
        "`{value}` cannot be `{name}`. Give moments such as `2026-11-21T05:00:00Z`, the earlier one as `from`.";
    PushMissing = "push.missing", Rejected, None,
        "There is no subscription `{id}` of yours. It is gone already, or belongs to somebody else.";
    AssetNotVector = "asset.not-a-vector", Rejected, None,
        "`{path}` is {media_type}; only SVG files can be drawn at another size. Choose one.";
    KeyMissing = "idempotency.missing", Rejected, None,
        "The header Idempotency-Key is missing. Send a new one for each new wish, and the same for each repetition.";
    KeyMalformed = "idempotency.malformed", Rejected, None,
        "The Idempotency-Key is not possible. Use 1 to {max} visible ASCII characters, for example a UUID.";
    KeyMismatch = "idempotency.mismatch", Rejected, None,
        "The Idempotency-Key was used before, for another request. Use a new one.";
    KeyInFlight = "idempotency.in-flight", Busy, None,
        "The first request with this Idempotency-Key is still in hand. Send the same again in a moment.";
    QuotaOpen = "quota.open", Busy, None,
        "{open} brands are in hand and {count} more are too many: at most {max} are possible at once. Wait until some have ended.";
    HttpTooOften = "http.too-often", Busy, None,
        "This address is asked too often. Try again in {wait_ms} ms.";
    TokenMissing = "token.missing", Rejected, None,
        "There is no token. Send one as `Authorization: Bearer ...`; `imprint keys create` makes one.";
    TokenInvalid = "token.invalid", Rejected, None,
        "The token is not valid: {why}. `imprint keys create` makes a new one.";
    TokenExpired = "token.expired", Rejected, None,
        "The token has expired. `imprint keys create` makes a new one.";
    TokenRevoked = "token.revoked", Rejected, None,
        "The token was revoked. `imprint keys create` makes a new one.";
    TokenScope = "token.scope", Rejected, None,
        "The token does not allow `{scope}`. Use one that does.";
    HttpMissing = "http.not-found", Rejected, None,
        "There is nothing at this address. /openapi.json lists what there is.";
    HttpMethod = "http.method", Rejected, None,
        "`{method}` is not possible here. Use {allowed}.";
    HttpBody = "http.body", Rejected, None,
        "The body cannot be read: {why}. /openapi.json says what it looks like.";
    HttpBodyTooLarge = "http.body.too-large", Rejected, None,
        "The body is larger than {max} bytes. Send less.";
    HttpTargetTooLong = "http.target.too-long", Rejected, None,
        "The address is longer than {max} bytes. Shorten it.";
    HttpHeadersTooLarge = "http.headers.too-large", Rejected, None,
        "The headers are larger than {max} bytes. Send fewer.";
    HttpMediaType = "http.media-type", Rejected, None,
        "The body must be JSON. Send it with `Content-Type: application/json`.";
    HttpNotAcceptable = "http.not-acceptable", Rejected, None,
        "The answer is {media_type}, which the Accept header excludes. Allow it.";
    HttpParameter = "http.parameter", Rejected, None,
        "The parameter {name} cannot be `{value}`. Use {wanted}.";
    HttpRange = "http.range", Rejected, None,
        "The range lies outside of the {bytes} bytes there are. Ask for another.";
    OutNotEmpty = "out.not-empty", Rejected, Some("out"),
        "The folder `{path}` exists and is not empty. Choose another with --out, or remove it.";
    OutNotFolder = "out.not-a-folder", Rejected, Some("out"),
        "`{path}` exists and is not a folder. Choose another place with --out.";
    OutUnwritable = "out.unwritable", Rejected, Some("out"),
        "The folder `{path}` cannot be written: {why}. Choose another with --out, or change its permissions.";
    FileUnwritable = "out.file.unwritable", Rejected, Some("out"),
        "`{path}` cannot be written: {why}. Choose another file with --out, or change its permissions.";
    DiskFull = "out.disk-full", Internal, Some("out"),
        "There is no room left while writing `{path}`. Free some space and run the command again; nothing half-written was left.";
    GraphUnreadable = "graph.unreadable", Rejected, Some("graph"),
        "The graph overlay `{path}` cannot be read: {why}. Name a JSON file with --graph.";
    TemplatesUnreadable = "templates.unreadable", Rejected, Some("templates"),
        "The templates `{path}` cannot be read: {why}. Name a JSON file with --templates.";
    KitMissing = "kit.missing", Rejected, None,
        "`{path}` is no brand kit: there is no brand.json. Name a folder that `imprint make` wrote, or its zip.";
    KitMalformed = "kit.malformed", Rejected, None,
        "`{path}` is not what Imprint writes into a kit: {why}. Make the kit again, or name another.";
    KitNewer = "kit.newer", Rejected, None,
        "`{path}` was written by Imprint {version}, and this is {own}. Use that version, or a newer one.";
    KitConcept = "kit.concept.unknown", Rejected, Some("like"),
        "`{path}` has no concept `{value}`. It has: {known}. Name one by its id or its rank with --like.";
    KitPainted = "kit.painted", Rejected, None,
        "`{concept}` of `{path}` was painted, and what was painted has no neighbours to draw. Name a concept that was drawn.";
    KitRecipe = "kit.recipe.missing", Rejected, None,
        "`{path}` was written by Imprint {version}, and this is {own}: its concepts cannot be drawn again byte for byte. Make the kit again with this version first.";
    KitSilhouette = "kit.silhouette.missing", Rejected, Some("unlike"),
        "`{path}` does not say what its marks look like: an earlier Imprint wrote it. `imprint remake` of it adds that; or leave it out.";
    KitGraph = "kit.graph.other", Rejected, Some("graph"),
        "`{path}` was made with another graph overlay. Name the file that it was made with by --graph.";
    KitNotFolder = "kit.not-a-folder", Rejected, None,
        "`{path}` is not the folder of a kit. Unpack the kit, and name its folder.";
    KitChanged = "kit.changed", Rejected, None,
        "`{file}` of the kit `{path}` is missing or was changed after the kit was written, and would be lost. Put it back, or make the kit again.";
    KitRevision = "kit.revision.unknown", Rejected, Some("revision"),
        "`{path}` has no revision {value}. It has 1 to {last}.";
    CheckMissing = "check.missing", Rejected, None,
        "`{path}` cannot be read: {why}. Name an SVG, PNG, CSS, HTML or PDF file.";
    CheckFormat = "check.format", Rejected, None,
        "The file is {found}. An SVG, PNG, CSS, HTML or PDF file can be checked.";
    CheckTooLarge = "check.too-large", Rejected, None,
        "The file has {count} {what}; at most {max} are possible. Make it smaller, or check parts of it.";
    CheckMalformed = "check.malformed", Rejected, None,
        "The file cannot be read as {kind}: {why}. Save it again with another program and check that.";
    CheckCostly = "check.too-costly", Rejected, None,
        "Reading `{path}` was stopped, because it took more time or memory than a file may: {why}. Check a simpler one; if it is an ordinary file, please report it.";
    LikeUndrawn = "order.like.undrawn", Rejected, Some("like"),
        "The concept to start from, of the grammar `{grammar}`, cannot be drawn for this brief. Start from a concept of a kit of this brief, made by this version.";
    SetupMissing = "setup.missing", Rejected, None,
        "{what} is missing: {why}. {mend}";
    DocumentMissing = "step.document.missing", Internal, None,
        "A step needs the document `{name}`, and nobody made it. This is a fault of Imprint; please report it.";
    DocumentMalformed = "step.document.malformed", Internal, None,
        "The document `{name}` cannot be read: {why}. This is a fault of Imprint; please report it.";
    TaskUnknown = "step.task.unknown", Internal, None,
        "The component does not know the task `{kind}`. This is a fault of Imprint; please report it.";
    BlobMissing = "blob.missing", Internal, None,
        "The content {sha256} is not in the store. It may have been removed; make the kit again.";
    BlobTooLarge = "blob.too-large", Rejected, None,
        "A value of {bytes} bytes is larger than the {max} allowed. Make it smaller.";
    FontMissing = "font.missing", Internal, None,
        "The font {font} is not at hand. `imprint doctor` says how to get it.";
    FontMalformed = "font.malformed", Internal, None,
        "The font {font} cannot be read: {why}. Delete the font cache and run the command again.";
    StepTimeout = "step.timeout", Internal, None,
        "The step `{step}` took longer than {limit_ms} ms and was stopped. Try again; if it stays, report it.";
    StepTrapped = "step.trapped", Internal, None,
        "The component `{component}` stopped with a fault: {why}. This is a fault of Imprint; please report it.";
    Cancelled = "job.cancelled", Rejected, None,
        "The work was stopped on request. Nothing was written.";
    Storage = "storage.failed", Internal, None,
        "Reading or writing {what} failed: {why}.";
    Conflict = "ledger.conflict", Busy, None,
        "Somebody else wrote to this brand first (expected {expected}, found {found}). Read it again, then decide anew.";
    Unreachable = "lattice.unreachable", Busy, None,
        "`{callee}` does not answer: {why}. Try again in a moment.";
    CalleeMissing = "callee.missing", Busy, None,
        "`{callee}` is not running anywhere. Try again in a moment; if it stays, start it.";
    CalleeTimeout = "callee.timeout", Busy, None,
        "`{callee}` did not answer in {limit_ms} ms. Try again in a moment.";
    CalleeFull = "callee.full", Busy, None,
        "`{callee}` has {max} calls waiting already. Try again in a moment.";
    BreakerOpen = "breaker.open", Busy, None,
        "`{callee}` failed too often and is left alone for a while. Try again in {wait_ms} ms.";
    JobDeadline = "job.deadline", Internal, None,
        "The brand was not finished in the {limit_ms} ms it was given, and what was made of it was removed. Ask again, with more time.";
    JobMalformed = "job.malformed", Rejected, None,
        "This cannot be asked of the ledger: {why}.";
    Tampered = "ledger.tampered", Internal, None,
        "The journal was changed after it was written, at entry {sequence}. Restore it from a copy.";
    Broken = "internal.broken", Internal, None,
        "Something that cannot be happened at {place}: {why}. This is a fault of Imprint; please report it.";
}

impl Fault {
    /// A fault from the table, with the values its sentence needs.
    #[must_use]
    pub fn new<const N: usize>(code: Code, args: [(&str, String); N]) -> Self {
        let args = args.map(|(name, value)| (name.to_owned(), sayable(value))).to_vec();
        Self {
            code: code.as_str().to_owned(),
            blame: code.blame(),
            field: code.field().map(str::to_owned),
            message: filled(code.text(), &args),
            args,
            retry_after_ms: if code.blame() == Blame::Busy { 1000 } else { 0 },
        }
    }

    #[must_use]
    pub fn is(&self, code: Code) -> bool {
        self.code == code.as_str()
    }
}

/// What others wrote, as a sentence can hold it on a terminal and in a log: cut, and with no letter that does something.
#[must_use]
pub fn sayable(mut value: String) -> String {
    let is_hidden = |letter: char| letter.is_control() && letter != '\n';
    if value.contains(is_hidden) {
        let shown = |letter: char| match is_hidden(letter) {
            true => letter.escape_default().collect(),
            false => letter.to_string(),
        };
        value = value.chars().map(shown).collect();
    }
    if let Some((end, _)) = value.char_indices().nth(VALUE_LETTERS_MAX) {
        value.truncate(end);
        value.push('…');
    }
    value
}

/// The sentence with its values. A value is not looked through for names.
fn filled(text: &str, args: &[(String, String)]) -> String {
    let value = |name: &str| args.iter().find(|arg| arg.0 == name).map(|arg| arg.1.as_str());
    let mut parts = text.split('{');
    let mut message = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let named = part.split_once('}').and_then(|(name, rest)| Some((value(name)?, rest)));
        match named {
            Some((value, rest)) => message.extend([value, rest]),
            None => message.extend(["{", part]),
        }
    }
    message
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reports what cannot be as an internal fault with its place, instead of a panic.
#[macro_export]
macro_rules! broken {
    ($($why:tt)*) => {
        $crate::Fault::new(
            $crate::fault::Code::Broken,
            [("place", concat!(file!(), ":", line!()).to_owned()), ("why", format!($($why)*))],
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_sentences_end() {
        let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.text().ends_with('.') || code.text().ends_with('}'), "{code} has no full stop");
        }
    }

    #[test]
    fn a_fault_fills_its_sentence() {
        let fault = Fault::new(Code::ColorMalformed, [("value", "puce".into())]);
        assert_eq!(fault.field.as_deref(), Some("primary_color"));
        assert!(fault.message.starts_with("`puce` is not a colour."));
        assert!(!fault.message.contains('{'));
    }

    #[test]
    fn a_value_is_cut_and_never_looked_through() {
        let value = format!("{{min}}{}", "ö".repeat(VALUE_LETTERS_MAX));
        let fault =
            Fault::new(Code::DistanceRange, [("value", value), ("min", "0".into()), ("max", "1".into())]);
        assert!(fault.message.contains("{min}ö"), "{}", fault.message);
        assert!(fault.message.contains("ö…"), "{}", fault.message);
        assert_eq!(fault.args[0].1.chars().count(), VALUE_LETTERS_MAX + 1);
    }

    #[test]
    fn a_value_shows_what_it_hides() {
        let fault = Fault::new(Code::ColorMalformed, [("value", "a\u{1b}[2J\0\u{7f}é".into())]);
        assert!(fault.message.starts_with("`a\\u{1b}[2J\\u{0}\\u{7f}é` is not"), "{}", fault.message);
    }
}
