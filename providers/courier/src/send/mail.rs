//! E-mail by SMTP.

use super::dkim::Signer;
use super::{Outcome, Parcel, Told};
use core_brand::{Fault, broken};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// Connections that are kept to the server.
const CONNECTIONS_MAX: u32 = 8;
/// One command; the attempt as a whole has a bound of its own.
const COMMAND_MAX: Duration = Duration::from_secs(15);
/// Letters of a subject; clients show fewer.
const SUBJECT_CHARS_MAX: usize = 200;
/// The server does not let us in, or not over this connection: that says nothing of the receiver.
const NOT_LET_IN: &[u16] = &[530, 534, 535, 538];
/// There is no such receiver.
const NO_SUCH: &[u16] = &[521, 550, 551, 553, 556];

/// How a server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// TLS from the first byte.
    Tls,
    /// TLS from `STARTTLS` on, and nothing without it.
    StartTls,
    /// None: a server on the same machine.
    Plain,
}

impl Server {
    /// Reads `smtps://host`, `smtp://host` (STARTTLS) or `smtp+plain://host`, each with a port or without.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (way, usual) = match scheme {
            "smtps" => (Way::Tls, 465),
            "smtp" => (Way::StartTls, 587),
            "smtp+plain" => (Way::Plain, 25),
            _ => return None,
        };
        let rest = rest.trim_end_matches('/');
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (rest, usual),
        };
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let is_fine = !host.is_empty() && host.bytes().all(is_host);
        is_fine.then(|| Self { host: host.to_owned(), port, way })
    }
}

/// Sends mails.
pub(crate) struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: String,
    signer: Option<Signer>,
}

impl Mail {
    pub(crate) fn new(
        server: &Server,
        login: Option<(String, String)>,
        authorities: Option<&Path>,
        from: &str,
        signer: Option<Signer>,
    ) -> Result<Self, Fault> {
        from.parse::<Mailbox>().map_err(|why| broken!("`mail_from`: {why}"))?;
        let tls = || tls(&server.host, authorities);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .timeout(Some(COMMAND_MAX))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX))
            .tls(match server.way {
                Way::Tls => Tls::Wrapper(tls()?),
                Way::StartTls => Tls::Required(tls()?),
                Way::Plain => Tls::None,
            });
        let transport = match login {
            Some((user, password)) => transport.credentials(Credentials::new(user, password)),
            None => transport,
        };
        Ok(Self { transport: transport.build(), from: from.to_owned(), signer })
    }

    pub(crate) async fn send(&self, parcel: &Parcel, address: &str, unsubscribe: Option<&str>) -> Told {
        let message = match message(&self.from, parcel, address, unsubscribe) {
            Ok(message) => message,
            Err(why) => return Told::new(Outcome::Failed, why),
        };
        let mut bytes = message.formatted();
        if let Some(signer) = &self.signer {
            match signer.sign(&bytes, parcel.at_ms / 1000) {
                Ok(header) => bytes.splice(0..0, header.into_bytes()),
                Err(why) => return Told::silent(why),
            };
        }
        match self.transport.send_raw(message.envelope(), &bytes).await {
            Ok(answer) => Told::new(Outcome::Sent, answer.code().to_string()),
            Err(why) => judged(&why),
        }
    }
}

fn tls(host: &str, authorities: Option<&Path>) -> Result<TlsParameters, Fault> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = authorities {
        let failed = |why: &dyn std::fmt::Display| broken!("certificates in `{}`: {why}", path.display());
        let pem = std::fs::read(path).map_err(|why| failed(&why))?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(|why| failed(&why))?);
    }
    builder.build_rustls().map_err(|why| broken!("TLS to the mail server: {why}"))
}

/// What the server says of a mail. Its words are not repeated: they hold the address.
fn judged(why: &lettre::transport::smtp::Error) -> Told {
    let Some(code) = why.status() else {
        // Another try would find the same; that somebody on the way hides STARTTLS may pass.
        if why.is_client() && said(why).contains("authentication mechanism") {
            return Told::new(Outcome::Failed, "the mail server offers no login that is known here");
        }
        let what = match () {
            () if why.is_timeout() => "no answer in time",
            () if why.is_tls() => "no TLS",
            () => "no connection",
        };
        return Told::silent(what);
    };
    let number = u16::from(code);
    let answer = number.to_string();
    let said = said(why);
    // `5.7.…` is a matter of policy: it would be refused to everybody else, too.
    let is_policy = said.split_whitespace().any(|word| word.trim_start_matches('(').starts_with("5.7."));
    if why.is_transient() {
        Told::silent(answer)
    } else if NOT_LET_IN.contains(&number) {
        // A wrong password stays wrong, and who tries it again and again is shut out. Redriving is for a person.
        Told::new(Outcome::Failed, format!("{answer}: the mail server does not let us in"))
    } else if NO_SUCH.contains(&number) && !is_policy {
        Told::new(Outcome::Bounced, answer)
    } else {
        Told::new(Outcome::Failed, answer)
    }
}

fn said(why: &lettre::transport::smtp::Error) -> String {
    std::error::Error::source(why).map(ToString::to_string).unwrap_or_default()
}

/// The mail. Whatever comes from outside has no line of its own in the head.
pub(crate) fn message(
    from: &str,
    parcel: &Parcel,
    address: &str,
    unsubscribe: Option<&str>,
) -> Result<Message, String> {
    let from: Mailbox = from.parse().map_err(|why| format!("the sender is no address: {why}"))?;
    let to: Address = address.parse().map_err(|_| "the receiver is no address".to_owned())?;
    let subject: String = one_line(&parcel.letter.subject).chars().take(SUBJECT_CHARS_MAX).collect();
    let id = format!("<{}@{}>", parcel.id, from.email.domain());
    let mut builder = Message::builder()
        .message_id(Some(id))
        .date(UNIX_EPOCH + Duration::from_millis(parcel.at_ms))
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(subject)
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Some(unsubscribe) = unsubscribe.map(one_line) {
        builder = builder.raw_header(header("List-Unsubscribe", &format!("<{unsubscribe}>")));
        // Without TLS nobody sends there by themselves: RFC 8058 forbids it.
        if unsubscribe.starts_with("https://") {
            builder = builder.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
    }
    let text = parcel.letter.text.clone();
    let made = match &parcel.letter.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(text, html.clone())),
        None => builder.singlepart(lettre::message::SinglePart::plain(text)),
    };
    made.map_err(|why| format!("no mail can be made of it: {why}"))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scribe::Letter;
    use crate::send::To;
    use core_notify::Channel;

    fn parcel(subject: &str) -> Parcel {
        let letter = Letter {
            subject: subject.into(),
            text: "Grüße\nYour brand is ready.".into(),
            html: Some("<p>Grüße</p>".into()),
            payload: None,
        };
        let to = To::Email { address: "ann@example.com".into(), unsubscribe: None };
        Parcel { id: "0a1b".into(), channel: Channel::Email, at_ms: 1_000_000_000_000, letter, to }
    }

    fn text(subject: &str, unsubscribe: Option<&str>) -> String {
        let made = message("Imprint <news@brand.example>", &parcel(subject), "ann@example.com", unsubscribe);
        String::from_utf8(made.unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_has_an_id_that_stays_and_both_parts() {
        let mail = text("Ready", Some("https://brand.example/u?t=1"));
        for line in [
            "Message-ID: <0a1b@brand.example>\r\n",
            "To: ann@example.com\r\n",
            "Date: Sun, 09 Sep 2001 01:46:40 +0000\r\n",
            "List-Unsubscribe: <https://brand.example/u?t=1>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
        ] {
            assert!(mail.contains(line), "{line:?} in {mail}");
        }
    }

    #[test]
    fn nothing_from_outside_gets_a_line_in_the_head() {
        for evil in ["Hi\r\nBcc: eve@evil.example", "Hi\nBcc: eve@evil.example", "Hi\r\n\r\n<script>"] {
            let mail = text(evil, Some("https://brand.example/\r\nBcc: eve@evil.example"));
            let head = mail.split("\r\n\r\n").next().unwrap();
            assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
            assert!(head.contains("List-Unsubscribe-Post"), "the head ends where it should: {head}");
        }
        let bad =
            ["", "ann", "ann@", "@example.com", "a b@example.com", "ann@example.com\r\nBcc: e@evil.example"];
        for address in bad {
            let made = message("news@brand.example", &parcel("Hi"), address, None);
            assert_eq!(made.err().as_deref(), Some("the receiver is no address"), "{address:?}");
        }
    }

    #[test]
    fn servers_are_read() {
        let read = |text| Server::read(text).map(|server| (server.host, server.port, server.way));
        assert_eq!(read("smtps://mail.example"), Some(("mail.example".into(), 465, Way::Tls)));
        assert_eq!(read("smtp://mail.example:2525/"), Some(("mail.example".into(), 2525, Way::StartTls)));
        assert_eq!(read("smtp+plain://127.0.0.1:25"), Some(("127.0.0.1".into(), 25, Way::Plain)));
        for wrong in
            ["mail.example", "http://mail.example", "smtp://", "smtp://a b", "smtp://u:p@host", "smtp://h:x"]
        {
            assert_eq!(Server::read(wrong), None, "{wrong}");
        }
    }
}
