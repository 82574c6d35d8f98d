//! The page behind the link at the foot of a mail, and what mail programs send there by themselves (RFC 8058).
//!
//! Whoever holds the link shows no key. Looking changes nothing, because programs that check mails open every link in
//! them; only a POST ends the mails.

use crate::api::Visit;
use crate::desk::is_token;
use crate::http::{Request, Response};
use crate::problem::{escape, page};
use core_brand::Fault;

/// What the addresses of these pages begin with; `browser` lets them send a form.
pub(crate) const LEAVING: &str = "/unsubscribe/";

/// What a link stands for, as the courier reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The name of the rule whose mails it ends.
    pub rule: String,
    /// BCP 47.
    pub language: String,
    /// Whether they have ended already.
    pub is_off: bool,
}

/// The page in one language; `{}` is the rule.
struct Words {
    language: &'static str,
    title: &'static str,
    ask: &'static str,
    done: &'static str,
    lost: &'static str,
    /// What `RULES` are called.
    rules: [&'static str; RULES.len()],
}

/// Rules of ours that people may turn off. One of a tenant goes by the name that the tenant gave it.
const RULES: [&str; 6] =
    ["brand-finished", "brand-failed", "brand-cancelled", "brand-erased", "rollout", "limits-near"];

/// In the languages of mails. The first is that of everybody else.
#[rustfmt::skip]
const WORDS: &[Words] = &[
    Words { language: "en", title: "Unsubscribe", ask: "Do you want to stop these e-mails: {}?",
        done: "You will not get these e-mails any more: {}.", lost: "This link does not work any more.",
        rules: ["finished brand kits", "brand kits that could not be made", "cancelled brand kits", "erased brands", "rollouts", "limits that are nearly reached"] },
    Words { language: "de", title: "Abbestellen", ask: "Möchten Sie diese E-Mails nicht mehr bekommen: {}?",
        done: "Sie bekommen diese E-Mails nicht mehr: {}.", lost: "Dieser Link gilt nicht mehr.",
        rules: ["fertige Brand-Kits", "Brand-Kits, die nicht entstehen konnten", "abgebrochene Brand-Kits", "gelöschte Marken", "Einführung neuer Versionen", "Grenzen, die fast erreicht sind"] },
    Words { language: "es", title: "Darse de baja", ask: "¿Quiere dejar de recibir estos correos: {}?",
        done: "Ya no recibirá estos correos: {}.", lost: "Este enlace ya no funciona.",
        rules: ["kits de marca listos", "kits de marca que no se pudieron crear", "kits de marca cancelados", "marcas borradas", "despliegues", "límites casi alcanzados"] },
    Words { language: "fr", title: "Se désabonner", ask: "Voulez-vous ne plus recevoir ces e-mails : {} ?",
        done: "Vous ne recevrez plus ces e-mails : {}.", lost: "Ce lien ne fonctionne plus.",
        rules: ["kits de marque prêts", "kits de marque qui n’ont pas pu être créés", "kits de marque annulés", "marques supprimées", "déploiements", "limites presque atteintes"] },
    Words { language: "pt", title: "Cancelar inscrição", ask: "Quer deixar de receber estes e-mails: {}?",
        done: "Você não receberá mais estes e-mails: {}.", lost: "Este link já não funciona.",
        rules: ["kits de marca prontos", "kits de marca que não puderam ser criados", "kits de marca cancelados", "marcas apagadas", "implantações", "limites quase atingidos"] },
    Words { language: "it", title: "Annullare l’iscrizione", ask: "Vuole non ricevere più queste e-mail: {}?",
        done: "Non riceverà più queste e-mail: {}.", lost: "Questo link non funziona più.",
        rules: ["kit di marca pronti", "kit di marca che non è stato possibile creare", "kit di marca annullati", "marchi cancellati", "rilasci", "limiti quasi raggiunti"] },
    Words { language: "nl", title: "Afmelden", ask: "Wilt u deze e-mails niet meer ontvangen: {}?",
        done: "U ontvangt deze e-mails niet meer: {}.", lost: "Deze link werkt niet meer.",
        rules: ["voltooide merkpakketten", "merkpakketten die niet gemaakt konden worden", "geannuleerde merkpakketten", "gewiste merken", "uitrol van versies", "bijna bereikte limieten"] },
    Words { language: "pl", title: "Wypisz się", ask: "Czy chcesz przestać otrzymywać te e-maile: {}?",
        done: "Nie będziesz już otrzymywać tych e-maili: {}.", lost: "Ten link już nie działa.",
        rules: ["gotowe zestawy marki", "zestawy marki, których nie udało się utworzyć", "anulowane zestawy marki", "usunięte marki", "wdrożenia", "prawie wykorzystane limity"] },
    Words { language: "tr", title: "Abonelikten çık", ask: "Bu e-postaları artık almak istemiyor musunuz: {}?",
        done: "Bu e-postaları artık almayacaksınız: {}.", lost: "Bu bağlantı artık çalışmıyor.",
        rules: ["hazır marka kitleri", "oluşturulamayan marka kitleri", "iptal edilen marka kitleri", "silinen markalar", "sürüm geçişleri", "dolmak üzere olan sınırlar"] },
    Words { language: "ja", title: "配信停止", ask: "このメールの配信を停止しますか：{}",
        done: "このメールは今後届きません：{}", lost: "このリンクは無効になりました。",
        rules: ["完成したブランドキット", "作成できなかったブランドキット", "取り消されたブランドキット", "消去されたブランド", "バージョンの展開", "上限が近いときのお知らせ"] },
];

/// `GET /unsubscribe/{token}`: what the link would end, with a button.
pub(crate) fn look(visit: &Visit<'_>) -> Result<Response, Fault> {
    let call = visit.call("unsubscribe", "look");
    let found = token(visit).map(|token| visit.platform.desk().look(&call, token)).transpose()?.flatten();
    Ok(found.map_or_else(|| lost(visit.request), |link| shown(&link)))
}

/// `POST /unsubscribe/{token}`: from a mail program, or from the button. The body says nothing that the address does not.
pub(crate) fn leave(visit: &Visit<'_>) -> Result<Response, Fault> {
    let call = visit.call("unsubscribe", "leave");
    let found = token(visit).map(|token| visit.platform.desk().leave(&call, token)).transpose()?.flatten();
    Ok(found.map_or_else(|| lost(visit.request), |link| shown(&link)))
}

/// Nothing where it can be none of ours, which then reaches nobody.
fn token<'a>(visit: &'a Visit<'_>) -> Option<&'a str> {
    Some(visit.part("token")).filter(|token| is_token(token))
}

fn shown(link: &Link) -> Response {
    let words = words(&link.language).unwrap_or(&WORDS[0]);
    let known = RULES.iter().zip(words.rules).find(|(name, _)| **name == link.rule);
    let rule = format!("<strong>{}</strong>", escape(known.map_or(link.rule.as_str(), |(_, called)| called)));
    let body = match link.is_off {
        true => format!("<p class=\"lead\">{}</p>", words.done.replace("{}", &rule)),
        // The field is what mail programs send.
        false => format!(
            "<p class=\"lead\">{}</p><form method=\"post\">\
             <input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">\
             <button class=\"main\">{}</button></form>",
            words.ask.replace("{}", &rule),
            words.title
        ),
    };
    private(page(words.language, words.title, &body))
}

/// The person is not known here, but what their browser speaks.
fn lost(request: &Request) -> Response {
    let accepted = request.header("accept-language").unwrap_or_default();
    let words = accepted.split(',').find_map(|one| words(one.trim())).unwrap_or(&WORDS[0]);
    let body = format!("<p class=\"lead\">{}</p>", words.lost);
    Response { status: 404, ..private(page(words.language, words.title, &body)) }
}

/// Whoever has the address may leave: nobody keeps it, nor what it showed.
fn private(mut answer: Response) -> Response {
    answer.headers.retain(|(name, _)| name != "cache-control");
    answer.with("cache-control", "no-store").with("x-robots-tag", "noindex")
}

fn words(language: &str) -> Option<&'static Words> {
    let own = language.split(['-', ';']).next().unwrap_or_default();
    WORDS.iter().find(|words| words.language.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::brief::LANGUAGES;

    #[test]
    fn every_language_of_mails_has_a_page() {
        for language in LANGUAGES {
            let words = words(language).unwrap_or_else(|| panic!("no words in {language}"));
            assert!(words.ask.contains("{}") && words.done.contains("{}"), "{language}");
        }
        let rules = core_notify::default_rules();
        let mut names: Vec<&str> =
            rules.iter().filter(|rule| !rule.is_critical).map(|rule| rule.name.as_str()).collect();
        names.sort_unstable();
        let mut known = RULES.to_vec();
        known.sort_unstable();
        assert_eq!(known, names, "what a mail may be of has a name");
        assert_eq!(words("pt-BR;q=0.8").map(|words| words.language), Some("pt"));
        assert!(words("xx").is_none());
    }
}
