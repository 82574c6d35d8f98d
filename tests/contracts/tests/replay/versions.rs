//! Two versions of every contract side by side: who asks by the released one and who asks by the next are each answered by
//! theirs, whether one component answers both or two answer one each. Who finds nobody is told so before the first call.

use crate::made::{Change, Contract, Contracts};
use core_brand::content::sha256_hex;
use imprint_blobs::{FontShelf, MemoryBlobs};
use imprint_embedded::types::Type;
use imprint_embedded::{CodeCache, ComponentFile, Embedded, Settings, Val};
use imprint_rollout::contracts::{Breach, Moved, Surface, breaches};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Every component exports the step, and is asked for it by its id: nobody imports it.
const BY_ID: &str = "jobs/step";
/// What the engine answers by itself, in the released version; no component does beside it.
const BY_ENGINE: [&str; 3] = ["blobs/store", "fonts/library", "polish/text"];
/// Who answers, where one does.
const ANSWERS: &str = "answers";

/// What a contract asks or answers by.
type Pick<'a> = (&'a BTreeSet<Contract>, &'a [&'a str]);

fn without<'a>((all, left_out): Pick<'a>) -> impl Iterator<Item = &'a Contract> + Clone {
    all.iter().filter(move |contract| !left_out.contains(&contract.name.as_str()))
}

/// Components by their ids, loaded into one engine as they are for a job.
fn platform(folder: &Path, components: &[(&str, &[u8])]) -> Result<Embedded<MemoryBlobs>, String> {
    let file = |(name, bytes): &(&str, &[u8])| {
        let sha256 = sha256_hex(bytes);
        let path = folder.join(format!("{sha256}.wasm"));
        std::fs::write(&path, bytes).unwrap();
        ComponentFile { name: (*name).to_owned(), path, sha256 }
    };
    let files: Vec<_> = components.iter().map(file).collect();
    let cache = CodeCache::open(&folder.join("compiled")).unwrap();
    let (blobs, fonts) = (Arc::new(MemoryBlobs::default()), FontShelf::new(Vec::new()));
    Embedded::load(&files, &cache, blobs, fonts, Settings::default()).map_err(|fault| fault.message)
}

/// Some value of this type. In a context: this tenant, at this attempt.
fn value(kind: &Type, tenant: &str, attempt: u32) -> Val {
    let of = |kind: &Type| value(kind, tenant, attempt);
    match kind {
        Type::Bool => Val::Bool(true),
        Type::U8 => Val::U8(1),
        Type::U32 => Val::U32(1),
        Type::U64 => Val::U64(1),
        Type::Float32 => Val::Float32(0.5),
        Type::String => Val::String("a word".to_owned()),
        Type::List(list) => Val::List(vec![of(&list.ty()), of(&list.ty())]),
        Type::Option(inner) => Val::Option(Some(Box::new(of(&inner.ty())))),
        Type::Enum(cases) => Val::Enum(cases.names().last().unwrap().to_owned()),
        Type::Variant(variant) => {
            let case = variant.cases().last().unwrap();
            Val::Variant(case.name.to_owned(), case.ty.map(|kind| Box::new(of(&kind))))
        }
        Type::Record(record) => {
            let field = |name: &str, kind: &Type| match name {
                "tenant" => Val::String(tenant.to_owned()),
                "attempt" => Val::U32(attempt),
                _ => of(kind),
            };
            Val::Record(record.fields().map(|one| (one.name.to_owned(), field(one.name, &one.ty))).collect())
        }
        other => panic!("no contract has a {other:?}"),
    }
}

/// What a component says that answers by this contract.
fn said(contract: &Contract, function: &str, tenant: &str) -> Val {
    let text = |text: &str| Val::String(text.to_owned());
    let fields = [
        ("code", text(tenant)),
        ("args", Val::List(Vec::new())),
        ("field", Val::Option(None)),
        ("message", text(&format!("{}#{function}", contract.id()))),
    ];
    let fault = Val::Record(fields.map(|(name, value)| (name.to_owned(), value)).into());
    Val::Result(Err(Some(Box::new(Val::Variant("internal".to_owned(), Some(Box::new(fault)))))))
}

/// Asks a component for everything in a contract, by the name that it has there.
fn check(on: &Embedded<MemoryBlobs>, id: &str, name: &str, contract: &Contract, is_engine: bool) -> usize {
    for function in &contract.functions {
        let ask = |tenant: &str, attempt: u32| {
            let kinds = on.takes(id, name, function).unwrap();
            let params: Vec<_> = kinds.iter().map(|kind| value(kind, tenant, attempt)).collect();
            on.call(id, name, function, &params).unwrap()
        };
        let tenant = format!("who asks {id}");
        let told = ask(&tenant, 1);
        if is_engine {
            // The engine does its work, whatever that comes to.
            assert!(matches!(told, Val::Result(_)), "{name}#{function}: {told:?}");
            assert_ne!(told, said(contract, function, &tenant), "{name}#{function}");
            continue;
        }
        assert_eq!(told, said(contract, function, &tenant), "{id} asks by {name}#{function}");
        assert!(
            matches!(ask(&tenant, 0), Val::Result(Ok(_))),
            "{id} asks by {name}#{function} for something good"
        );
    }
    contract.functions.len()
}

/// The components of the test: who asks by the released contracts and by the next, and who answers by the released, the next and
/// both.
struct Made {
    contracts: Contracts,
    asks: [Vec<u8>; 2],
    answers: [Vec<u8>; 3],
}

impl Made {
    fn of(change: Change) -> Self {
        let contracts = Contracts::read(change);
        let (released, next) = (&contracts.released, &contracts.next);
        let asks = [released, next].map(|by| contracts.asking(without((by, &[BY_ID]))));
        let old = without((released, &BY_ENGINE));
        let answers = [
            contracts.answering(old.clone()),
            contracts.answering(next.iter()),
            contracts.answering(old.chain(next)),
        ];
        Self { asks, answers, contracts }
    }
}

#[test]
fn two_versions_of_every_contract_work_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let _inside = runtime.enter();
    for change in [Change::Functions, Change::Words] {
        let Made { contracts, asks: [asks_released, asks_next], answers: [released, next, both] } =
            Made::of(change);
        let asking: [(&str, &[u8]); 2] = [("asks-released", &asks_released), ("asks-next", &asks_next)];
        let one: [(&str, &[u8]); 1] = [(ANSWERS, &both)];
        let two: [(&str, &[u8]); 2] = [("answers-released", &released), ("answers-next", &next)];
        // Who answers by the released version, and who by the next.
        for (answering, by) in [(&one[..], [ANSWERS; 2]), (&two[..], ["answers-released", "answers-next"])] {
            let on = platform(folder.path(), &[&asking, answering].concat()).unwrap();
            let mut calls = 0;
            for (side, all) in [&contracts.released, &contracts.next].into_iter().enumerate() {
                for contract in all {
                    let is_engine = side == 0 && BY_ENGINE.contains(&contract.name.as_str());
                    calls += match contract.name == BY_ID {
                        true => check(&on, by[side], &contract.id(), contract, false),
                        false => check(&on, asking[side].0, &contract.asked_as(), contract, is_engine),
                    };
                }
            }
            let functions = contracts.released.iter().chain(&contracts.next);
            let functions: usize = functions.map(|contract| contract.functions.len()).sum();
            println!("{change:?}, {} answer: {calls} functions of two versions", answering.len());
            assert_eq!(calls, functions);
        }
    }
}

/// Neither engine nor rollout takes one version for another.
#[test]
fn who_finds_nobody_of_its_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let _inside = runtime.enter();
    let Made { contracts, asks, answers: [released, next, both] } = Made::of(Change::Functions);
    for (all, asking, others) in
        [(&contracts.released, &asks[0], &next), (&contracts.next, &asks[1], &released)]
    {
        let refused = platform(folder.path(), &[("asks", asking), (ANSWERS, others)]);
        let Err(told) = refused else { panic!("a component that nobody answers is loaded") };
        assert!(all.iter().any(|contract| told.contains(&contract.id())), "{told}");
    }

    let surface = |bytes: &[u8]| Surface::read(bytes).unwrap();
    let moved = |name: &str, old: &[u8], new: &[u8]| {
        BTreeMap::from([(
            name.to_owned(),
            Moved { to: "next".to_owned(), old: surface(old), new: surface(new) },
        )])
    };
    let beside = |bytes: &[u8]| BTreeMap::from([(ANSWERS.to_owned(), surface(bytes))]);
    let table = calls(&contracts.next);
    let judged = |set: &BTreeMap<String, Moved>, beside: &BTreeMap<String, Surface>| {
        breaches(set, beside, &|component| if component == "asks" { table } else { &[] })
    };
    assert_eq!(judged(&moved(ANSWERS, &released, &both), &BTreeMap::new()), []);
    assert_eq!(judged(&moved("asks", &asks[0], &asks[1]), &beside(&both)), []);
    let gone = judged(&moved(ANSWERS, &released, &next), &BTreeMap::new());
    let gone: BTreeSet<_> = gone.into_iter().map(|breach| interface(breach, true)).collect();
    assert_eq!(gone, ids(without((&contracts.released, &BY_ENGINE))));
    let missing = judged(&moved("asks", &asks[0], &asks[1]), &beside(&released));
    let missing: BTreeSet<_> = missing.into_iter().map(|breach| interface(breach, false)).collect();
    assert_eq!(missing, ids(without((&contracts.next, &[BY_ID]))));
}

fn ids<'a>(contracts: impl Iterator<Item = &'a Contract>) -> BTreeSet<String> {
    contracts.map(Contract::id).collect()
}

fn interface(breach: Breach, is_withdrawn: bool) -> String {
    match breach {
        Breach::Withdrawn { interface, .. } if is_withdrawn => interface,
        Breach::Unanswered { interface, target: Some(_), .. } if !is_withdrawn => interface,
        other => panic!("{other}"),
    }
}

/// Whoever asks asks the same one for everything.
fn calls(contracts: &BTreeSet<Contract>) -> &'static [(&'static str, &'static str, &'static str)] {
    let call = |contract: &Contract| {
        let (package, interface) = contract.name.clone().leak().split_once('/').unwrap();
        (package as &str, interface as &str, ANSWERS)
    };
    contracts.iter().map(call).collect::<Vec<_>>().leak()
}
