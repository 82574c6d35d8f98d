//! One run: load, faults, a rest, and the look at what is there.

use crate::check::{Verdict, judge};
use crate::copies::{self, Held, JOURNAL};
use crate::disk::{self, Disk};
use crate::load::{Act, Client, Deed, Outcome};
use crate::plan::{Fault, Plan, Trouble};
use crate::second::Second;
use crate::servers::{Cluster, NODES};
use async_nats::ConnectOptions;
use core_brand::fault::Code;
use imprint_ledger::Bus;
use imprint_servers::Chance;
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::time::{sleep_until, timeout};

/// A client that is in the middle of an act when time is up gets its answer, or none, within this.
const LAST_ACT_MAX: Duration = Duration::from_secs(90);

/// What a run was like.
#[derive(Debug, Default)]
pub struct Ended {
    pub seed: u64,
    /// Everything that is not as it was promised.
    pub wrong: Vec<String>,
    /// What of it is left when servers that differ have joined anew, and the second copy has given back what it could.
    pub left: Vec<String>,
    /// Entries that were brought back from the second copy; servers whose damage the ledger found by itself, and that joined anew.
    pub mended: u64,
    pub found: usize,
    pub anew: usize,
    /// What happened, with its time.
    pub story: Vec<String>,
    pub faults: usize,
    pub acts: usize,
    pub acknowledged: usize,
    pub refused: usize,
    pub unknown: usize,
    /// Reads that were refused because of what a server lacked.
    pub tampered: usize,
    pub looks: usize,
    pub old_looks: usize,
    /// Content kept, removed, and read; that has to be there, and to be gone; reads of content that was removed before.
    pub kept: usize,
    pub removed: usize,
    pub fetches: usize,
    pub standing: usize,
    pub gone: usize,
    pub old_fetches: usize,
    /// From the end of each fault to the first acknowledged write of anybody, and of everybody.
    pub first_ms: Vec<u64>,
    pub every_ms: Vec<u64>,
    /// For each fault the longest time without any acknowledged write.
    pub silent_ms: Vec<u64>,
    /// From the end of the load until three servers had the same.
    pub settled_ms: u64,
    /// How long acknowledged writes took.
    pub write_ms: Vec<u64>,
}

/// What is done to a cluster, and when it was over.
struct Stage {
    cluster: Cluster,
    /// One of each server, where power is cut.
    disks: Vec<Disk>,
    chance: Chance,
    began: Instant,
    story: Vec<String>,
    wrong: Vec<String>,
    each_alone: bool,
    /// When each fault began and was over.
    spans: Vec<(u64, u64)>,
}

/// Runs it with this nats-server. The folder with logs and stores is kept where something is wrong.
pub async fn run(program: &Path, plan: &Plan) -> Ended {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::set(program, folder.path(), plan).await;
    let clients = clients(&stage, plan).await;
    stage.wrong.extend(stage.disks.iter().filter_map(|disk| disk.sync().err()));
    stage.began = Instant::now();
    let second = if plan.has_copy { Some(Second::begin(&stage.cluster, folder.path()).await) } else { None };
    let every = Duration::from_millis(1000 * plan.clients as u64 / plan.rate.max(1));
    let clients: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            client.begin(stage.began);
            tokio::spawn(client.run(every, plan.length()))
        })
        .collect();
    for trouble in plan.troubles() {
        stage.play(trouble).await;
    }
    let mut deeds: Vec<Deed> = Vec::new();
    for client in clients {
        match timeout(plan.length() + LAST_ACT_MAX, client).await {
            Ok(Ok(of_client)) => deeds.extend(of_client),
            failed => stage.wrong.push(format!("a client came to no end: {failed:?}")),
        }
    }
    let mut ended = stage.judge(plan, &deeds, second).await;
    if !ended.wrong.is_empty() {
        ended.story.push(format!("kept: {}", keep(folder).display()));
    }
    ended
}

fn keep(folder: TempDir) -> std::path::PathBuf {
    folder.keep()
}

async fn clients(stage: &Stage, plan: &Plan) -> Vec<Client> {
    let mut clients = Vec::new();
    for number in 0..plan.clients {
        // The nearest server first, and the others when that is gone.
        let urls: Vec<String> = (0..NODES).map(|node| stage.cluster.url((number + node) % NODES)).collect();
        let options = ConnectOptions::new().retain_servers_order().retry_on_initial_connect();
        let nats = options.connect(urls).await.expect("a server takes connections");
        let bus = Bus::new(nats, "IMPRINT", NODES);
        clients.push(Client::open(&bus, number, plan.seed, stage.began).await);
    }
    clients
}

impl Stage {
    async fn set(program: &Path, folder: &Path, plan: &Plan) -> Self {
        let mut disks = Vec::new();
        if plan.faults.iter().any(|fault| fault.cuts_power()) {
            let disk = |node| Disk::new(folder, Cluster::name(node)).expect("a disk of its own");
            disks.extend((0..NODES).map(disk));
        }
        let stores = std::array::from_fn(|node| disks.get(node).map_or(folder, |disk| &disk.at).to_owned());
        Self {
            cluster: Cluster::start(program, folder, &stores, plan.is_synced).await,
            disks,
            chance: Chance::new(plan.seed.wrapping_add(1)),
            began: Instant::now(),
            story: Vec::new(),
            wrong: Vec::new(),
            each_alone: plan.each_alone,
            spans: Vec::new(),
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn tell(&mut self, what: &str) {
        self.story.push(format!("{:7.3} s  {what}", self.now_ms() as f64 / 1000.0));
    }

    async fn play(&mut self, trouble: Trouble) {
        let at = |ms| tokio::time::Instant::from_std(self.began + Duration::from_millis(ms));
        let (begins, ends) = (at(trouble.at_ms), at(trouble.at_ms + trouble.lasts_ms));
        sleep_until(begins).await;
        let began_ms = self.now_ms();
        self.tell(&format!("{} {}", trouble.fault.name(), Cluster::name(trouble.victim)));
        self.begin(trouble).await;
        sleep_until(ends).await;
        if let Err(why) = self.end(trouble).await {
            self.wrong.push(format!("after {}: {why}", trouble.fault.name()));
        }
        self.tell("over");
        self.spans.push((began_ms, self.now_ms()));
    }

    async fn begin(&mut self, Trouble { fault, victim, .. }: Trouble) {
        let others = (0..NODES).filter(|node| *node != victim);
        match fault {
            Fault::Kill => self.cluster.kill(victim),
            Fault::KillTwo => others.for_each(|node| self.cluster.kill(node)),
            Fault::KillAll => (0..NODES).for_each(|node| self.cluster.kill(node)),
            Fault::Pause => self.cluster.pause(victim),
            Fault::Restart => self.cluster.stop(victim).await,
            Fault::Isolate => self.cluster.part(|from, _| from == victim, false),
            Fault::Silence => self.cluster.part(|from, _| from == victim, true),
            Fault::Bridge => self.cluster.part(|from, to| from != victim && to != victim, false),
            Fault::Shatter => self.cluster.part(|_, _| true, false),
            Fault::Flip | Fault::Rot | Fault::Truncate => {
                if fault == Fault::Rot {
                    self.cluster.stop(victim).await;
                }
                self.cluster.kill(victim);
                let (store, chance) = (self.cluster.store(victim), &mut self.chance);
                let damage = if fault == Fault::Truncate { disk::truncate } else { disk::flip };
                let what = damage(store, JOURNAL, chance).unwrap_or_else(|| "no block to damage".to_owned());
                self.tell(&what);
            }
            Fault::Power => self.cut(0..NODES),
            Fault::PowerOne => self.cut(victim..victim + 1),
        }
    }

    /// These servers lose their power at one moment.
    fn cut(&mut self, nodes: Range<usize>) {
        // Nobody says anything behind the moment at which the disks stop.
        nodes.clone().for_each(|node| self.cluster.pause(node));
        self.wrong.extend(self.disks[nodes.clone()].iter().filter_map(|disk| disk.cut().err()));
        nodes.for_each(|node| self.cluster.kill(node));
    }

    async fn end(&mut self, Trouble { fault, victim, .. }: Trouble) -> Result<(), String> {
        match fault {
            Fault::Pause => self.cluster.go_on(victim),
            Fault::Isolate | Fault::Silence | Fault::Bridge | Fault::Shatter => self.cluster.join(),
            Fault::Power => {
                for disk in &self.disks {
                    disk.back().await?;
                }
            }
            Fault::PowerOne => self.disks[victim].back().await?,
            Fault::Kill | Fault::KillTwo | Fault::KillAll | Fault::Restart => {}
            Fault::Flip | Fault::Rot | Fault::Truncate => {}
        }
        for node in 0..NODES {
            self.cluster.revive(node).await?;
        }
        Ok(())
    }

    async fn judge(mut self, plan: &Plan, deeds: &[Deed], second: Option<Second>) -> Ended {
        let mut ended = Ended { seed: plan.seed, faults: self.spans.len(), ..Ended::default() };
        match copies::settled(&self.cluster).await {
            Ok(time) => ended.settled_ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
            Err(why) => self.wrong.push(why),
        }
        let (odd, verdict) = self.look(deeds).await;
        (ended.looks, ended.old_looks) = (verdict.looks, verdict.old_looks);
        ended.acknowledged = verdict.acknowledged;
        (ended.kept, ended.removed, ended.fetches) = (verdict.kept, verdict.removed, verdict.fetches);
        (ended.standing, ended.gone, ended.old_fetches) =
            (verdict.standing, verdict.gone, verdict.old_fetches);
        count(deeds, &self.spans, &mut ended);
        ended.wrong = std::mem::take(&mut self.wrong);
        if let (Some(second), false) = (&second, ended.wrong.is_empty()) {
            match second.damaged(&self.cluster).await {
                Ok(named)
                    if odd.is_some_and(|node| !named.iter().any(|name| name == Cluster::name(node))) =>
                {
                    self.wrong.push(format!("a damaged server is not found; only {named:?}"));
                }
                Ok(_) => ended.found = usize::from(odd.is_some()),
                Err(why) => self.wrong.push(why),
            }
            ended.anew = self.join_anew(odd).await;
            match second.give_back(&self.cluster).await {
                Ok(done) => {
                    ended.mended = done.entries;
                    let lacks = done.lacks.iter().map(|lack| format!("not given back: {lack:?}"));
                    self.wrong.extend(lacks);
                }
                Err(why) => self.wrong.push(why),
            }
            self.look(deeds).await;
            ended.left = std::mem::take(&mut self.wrong);
        }
        if let (Some(second), true) = (&second, plan.forgets) {
            match self.forget(second, deeds).await {
                Ok((mended, wrong)) => {
                    ended.mended += mended;
                    ended.left.extend(wrong);
                }
                Err(why) => ended.left.push(why),
            }
        }
        if let Some(second) = second {
            ended.left.extend(second.end(&self.cluster).await);
        }
        ended.story = self.story;
        ended
    }

    /// What each server holds, and what is wrong with it.
    async fn look(&mut self, deeds: &[Deed]) -> (Option<usize>, Verdict) {
        let mut verdict = Verdict::default();
        let held = match copies::held(&self.cluster, self.each_alone).await {
            Ok(held) => held,
            Err(why) => [Err(why.clone()), Err(why.clone()), Err(why)],
        };
        for (node, held) in held.iter().enumerate() {
            match held {
                Ok([journals, work, content]) => {
                    verdict = judge(deeds, journals, work, content);
                    self.wrong.extend(verdict.wrong());
                }
                Err(why) => self.wrong.push(format!("not to be read: {}: {why}", Cluster::name(node))),
            }
        }
        if held.windows(2).any(|two| two[0] != two[1]) {
            self.wrong.push("servers that say they have the same differ".to_owned());
        }
        if self.each_alone {
            self.wrong.extend(copies::settled(&self.cluster).await.err());
        }
        self.wrong.sort();
        self.wrong.dedup();
        (odd(&held), verdict)
    }

    /// All servers lose all they have, and the second copy gives the journals back. Gives how many entries, and what is wrong then.
    async fn forget(&mut self, second: &Second, deeds: &[Deed]) -> Result<(u64, Vec<String>), String> {
        self.tell("all servers forget everything");
        for node in 0..NODES {
            self.cluster.kill(node);
            std::fs::remove_dir_all(self.cluster.store(node)).map_err(|why| why.to_string())?;
        }
        for node in 0..NODES {
            self.cluster.revive(node).await?;
        }
        let done = second.give_back(&self.cluster).await?;
        let journals = copies::journals(&self.cluster).await?;
        // Queues are not copied: the journals say what is to be done. Nor is content.
        let is_of_journals =
            |deed: &&Deed| matches!(deed.act, Act::Append { .. } | Act::Read { .. } | Act::Look { .. });
        let deeds: Vec<Deed> = deeds.iter().filter(is_of_journals).cloned().collect();
        Ok((done.entries, judge(&deeds, &journals, &[], &[]).wrong()))
    }

    /// A server that holds something else than the others forgets all and takes it from those.
    async fn join_anew(&mut self, odd: Option<usize>) -> usize {
        let Some(node) = odd else { return 0 };
        self.tell(&format!("{} joins anew", Cluster::name(node)));
        self.cluster.kill(node);
        let forgotten = std::fs::remove_dir_all(self.cluster.store(node)).map_err(|why| why.to_string());
        let back = self.cluster.revive(node).await;
        let settled = copies::settled(&self.cluster).await.map(drop);
        self.wrong.extend([forgotten, back, settled].into_iter().filter_map(Result::err));
        1
    }
}

/// The server that holds something else than two others that have the same.
fn odd(held: &[Held; NODES]) -> Option<usize> {
    (0..NODES).find(|node| {
        let others: Vec<&Held> = (0..NODES).filter(|other| other != node).map(|other| &held[other]).collect();
        others[0] == others[1] && others[0].is_ok() && held[*node] != *others[0]
    })
}

/// Figures of a run.
fn count(deeds: &[Deed], spans: &[(u64, u64)], ended: &mut Ended) {
    let is_write = |deed: &&Deed| matches!(deed.act, Act::Append { .. } | Act::Enqueue { .. });
    let is_done = |deed: &&Deed| deed.outcome == Outcome::Done;
    ended.acts = deeds.len();
    ended.refused = deeds.iter().filter(|deed| deed.outcome == Outcome::Refused).count();
    ended.unknown = deeds.iter().filter(|deed| matches!(deed.outcome, Outcome::Unknown(_))).count();
    let tampered = Outcome::Unknown(Code::Tampered.as_str().to_owned());
    ended.tampered = deeds.iter().filter(|deed| deed.outcome == tampered).count();
    let mut writes: Vec<&Deed> = deeds.iter().filter(is_write).filter(is_done).collect();
    writes.sort_by_key(|deed| deed.ended_ms);
    ended.write_ms = writes.iter().map(|deed| deed.ended_ms - deed.began_ms).collect();
    let clients = writes.iter().map(|deed| deed.client + 1).max().unwrap_or_default();
    for (begin, end) in spans {
        let firsts = (0..clients).map(|client| {
            let mine = writes.iter().filter(|deed| deed.client == client);
            mine.map(|deed| deed.ended_ms).find(|ended| ended >= end).map(|ended| ended - end)
        });
        let firsts: Vec<Option<u64>> = firsts.collect();
        ended.first_ms.extend(firsts.iter().flatten().min());
        ended.every_ms.extend(firsts.into_iter().collect::<Option<Vec<u64>>>().into_iter().flatten().max());
        let times: Vec<u64> = writes.iter().map(|deed| deed.ended_ms).collect();
        let gaps =
            times.windows(2).filter(|two| two[1] >= *begin && two[0] <= *end).map(|two| two[1] - two[0]);
        ended.silent_ms.extend(gaps.max());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Raw;

    #[test]
    fn a_server_that_lacks_a_piece_differs() {
        let piece = |payload: &[u8]| Raw { payload: payload.to_vec(), ..Raw::default() };
        let of = |content: Vec<Raw>| -> Held { Ok([Vec::new(), Vec::new(), content]) };
        let whole = || of(vec![piece(b"1"), piece(b"2")]);
        assert_eq!(odd(&[whole(), whole(), whole()]), None);
        for other in [of(vec![piece(b"1")]), of(vec![piece(b"1"), piece(b"3")])] {
            assert_eq!(odd(&[whole(), other, whole()]), Some(1));
        }
    }
}
