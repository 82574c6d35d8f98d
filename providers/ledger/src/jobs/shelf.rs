//! Lists of jobs in an order of one's choice, turned page by page.
//!
//! Pure. A cursor holds the place itself, not a job, so that it stays where it is whatever is begun or erased meanwhile.

use super::malformed;
use super::projection::{Job, Tenant, short};
use core_brand::Fault;
use core_saga::{Status, View};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// Letter case aside; the oldest first where names are the same.
    Name,
}

/// What is wanted of a list.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub status: Option<Status>,
    pub industry: Option<String>,
    pub name_starts: Option<String>,
    pub order: Order,
    /// `next` or `previous` of a page in the same order.
    pub cursor: Option<String>,
    pub limit: usize,
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    pub views: Vec<View>,
    pub next: Option<String>,
    pub previous: Option<String>,
}

/// Where a job stands: its folded name, empty where time is the order, and the place of its first entry.
type Key = (String, u64);

/// A page begins behind a key, or ends before one.
struct Cursor {
    is_back: bool,
    key: Key,
}

/// A name as names are compared.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

pub(crate) fn page(tenant: &Tenant, wish: &Wish) -> Result<Shelf, Fault> {
    let cursor = wish.cursor.as_deref().map(|text| parse(text, wish.order)).transpose()?;
    let is_back = cursor.as_ref().is_some_and(|cursor| cursor.is_back);
    let is_falling = (wish.order == Order::Newest) != is_back;
    let fits = Fits::of(wish);
    let behind = |key: &Key| match &cursor {
        Some(cursor) if is_falling => *key < cursor.key,
        Some(cursor) => *key > cursor.key,
        None => true,
    };
    let all = keys(tenant, wish.order, is_falling, cursor.as_ref().map(|cursor| &cursor.key));
    let mut found: Vec<(Key, &Job)> = all
        .filter(behind)
        .filter_map(|key| Some((tenant.begun_at(key.1)?, key)))
        .filter(|(job, _)| fits.job(job))
        .map(|(job, key)| (key, job))
        .take(wish.limit + 1)
        .collect();
    let has_more = found.len() > wish.limit;
    found.truncate(wish.limit);
    if is_back {
        found.reverse();
    }
    let (has_next, has_previous) = if is_back { (true, has_more) } else { (has_more, cursor.is_some()) };
    let mark =
        |is_back: bool, entry: Option<&(Key, &Job)>| entry.map(|(key, _)| text(is_back, wish.order, key));
    Ok(Shelf {
        next: mark(false, found.last()).filter(|_| has_next),
        previous: mark(true, found.first()).filter(|_| has_previous),
        views: found.iter().map(|(_, job)| short(&job.view)).collect(),
    })
}

/// All keys from a place on, in the direction of the page.
fn keys<'a>(
    tenant: &'a Tenant,
    order: Order,
    is_falling: bool,
    start: Option<&Key>,
) -> Box<dyn Iterator<Item = Key> + 'a> {
    let (name, place) =
        start.cloned().unwrap_or_else(|| (String::new(), if is_falling { u64::MAX } else { 0 }));
    match (order, is_falling, start) {
        (Order::Name, false, _) => Box::new(tenant.named.range((name, place)..).cloned()),
        (Order::Name, true, Some(_)) => Box::new(tenant.named.range(..(name, place)).rev().cloned()),
        (Order::Name, true, None) => Box::new(tenant.named.iter().rev().cloned()),
        (_, false, _) => Box::new(tenant.begun.range(place..).map(|(place, _)| (String::new(), *place))),
        (_, true, _) => Box::new(tenant.begun.range(..place).rev().map(|(place, _)| (String::new(), *place))),
    }
}

/// What a job must be to stand in the list.
struct Fits {
    status: Option<Status>,
    industry: Option<String>,
    name_starts: Option<String>,
}

impl Fits {
    fn of(wish: &Wish) -> Self {
        let fold = |text: &Option<String>| text.as_deref().map(folded);
        Self { status: wish.status, industry: fold(&wish.industry), name_starts: fold(&wish.name_starts) }
    }

    fn job(&self, job: &Job) -> bool {
        self.status.is_none_or(|status| job.view.status == status)
            && self.industry.as_ref().is_none_or(|wanted| folded(said(&job.view, "industry")) == *wanted)
            && self.name_starts.as_ref().is_none_or(|start| job.name().starts_with(start.as_str()))
    }
}

/// A field of the brief; empty where it is not known, or no longer.
pub(crate) fn said<'a>(view: &'a View, field: &str) -> &'a str {
    let brief = view.request.as_ref().and_then(|request| request.get("brief"));
    brief.and_then(|brief| brief.get(field)).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// `<n|p><c|o|a><place>-<name>`, place and name in hexadecimal.
fn text(is_back: bool, order: Order, (name, place): &Key) -> String {
    let name: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{}{}{place:x}-{name}", if is_back { 'p' } else { 'n' }, letter(order))
}

fn letter(order: Order) -> char {
    match order {
        Order::Newest => 'c',
        Order::Oldest => 'o',
        Order::Name => 'a',
    }
}

fn parse(text: &str, order: Order) -> Result<Cursor, Fault> {
    let read = || {
        let mut letters = text.chars();
        let is_back = match letters.next()? {
            'n' => false,
            'p' => true,
            _ => return None,
        };
        let rest = letters.as_str().strip_prefix(letter(order))?;
        let (place, name) = rest.split_once('-')?;
        Some(Cursor { is_back, key: (unhex(name)?, u64::from_str_radix(place, 16).ok()?) })
    };
    read().ok_or_else(|| malformed(format!("`{text}` is not a cursor of this order")))
}

fn unhex(text: &str) -> Option<String> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    String::from_utf8(text.as_bytes().chunks(2).map(byte).collect::<Option<_>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::projection::Projection;
    use crate::journal::entry_of;
    use crate::journal::{Home, Stamp, previous_of};
    use core_brand::Document;
    use core_saga::{Event, Pins, Terms};
    use serde_json::json;

    struct Town {
        all: Projection,
        place: u64,
    }

    impl Town {
        fn new(brands: &[(&str, &str)]) -> Self {
            let mut town = Self { all: Projection::default(), place: 0 };
            brands.iter().for_each(|(name, industry)| town.begin(name, industry));
            town
        }

        fn begin(&mut self, name: &str, industry: &str) {
            self.place += 1;
            let brief = json!({ "brief": { "company_name": name, "industry": industry } });
            let request = Document::working("request", &brief).unwrap();
            let pins = Pins {
                steps_version: 1,
                components: Default::default(),
                model_variant: "stable".to_owned(),
                draws: Vec::new(),
            };
            let home = Home::new("us-east-1", "acme", &format!("{}-{name}", self.place));
            let event = Event::Requested { request, pins, terms: Terms::default() };
            let entry = home.entry(0, &previous_of(&[]), &event, Stamp::default()).unwrap();
            self.all.take(&home, self.place, [entry_of(&entry)]).unwrap();
        }

        fn erase(&mut self, id: &str) {
            let home = Home::new("us-east-1", "acme", id);
            let entry = home.entry(1, "", &Event::EraseRequested, Stamp::default()).unwrap();
            self.all.take(&home, 0, [entry_of(&entry)]).unwrap();
        }

        fn page(&self, wish: &Wish) -> Shelf {
            page(self.all.tenant("acme").unwrap(), wish).unwrap()
        }
    }

    fn ids(shelf: &Shelf) -> Vec<&str> {
        shelf.views.iter().map(|view| view.id.as_str()).collect()
    }

    const BRANDS: &[(&str, &str)] =
        &[("Nord", "law"), ("acorn", "Coffee"), ("Éclair", "coffee"), ("NORTH", "law"), ("Acorn", "coffee")];

    #[test]
    fn lists_have_an_order_and_filters() {
        let town = Town::new(BRANDS);
        let all = |order| Wish { order, limit: 10, ..Wish::default() };
        assert_eq!(
            ids(&town.page(&all(Order::Newest))),
            ["5-Acorn", "4-NORTH", "3-Éclair", "2-acorn", "1-Nord"]
        );
        assert_eq!(ids(&town.page(&all(Order::Oldest)))[..2], ["1-Nord", "2-acorn"]);
        assert_eq!(
            ids(&town.page(&all(Order::Name))),
            ["2-acorn", "5-Acorn", "1-Nord", "4-NORTH", "3-Éclair"]
        );
        let coffee = Wish { industry: Some("COFFEE".into()), ..all(Order::Oldest) };
        assert_eq!(ids(&town.page(&coffee)), ["2-acorn", "3-Éclair", "5-Acorn"]);
        let nor = Wish { name_starts: Some("nor".into()), ..all(Order::Newest) };
        assert_eq!(ids(&town.page(&nor)), ["4-NORTH", "1-Nord"]);
        let done = Wish { status: Some(Status::Completed), ..all(Order::Name) };
        assert_eq!(town.page(&done), Shelf::default());
    }

    /// Forwards to the end and back again, in every order and size of page.
    #[test]
    fn pages_lead_there_and_back() {
        let town = Town::new(BRANDS);
        for order in [Order::Newest, Order::Oldest, Order::Name] {
            let whole = town.page(&Wish { order, limit: 10, ..Wish::default() });
            for limit in 1..=6 {
                let turn =
                    |cursor: Option<String>| town.page(&Wish { order, limit, cursor, ..Wish::default() });
                let mut pages = vec![turn(None)];
                while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
                    pages.push(turn(Some(next)));
                }
                let seen: Vec<_> = pages.iter().flat_map(ids).collect();
                assert_eq!(seen, ids(&whole), "{order:?} {limit}");
                assert!(pages[0].previous.is_none());
                for pair in pages.windows(2) {
                    let back = turn(pair[1].previous.clone());
                    assert_eq!(
                        (ids(&back), &back.previous),
                        (ids(&pair[0]), &pair[0].previous),
                        "{order:?} {limit}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_cursor_stays_where_it_is() {
        for order in [Order::Newest, Order::Oldest, Order::Name] {
            let mut town = Town::new(BRANDS);
            let first = town.page(&Wish { order, limit: 2, ..Wish::default() });
            let wish = Wish { order, limit: 2, cursor: first.next.clone(), ..Wish::default() };
            let before = town.page(&wish);
            // The one that the cursor was made from loses its name, and another comes.
            town.erase(&first.views[1].id.clone());
            town.begin("Aaa", "law");
            assert_eq!(ids(&town.page(&wish)), ids(&before), "{order:?}");
            let other = if order == Order::Name { Order::Oldest } else { Order::Name };
            let strange = page(town.all.tenant("acme").unwrap(), &Wish { order: other, ..wish });
            assert!(strange.is_err(), "a cursor of {order:?} in {other:?}");
        }
        let town = Town::new(BRANDS);
        for odd in ["", "n", "nc", "ncx-", "xc1-", "nc1", "na1-zz", "na1-f", "né1-"] {
            let wish = Wish { cursor: Some(odd.to_owned()), limit: 2, ..Wish::default() };
            assert!(page(town.all.tenant("acme").unwrap(), &wish).is_err(), "{odd}");
        }
    }

    #[test]
    fn what_is_in_hand_is_counted() {
        let mut town = Town::new(BRANDS);
        assert_eq!((town.all.open_of("acme", 10), town.all.open_of("acme", 3)), (5, 3));
        assert_eq!((town.all.open_of("acm", 10), town.all.open_of("acme2", 10)), (0, 0));
        town.erase("1-Nord");
        assert_eq!(town.all.open_of("acme", 10), 5, "what is being erased is still in hand");
    }
}
