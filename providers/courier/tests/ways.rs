//! Every way out, against who really takes messages: a mail server, the libraries of Standard Webhooks in three languages,
//! a browser's half of Web Push, and a server that answers as Twilio does.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use common::{FINISHED, TENANT, USER, event, linked};
use core_notify::{Attempt, Channel, Key};
use data_encoding::BASE64;
use imprint_courier::{Asking, Carrier, Letter, NoBrands, Outcome, Parcel, Post, Settings, To};
use imprint_servers::receivers;
use receiver::{Asked, Receiver};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

mod common;
mod receiver;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/receivers");

/// Receivers compare with their own clock.
#[allow(clippy::disallowed_methods, reason = "a signature holds only for some minutes")]
fn now_ms() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

fn post(config: &[(&str, &str)]) -> Post {
    let config: BTreeMap<String, String> =
        config.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Settings(&config).post().expect("a post")
}

fn parcel(channel: Channel, to: To) -> Parcel {
    let letter = Letter {
        subject: "Grüße: your brand is ready".into(),
        text: "Your brand is ready.\n\nSee it at https://brand.example/b/1 .\n".into(),
        html: Some("<p>Your brand is <b>ready</b>.</p>".into()),
        payload: Some(
            r#"{"type":"brand-kit.compilation.finished","data":{"id":"br_1","name":"Grüße"}}"#.into(),
        ),
    };
    Parcel { id: "0a1b2c3d".into(), channel, at_ms: now_ms(), letter, to }
}

/// A script in the environment of the receivers, with its lines.
struct Script {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Script {
    fn start(program: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|why| panic!("{}: {why}", program.display()));
        let lines = BufReader::new(child.stdout.take().expect("its lines")).lines();
        Self { stdin: child.stdin.take(), child, lines }
    }

    fn python(folder: &Path, script: &str, args: &[&str]) -> Self {
        let script = format!("{SCRIPTS}/{script}");
        let args: Vec<&str> = [script.as_str()].into_iter().chain(args.iter().copied()).collect();
        Self::start(&folder.join("venv/bin/python"), &args)
    }

    fn say(&mut self, line: &Value) {
        let stdin = self.stdin.as_mut().expect("it listens");
        writeln!(stdin, "{line}").expect("it hears");
    }

    fn line(&mut self) -> String {
        self.lines.next().expect("a line").expect("text")
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // The end of the pipe is the end of the script.
        self.stdin.take();
        let _ = self.child.wait();
    }
}

/// Keys of a receiver, and the secret that it was told which is to hold.
fn keys() -> Vec<(Vec<Key>, String)> {
    let shared = |byte: u8| format!("whsec_{}", BASE64.encode(&[byte; 32]));
    let private = |byte: u8| format!("whsk_{}", BASE64.encode(&[byte; 32]));
    let read = |text: String| Key::read(&text).expect("a key");
    let both = || vec![read(shared(2)), read(shared(1)), read(private(4)), read(private(3))];
    let told = |text: String| read(text).told();
    vec![
        (vec![read(shared(1))], shared(1)),
        (vec![read(private(3))], told(private(3))),
        // While keys change, whoever has any of them is content.
        (both(), shared(1)),
        (both(), shared(2)),
        (both(), told(private(3))),
        (both(), told(private(4))),
    ]
}

#[tokio::test]
async fn webhooks_hold_for_the_libraries_of_the_specification_in_three_languages() {
    let receiver = Receiver::listen(|_| (200, Vec::new(), String::new())).await;
    let post = post(&[("networks", "127.0.0.0/8")]);
    let mut cases = Vec::new();
    for (keys, secret) in keys() {
        let to = To::Hook { url: receiver.url("/in?a=b"), keys };
        let told = post.carry(parcel(Channel::Webhook, to)).await;
        assert_eq!(told.outcome, Outcome::Tried(Attempt::Answered { status: 200, retry_after_s: None }));
        assert_eq!(told.family, Some("ipv4"));
        let Asked { path, headers, body, .. } = receiver.last();
        assert_eq!((path.as_str(), headers["webhook-id"].as_str()), ("/in?a=b", "0a1b2c3d"));
        cases.push(json!({ "secret": secret, "headers": headers, "body": body }));
    }
    // What was changed on the way must not hold, or the checks check nothing.
    let good = cases.len();
    let mut bad = cases.clone();
    bad.iter_mut().for_each(|case| case["body"] = json!("{}"));
    cases.extend(bad);
    for (index, case) in cases.iter().enumerate() {
        if case["secret"].as_str().unwrap().starts_with("whsec_") {
            assert_eq!(holds_in_rust(case), index < good, "{case}");
        }
    }
    let Some(folder) = receivers() else { return };
    let python = Script::python(&folder, "verify.py", &[]);
    let modules = folder.to_str().unwrap();
    let node = Script::start(Path::new("node"), &[&format!("{SCRIPTS}/verify.mjs"), modules]);
    for mut script in [python, node] {
        for case in &cases {
            script.say(case);
        }
        script.stdin.take();
        let lines: Vec<String> = cases.iter().map(|_| script.line()).collect();
        assert!(lines[..good].iter().all(|line| line == "ok"), "{lines:#?}");
        assert!(lines[good..].iter().all(|line| line.starts_with("refused")), "{lines:#?}");
    }
}

fn holds_in_rust(case: &Value) -> bool {
    let webhook = standardwebhooks::Webhook::new(case["secret"].as_str().unwrap()).unwrap();
    let headers: hyper::HeaderMap = case["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| {
            (name.parse::<hyper::header::HeaderName>().unwrap(), value.as_str().unwrap().parse().unwrap())
        })
        .collect();
    webhook.verify(case["body"].as_str().unwrap().as_bytes(), &headers).is_ok()
}

/// A mail server, and where it keeps what it takes.
struct MailServer {
    script: Script,
    port: String,
    folder: tempfile::TempDir,
    receivers: PathBuf,
}

impl MailServer {
    fn start(receivers: &Path, way: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut script = Script::python(receivers, "mail.py", &[way, folder.path().to_str().unwrap()]);
        let port = script.line();
        Self { script, port, folder, receivers: receivers.to_owned() }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// A new key in PEM, and what DNS would say of it.
    fn dkim(&self, kind: &str) -> (String, String) {
        let made = match kind {
            "rsa" => "rsa.generate_private_key(65537, 2048)",
            _ => "ed25519.Ed25519PrivateKey.generate()",
        };
        let program = format!(
            "import base64\nfrom cryptography.hazmat.primitives.asymmetric import ed25519, rsa\n\
             from cryptography.hazmat.primitives.serialization import *\nkey = {made}\n\
             print(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())\n\
             form = (Encoding.Raw, PublicFormat.Raw) if '{kind}' == 'ed25519' else (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)\n\
             print('v=DKIM1; k={kind}; p=' + base64.b64encode(key.public_key().public_bytes(*form)).decode())\n"
        );
        let output =
            Command::new(self.receivers.join("venv/bin/python")).args(["-c", &program]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let (pem, record) = text.rsplit_once("\n\n").expect("a key and a record");
        (self.file(&format!("{kind}.pem"), pem), record.trim().to_owned())
    }
}

async fn mailed(post: &Post, address: &str) -> (Outcome, String) {
    let to = To::Email { address: address.into(), unsubscribe: Some("https://brand.example/u?t=1".into()) };
    let told = post.carry(parcel(Channel::Email, to)).await;
    (told.outcome, told.answer)
}

#[tokio::test]
async fn mails_arrive_by_tls_and_by_starttls_signed_and_whole() {
    let Some(receivers) = receivers() else { return };
    for (way, scheme, kind) in [("tls", "smtps", "rsa"), ("starttls", "smtp", "ed25519")] {
        let server = MailServer::start(&receivers, way);
        let (key, record) = server.dkim(kind);
        let url = format!("{scheme}://localhost:{}", server.port);
        let password = server.file("password", "geheim\n");
        let authorities = server.path("ca.pem");
        let config = [
            ("smtp", url.as_str()),
            ("smtp_user", "imprint"),
            ("smtp_password_file", &password),
            ("mail_from", "Imprint <news@brand.example>"),
            ("authorities", &authorities),
            ("dkim_domain", "brand.example"),
            ("dkim_selector", "s1"),
            ("dkim_key_file", &key),
        ];
        let mail = post(&config);
        assert_eq!(mailed(&mail, "ann@acme.example").await, (Outcome::Sent, "250".into()), "{way}");
        let facts: Value = serde_json::from_slice(&std::fs::read(server.path("1.json")).unwrap()).unwrap();
        assert_eq!(facts, json!({ "to": ["ann@acme.example"], "from": "news@brand.example", "tls": true }));
        let text = std::fs::read_to_string(server.path("1.eml")).unwrap();
        for part in
            ["Message-ID: <0a1b2c3d@brand.example>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        let mut check = Script::python(&receivers, "dkim_check.py", &[&server.path("1.eml"), &record]);
        assert_eq!(check.line(), "ok", "{kind}: {text}");
        // Neither the words nor where to leave can be changed on the way.
        for (what, instead) in [("ready", "gone"), ("u?t=1", "u?t=2"), ("=One-Click", "=Two-Click")] {
            let changed = server.file("changed.eml", &text.replace(what, instead));
            let mut check = Script::python(&receivers, "dkim_check.py", &[&changed, &record]);
            assert_eq!(check.line(), "refused", "{what}");
        }

        let again = |answer: &str| (Outcome::Tried(Attempt::Silent), answer.to_owned());
        assert_eq!(mailed(&mail, "nobody@acme.example").await, (Outcome::Bounced, "550".into()));
        assert_eq!(mailed(&mail, "policy@acme.example").await, (Outcome::Failed, "550".into()));
        for _ in 0..2 {
            assert_eq!(mailed(&mail, "later@acme.example").await, again("451"));
        }
        assert_eq!(mailed(&mail, "later@acme.example").await.0, Outcome::Sent);
        assert_eq!(mailed(&mail, "a\r\nRCPT TO:<eve@evil.example>").await.0, Outcome::Failed);

        // Who does not know the server waits: that is not the receiver's fault.
        let with = |key: &str, value: &str| {
            let mut config: Vec<(&str, &str)> = config.to_vec();
            config.retain(|(name, _)| *name != key);
            let pair = (key.to_owned(), value.to_owned());
            (config.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect::<Vec<_>>(), pair)
        };
        let post_with = |(mut config, pair): (Vec<(String, String)>, (String, String))| {
            config.push(pair);
            let config: BTreeMap<String, String> = config.into_iter().collect();
            Settings(&config).post().expect("a post")
        };
        assert_eq!(mailed(&post_with(with("authorities", "")), "ann@acme.example").await.0, again("").0);
        let wrong = server.file("wrong", "falsch\n");
        let refused = (Outcome::Failed, "535: the mail server does not let us in".to_owned());
        assert_eq!(mailed(&post_with(with("smtp_password_file", &wrong)), "ann@acme.example").await, refused);
        assert!(!std::path::Path::new(&server.path("3.eml")).exists(), "two mails were taken");
        drop(server.script);
    }
}

/// From an event to a mail server, and from the mail that it took back to the desk.
#[tokio::test]
async fn a_mail_that_arrived_says_where_to_leave_and_one_click_ends_them() {
    let Some(receivers) = receivers() else { return };
    let server = MailServer::start(&receivers, "tls");
    let (url, authorities) = (format!("smtps://localhost:{}", server.port), server.path("ca.pem"));
    let password = server.file("password", "geheim\n");
    let config = [
        ("smtp", url.as_str()),
        ("smtp_user", "imprint"),
        ("smtp_password_file", &password),
        ("mail_from", "Imprint <news@brand.example>"),
        ("authorities", &authorities),
        ("base_url", "https://brand.example"),
    ];
    let (office, clock) = linked(&config, NoBrands);
    let asking = Asking { tenant: TENANT.into(), ..Asking::default() };
    // Events say when they happened.
    clock.pass(now_ms());
    let wishes = json!({ "format": 1, "addresses": { "email": "ann@acme.example" } });
    office.set_preferences(&asking, USER, &wishes.to_string()).await.expect("sets");
    let told = async |id: &str| {
        let mut event = event(id, FINISHED, clock.now_ms());
        event["data"]["files"] = json!(42);
        office.hear(event.to_string().as_bytes()).await.expect("hears");
        office.settle().await.expect("settles");
    };
    told("e1").await;
    let mail = std::fs::read_to_string(server.path("1.eml")).expect("a mail");
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    assert_eq!(field("List-Unsubscribe-Post:"), Some("List-Unsubscribe=One-Click"));
    let link = field("List-Unsubscribe:").expect("where to leave");
    let token =
        link.strip_prefix("<https://brand.example/unsubscribe/").and_then(|rest| rest.strip_suffix('>'));
    let link = office.leave(token.expect(link)).await.expect("leaves").expect("is ours");
    assert_eq!((link.rule.as_str(), link.is_off), ("brand-finished", true));
    told("e2").await;
    assert!(!Path::new(&server.path("2.eml")).exists(), "they said so");
}

#[tokio::test]
async fn a_text_message_goes_out_as_twilio_wants_it() {
    let receiver = Receiver::listen(|asked| {
        let refused = asked.body.contains("To=%2B49000000000");
        match refused {
            true => (400, Vec::new(), r#"{"code":21211,"message":"no such number"}"#.to_owned()),
            false => (201, Vec::new(), r#"{"sid":"SM1","status":"queued"}"#.to_owned()),
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "geheim\n").unwrap();
    let post = post(&[
        ("sms_url", &receiver.url("")),
        ("sms_account", "AC1"),
        ("sms_token_file", token.to_str().unwrap()),
        ("sms_from", "+15005550006"),
    ]);
    let send = async |number: &str| {
        let told = post
            .carry(parcel(
                Channel::Sms,
                To::Sms {
                    number: number.into(),
                    report: Some("https://brand.example/callbacks/sms/t?=1".into()),
                },
            ))
            .await;
        (told.outcome, told.answer)
    };
    assert_eq!(send("+491701234567").await, (Outcome::Sent, "201".into()));
    let asked = receiver.last();
    assert_eq!(asked.path, "/2010-04-01/Accounts/AC1/Messages.json");
    assert_eq!(asked.headers["authorization"], format!("Basic {}", BASE64.encode(b"AC1:geheim")));
    assert!(
        asked.body.starts_with("To=%2B491701234567&From=%2B15005550006&Body=Your%20brand"),
        "{}",
        asked.body
    );
    let report = "&StatusCallback=https%3A%2F%2Fbrand.example%2Fcallbacks%2Fsms%2Ft%3F%3D1";
    assert!(asked.body.ends_with(report), "{}", asked.body);
    assert_eq!(send("+49000000000").await, (Outcome::Bounced, "400 21211".into()));
    assert_eq!(send("0170").await.0, Outcome::Failed);
}

#[tokio::test]
async fn a_push_message_opens_in_the_browser_that_it_is_for() {
    let Some(receivers) = receivers() else { return };
    let receiver = Receiver::listen(|asked| match asked.path.as_str() {
        "/gone" => (404, Vec::new(), String::new()),
        _ => (201, Vec::new(), String::new()),
    })
    .await;
    let mut browser = Script::python(&receivers, "browser.py", &[]);
    let keys: Value = serde_json::from_str(&browser.line()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("push.pem");
    let program = "from cryptography.hazmat.primitives.asymmetric import ec\n\
         from cryptography.hazmat.primitives.serialization import *\n\
         print(ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())";
    let made = Command::new(receivers.join("venv/bin/python")).args(["-c", program]).output().unwrap();
    std::fs::write(&key, made.stdout).unwrap();
    let post = post(&[
        ("networks", "127.0.0.0/8"),
        ("push_key_file", key.to_str().unwrap()),
        ("push_contact", "mailto:ops@brand.example"),
    ]);
    let send = async |path: &str| {
        let subscription = json!({ "endpoint": receiver.url(path), "expirationTime": null, "keys": keys });
        post.carry(parcel(Channel::Push, To::Push { subscription: subscription.to_string() })).await.outcome
    };
    assert_eq!(send("/box").await, Outcome::Sent);
    let asked = receiver.last();
    assert_eq!(
        (asked.headers["content-encoding"].as_str(), asked.headers["topic"].as_str()),
        ("aes128gcm", "0a1b2c3d")
    );
    let hex: String = asked.raw.iter().map(|byte| format!("{byte:02x}")).collect();
    browser.say(&json!({ "authorization": asked.headers["authorization"], "body": hex }));
    let opened: Value = serde_json::from_str(&browser.line()).unwrap();
    assert!(opened["clear"].as_str().unwrap().contains("brand-kit.compilation.finished"), "{opened}");
    assert_eq!(opened["claims"]["sub"], "mailto:ops@brand.example");
    assert_eq!(opened["claims"]["aud"], receiver.url(""));
    assert_eq!(send("/gone").await, Outcome::Tried(Attempt::Answered { status: 410, retry_after_s: None }));
}

#[tokio::test]
async fn a_folder_takes_everything_in_place_of_the_world() {
    let folder = tempfile::tempdir().unwrap();
    let post = post(&[("outbox", folder.path().to_str().unwrap()), ("mail_from", "news@brand.example")]);
    let keys = vec![keys().remove(0).0.remove(0)];
    let all = [
        (Channel::Email, To::Email { address: "ann@acme.example".into(), unsubscribe: None }),
        (Channel::Webhook, To::Hook { url: "https://hooks.example.com/".into(), keys }),
        (Channel::Sms, To::Sms { number: "+491701234567".into(), report: None }),
    ];
    for (channel, to) in all {
        assert_eq!(post.carry(parcel(channel, to)).await.outcome, Outcome::Sent);
    }
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["email-0a1b2c3d.eml", "sms-0a1b2c3d.json", "webhook-0a1b2c3d.json"]);
    let mail = std::fs::read_to_string(folder.path().join(&names[0])).unwrap();
    assert!(mail.contains("To: ann@acme.example"), "{mail}");
}

#[tokio::test]
async fn what_is_not_set_up_fails_and_says_so() {
    let post = post(&[]);
    let told =
        post.carry(parcel(Channel::Sms, To::Sms { number: "+491701234567".into(), report: None })).await;
    assert_eq!((told.outcome, told.answer.as_str()), (Outcome::Failed, "this channel is not set up"));
    let wrong = [
        vec![("networks", "10.0.0.0")],
        vec![("smtp", "mail.example")],
        vec![("smtp", "smtp://mail.example")],
        vec![("smtp", "smtp://mail.example"), ("mail_from", "x"), ("smtp_user", "u")],
        vec![("sms_account", "AC1")],
        vec![("push_key_file", "/nowhere"), ("push_contact", "mailto:a@b.example")],
        vec![("authorities", "/nowhere")],
    ];
    for config in wrong {
        let config: BTreeMap<String, String> =
            config.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert!(Settings(&config).post().is_err(), "{config:?}");
    }
}
