//! All jobs in memory, folded from the journals: it can always be made again, so nothing of it is stored.
//!
//! Pure: entries come in, answers go out.

use crate::jobs::chain::Chain;
use crate::jobs::desk::STALE_MS;
use crate::jobs::public::{PublicEvent, tell};
use crate::jobs::shelf::{folded, said};
use crate::jobs::whole::Whole;
use crate::journal::{Entry, Home};
use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::{Event, Priority, Status, View};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use tokio::sync::watch;

/// So many jobs of a tenant are worked on at the priority that was asked for; more of them when others want nothing.
const OPEN_FIRST: usize = 16;

/// A job as it stands.
pub(crate) struct Job {
    pub(crate) home: Home,
    pub(crate) view: View,
    pub(crate) traceparent: String,
    /// As names are compared; empty where none is known, or no longer.
    name: String,
    cancelling: bool,
    erasing: bool,
    erased: bool,
    chain: Chain,
    /// Something stands in its journal that does not follow.
    is_stopped: bool,
    /// When its last event was recorded.
    last_ms: u64,
    /// What was told of it after `told_from`. Once it has come to its end nothing is kept; the journal says it again.
    told: Vec<PublicEvent>,
    told_from: u64,
    /// Its view is without files: they stand in its journal.
    is_short: bool,
    /// The sequence of the view, for those who wait.
    changed: watch::Sender<u64>,
}

/// The jobs of everybody.
#[derive(Default)]
pub(crate) struct Projection {
    tenants: BTreeMap<String, Tenant>,
    /// Tenant and id of those that have not come to their end.
    open: BTreeSet<(String, String)>,
    whole: Whole,
}

#[derive(Default)]
pub(crate) struct Tenant {
    jobs: BTreeMap<String, (u64, Job)>,
    /// By the place of their first entry in the stream: the order in which they were begun.
    pub(crate) begun: BTreeMap<u64, String>,
    /// By name, as names are compared, and place.
    pub(crate) named: BTreeSet<(String, u64)>,
}

impl Tenant {
    /// The job that was begun at this place.
    pub(crate) fn begun_at(&self, place: u64) -> Option<&Job> {
        self.jobs.get(self.begun.get(&place)?).map(|(_, job)| job)
    }
}

/// Some jobs, newest first.
pub(crate) struct Page {
    pub(crate) views: Vec<View>,
    pub(crate) next: Option<String>,
}

/// A job that nobody seems to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stale {
    pub(crate) home: Home,
    pub(crate) priority: Priority,
    pub(crate) sequence: u64,
    pub(crate) traceparent: String,
    /// Its time is over, and nobody said so.
    pub(crate) is_late: bool,
    /// For how long nothing was heard of it; nothing where a clock was set back.
    pub(crate) silent_ms: Option<u64>,
}

impl Job {
    pub(crate) fn new(home: Home) -> Self {
        Self {
            view: View::new(&home.job_id, &home.tenant),
            home,
            traceparent: String::new(),
            name: String::new(),
            cancelling: false,
            erasing: false,
            erased: false,
            chain: Chain::default(),
            is_stopped: false,
            last_ms: 0,
            told: Vec::new(),
            told_from: 0,
            is_short: false,
            changed: watch::Sender::new(0),
        }
    }

    /// The job that these entries say.
    pub(crate) fn of(home: Home, entries: &[Entry]) -> Self {
        let mut job = Self::new(home);
        entries.iter().for_each(|entry| job.heed(entry));
        job
    }

    /// Takes the next entry in. Where nobody may read it any more it only counts.
    pub(crate) fn heed(&mut self, (head, event): &Entry) {
        if self.traceparent.is_empty() {
            self.traceparent = head.traceparent.clone().unwrap_or_default();
        }
        match event {
            Some(event) => self.apply(event, head.recorded_ms, head.meters.cpu_ms),
            None => self.pass(head.recorded_ms),
        }
    }

    /// An entry that is sealed for ever: somewhere behind it stands that the brand is to be forgotten.
    fn pass(&mut self, recorded_ms: u64) {
        self.view.sequence += 1;
        if self.view.sequence == 1 {
            self.view.created_ms = recorded_ms;
        }
        self.last_ms = recorded_ms;
    }

    pub(crate) fn apply(&mut self, event: &Event, recorded_ms: u64, cpu_ms: u64) {
        if self.erasing && !matches!(event, Event::Erased) {
            // Whatever was still under way: nothing of it is shown any more.
            self.view.sequence += 1;
        } else {
            self.view.apply(event, recorded_ms, cpu_ms);
            self.told.extend(tell(event, &self.view, recorded_ms));
        }
        self.last_ms = recorded_ms;
        self.cancelling |= matches!(event, Event::CancelRequested);
        self.erasing |= matches!(event, Event::EraseRequested);
        self.erased |= matches!(event, Event::Erased);
    }

    /// As names are compared.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Nobody goes on with a journal that was changed; its owner hears why.
    fn stop(&mut self, fault: &Fault) {
        self.view.status = Status::Failed;
        self.view.code = Some(fault.code.clone());
        self.view.message = Some(fault.message.clone());
        self.is_stopped = true;
    }

    /// Whether something is still to be done.
    pub(crate) fn is_open(&self) -> bool {
        if self.is_stopped {
            return false;
        }
        if self.erasing { !self.erased } else { self.view.ended_ms.is_none() }
    }

    /// What there is to remind of, if nothing was heard of it since then.
    pub(crate) fn stale(&self, since_ms: u64, now_ms: u64) -> Option<Stale> {
        // What was written in the future was written before a clock was set back: nobody knows how long ago.
        let is_old = self.last_ms <= since_ms || self.last_ms > now_ms.saturating_add(STALE_MS);
        (is_old && self.is_open()).then(|| Stale {
            home: self.home.clone(),
            priority: self.view.priority,
            sequence: self.view.sequence,
            traceparent: self.traceparent.clone(),
            is_late: self.late(now_ms).is_some(),
            silent_ms: now_ms.checked_sub(self.last_ms),
        })
    }

    pub(crate) fn may_cancel(&self) -> bool {
        self.is_open() && !self.cancelling && !self.erasing
    }

    pub(crate) fn may_erase(&self) -> bool {
        !self.erasing
    }

    /// What ends a job whose time is over: that the step it stands at came too late. Nothing for any other job.
    pub(crate) fn late(&self, now_ms: u64) -> Option<Event> {
        let (view, sla) = (&self.view, &self.view.sla);
        if !self.may_cancel() || view.code.is_some() || now_ms <= sla.due_ms {
            return None;
        }
        let step = view.steps.iter().find(|step| step.total == 0 || step.done < step.total);
        let step = step.or(view.steps.last())?.name.clone();
        let limit_ms = sla.due_ms.saturating_sub(view.created_ms);
        let fault = Fault::new(Code::JobDeadline, [("limit_ms", limit_ms.to_string())]);
        Some(Event::StepFailed { step, code: fault.code, message: fault.message })
    }

    /// What was told after this sequence; `None` when it is no longer kept.
    pub(crate) fn told_after(&self, after: u64) -> Option<Vec<PublicEvent>> {
        let told = || self.told.iter().filter(|event| event.sequence > after).cloned().collect();
        (after >= self.told_from).then(told)
    }

    pub(crate) fn forget_told(&mut self) {
        self.told = Vec::new();
        self.told_from = self.view.sequence;
    }
}

impl Projection {
    /// Looks at an append as it is stored, before it is taken in: a fault where it does not follow from what is there.
    pub(crate) fn check(
        &mut self,
        home: &Home,
        place: u64,
        begin: u64,
        stored: &[Vec<u8>],
    ) -> Result<(), Fault> {
        let tenant = self.tenants.entry(home.tenant.clone()).or_default();
        let (_, job) = begun_in(&mut tenant.jobs, &mut tenant.begun, home, place);
        let Some(wrong) = job.chain.take(job.view.sequence, begin, stored) else { return Ok(()) };
        let fault = Fault::new(Code::Tampered, [("sequence", (wrong + 1).to_string())]);
        if job.is_open() {
            job.stop(&fault);
            job.changed.send_replace(job.view.sequence);
        }
        self.open.remove(&(home.tenant.clone(), home.job_id.clone()));
        Err(fault)
    }

    /// Takes an append in, which lies at this place of the stream. An entry that cannot be read is a fault, and counts.
    pub(crate) fn take(
        &mut self,
        home: &Home,
        place: u64,
        entries: impl IntoIterator<Item = Result<Entry, Fault>>,
    ) -> Result<(), Fault> {
        let tenant = self.tenants.entry(home.tenant.clone()).or_default();
        let (begun, job) = begun_in(&mut tenant.jobs, &mut tenant.begun, home, place);
        let mut outcome = Ok(());
        for entry in entries {
            match entry {
                Ok(entry) => job.heed(&entry),
                Err(fault) => {
                    job.view.sequence += 1;
                    outcome = Err(fault);
                }
            }
        }
        let name = folded(said(&job.view, "company_name"));
        tenant.named.remove(&(std::mem::replace(&mut job.name, name.clone()), *begun));
        tenant.named.insert((name, *begun));
        let key = (home.tenant.clone(), home.job_id.clone());
        // What is forgotten has no files anywhere.
        job.is_short &= job.view.status != Status::Erased;
        job.changed.send_replace(job.view.sequence);
        if job.is_open() {
            self.whole.forget(&key);
            self.open.insert(key);
        } else {
            self.open.remove(&key);
            job.forget_told();
            self.looked(key);
        }
        outcome
    }

    /// A job as its owner sees it; nothing where it is not known, or its files stand in its journal alone.
    pub(crate) fn view(&mut self, tenant: &str, id: &str) -> Option<View> {
        let job = self.job(tenant, id).filter(|job| !job.is_short)?;
        let (view, is_open) = (job.view.clone(), job.is_open());
        if !is_open {
            self.looked((tenant.to_owned(), id.to_owned()));
        }
        Some(view)
    }

    /// What the journal says of a job whose files were given away: somebody looks at it.
    pub(crate) fn restore(&mut self, view: &View) {
        let key = (view.tenant.clone(), view.id.clone());
        let Some(job) = self.job_mut(&key).filter(|job| job.is_short) else { return };
        // Something may have happened to it since it was read.
        if job.view.sequence == view.sequence {
            job.view = view.clone();
            job.is_short = false;
            self.looked(key);
        }
    }

    /// A job that has ended counts among those with files, and others may have to give theirs away.
    fn looked(&mut self, key: (String, String)) {
        let Some(job) = self.job_mut(&key) else { return };
        let files = job.view.files.len() + job.view.documents.len();
        if files == 0 {
            return self.whole.forget(&key);
        }
        for other in self.whole.look(key, files) {
            if let Some(job) = self.job_mut(&other) {
                job.view = short(&job.view);
                job.is_short = true;
            }
        }
    }

    fn job_mut(&mut self, (tenant, id): &(String, String)) -> Option<&mut Job> {
        self.tenants.get_mut(tenant)?.jobs.get_mut(id).map(|(_, job)| job)
    }

    pub(crate) fn job(&self, tenant: &str, id: &str) -> Option<&Job> {
        self.tenants.get(tenant)?.jobs.get(id).map(|(_, job)| job)
    }

    /// The jobs of a tenant.
    pub(crate) fn tenant(&self, tenant: &str) -> Option<&Tenant> {
        self.tenants.get(tenant)
    }

    /// How many jobs of a tenant have not come to their end; counted no further than this.
    pub(crate) fn open_of(&self, tenant: &str, max: usize) -> usize {
        let from = (tenant.to_owned(), String::new());
        self.open.range(from..).take_while(|(owner, _)| owner == tenant).take(max).count()
    }

    /// The queue that work of a tenant goes to: who has much in hand already lets others go first, whatever was asked for.
    pub(crate) fn queue_of(&self, tenant: &str, asked: Priority) -> Priority {
        if self.open_of(tenant, OPEN_FIRST + 1) > OPEN_FIRST { Priority::Low } else { asked }
    }

    /// Follows the sequence of a job.
    pub(crate) fn watch(&self, tenant: &str, id: &str) -> Option<watch::Receiver<u64>> {
        self.job(tenant, id).map(|job| job.changed.subscribe())
    }

    /// The jobs of a tenant, newest first; after one that does not exist there are none.
    pub(crate) fn page(
        &self,
        tenant: &str,
        status: Option<Status>,
        after: Option<&str>,
        limit: usize,
    ) -> Page {
        let mut page = Page { views: Vec::new(), next: None };
        let Some(tenant) = self.tenants.get(tenant) else { return page };
        let before = match after {
            None => u64::MAX,
            Some(id) => tenant.jobs.get(id).map_or(0, |(place, _)| *place),
        };
        let jobs = tenant.begun.range(..before).rev().filter_map(|(_, id)| tenant.jobs.get(id));
        for (_, job) in jobs.filter(|(_, job)| status.is_none_or(|status| job.view.status == status)) {
            if page.views.len() == limit {
                page.next = page.views.last().map(|view| view.id.clone());
                break;
            }
            page.views.push(short(&job.view));
        }
        page
    }

    /// Open jobs of which nothing was heard since then, at most this many.
    pub(crate) fn stale(
        &self,
        since_ms: u64,
        now_ms: u64,
        after: Option<&(String, String)>,
        limit: usize,
    ) -> Vec<Stale> {
        // Round and round, so that everybody's turn comes.
        let rest = self.open.range((after.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded));
        let begin = after.into_iter().flat_map(|after| self.open.range(..=after));
        let jobs = rest.chain(begin).filter_map(|(tenant, id)| self.job(tenant, id));
        let stale = jobs.filter_map(|job| job.stale(since_ms, now_ms)).take(limit);
        stale.map(|job| Stale { priority: self.queue_of(&job.home.tenant, job.priority), ..job }).collect()
    }
}

/// A job and the place where it was begun, which is this one if it is new.
fn begun_in<'a>(
    jobs: &'a mut BTreeMap<String, (u64, Job)>,
    begun: &mut BTreeMap<u64, String>,
    home: &Home,
    place: u64,
) -> &'a mut (u64, Job) {
    jobs.entry(home.job_id.clone()).or_insert_with(|| {
        begun.insert(place, home.job_id.clone());
        (place, Job::new(home.clone()))
    })
}

/// A view as it stands in a list: without its hundreds of files.
pub(crate) fn short(view: &View) -> View {
    View {
        format: view.format,
        id: view.id.clone(),
        tenant: view.tenant.clone(),
        status: view.status,
        priority: view.priority,
        sequence: view.sequence,
        created_ms: view.created_ms,
        started_ms: view.started_ms,
        ended_ms: view.ended_ms,
        sla: view.sla,
        steps: view.steps.clone(),
        step_failed: view.step_failed.clone(),
        code: view.code.clone(),
        message: view.message.clone(),
        files: Vec::new(),
        documents: Vec::new(),
        request: view.request.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::whole::FILES_MAX;
    use crate::journal::entry_of;
    use crate::journal::{Stamp, previous_of};
    use core_brand::Document;
    use core_saga::{Outcome, Pins, TaskRef, Terms};

    /// The journal of a job, written as its owner and the runner would.
    struct Script {
        home: Home,
        stored: Vec<Vec<u8>>,
    }

    impl Script {
        fn new(tenant: &str, id: &str) -> Self {
            Self { home: Home::new("us-east-1", tenant, id), stored: Vec::new() }
        }

        fn say(&mut self, projection: &mut Projection, place: u64, event: &Event) {
            let sequence = self.stored.len() as u64;
            let stamp = Stamp { now_ms: 1000 + place, ..Stamp::default() };
            let entry = self.home.entry(sequence, &previous_of(&self.stored), event, stamp).unwrap();
            projection.check(&self.home, place, sequence, std::slice::from_ref(&entry)).unwrap();
            projection.take(&self.home, place, [entry_of(&entry)]).unwrap();
            self.stored.push(entry);
        }

        fn kinds(&self) -> Vec<(u64, &'static str)> {
            let entries: Vec<Entry> = self.stored.iter().map(|bytes| entry_of(bytes).unwrap()).collect();
            let job = Job::of(self.home.clone(), &entries);
            job.told_after(0).unwrap().iter().map(|event| (event.sequence, event.kind)).collect()
        }
    }

    fn requested() -> Event {
        let pins = Pins {
            steps_version: 1,
            components: BTreeMap::new(),
            model_variant: "stable".to_owned(),
            draws: Vec::new(),
        };
        let request = Document::working("request", &"secret").unwrap();
        Event::Requested { request, pins, terms: Terms::default() }
    }

    fn planned(step: &str, count: usize) -> Event {
        let content = core_brand::BlobRef::of(b"task");
        let task = |number: usize| TaskRef { id: number.to_string(), content: content.clone() };
        Event::Planned { step: step.to_owned(), tasks: (0..count).map(task).collect() }
    }

    fn built(step: &str, task: usize) -> Event {
        Event::Built { step: step.to_owned(), task: task.to_string(), documents: Vec::new() }
    }

    #[test]
    fn a_job_tells_its_steps_under_public_names() {
        let (mut all, mut job) = (Projection::default(), Script::new("acme", "a"));
        let ended = Event::Ended { outcome: Outcome::Completed };
        let events = [requested(), planned("design", 2), built("design", 0), built("design", 1), ended];
        for (place, event) in events.iter().enumerate() {
            job.say(&mut all, place as u64 + 1, event);
        }
        let expected = [
            (1, "brand.generation.requested"),
            (2, "brand.step.progress"),
            (3, "brand.step.progress"),
            (4, "brand.step.progress"),
            (4, "design.palette.computed"),
            (5, "brand-kit.compilation.finished"),
        ];
        assert_eq!(job.kinds(), expected);
        let kept = all.job("acme", "a").unwrap();
        assert_eq!(kept.told_after(4), None, "it has ended: the journal says it");
        assert_eq!(kept.told_after(5), Some(Vec::new()));
        job.say(&mut all, 9, &Event::EraseRequested);
        let kept = all.job("acme", "a").unwrap();
        assert!(kept.is_open() && kept.told_after(4).is_none());
        job.say(&mut all, 10, &Event::Erased);
        assert_eq!(job.kinds().last(), Some(&(7, "brand.erased")));
        assert!(!all.job("acme", "a").unwrap().is_open());
    }

    #[test]
    fn files_of_jobs_that_ended_long_ago_stand_in_their_journals() {
        let files = |count: usize| {
            let document = |number: usize| {
                Document::file(format!("logos/{number}.svg"), "image/svg+xml", b"<svg/>".to_vec())
            };
            Event::Built {
                step: "logo".to_owned(),
                task: "0".to_owned(),
                documents: (0..count).map(document).collect(),
            }
        };
        let (mut all, mut scripts) = (Projection::default(), Vec::new());
        for id in ["a", "b"] {
            let mut job = Script::new("acme", id);
            let ended = Event::Ended { outcome: Outcome::Completed };
            for event in [requested(), files(FILES_MAX / 2 + 1), ended] {
                let place = scripts.len() as u64 * 10 + job.stored.len() as u64 + 1;
                job.say(&mut all, place, &event);
            }
            scripts.push(job);
        }
        assert_eq!(all.view("acme", "b").unwrap().files.len(), FILES_MAX / 2 + 1);
        assert_eq!(all.view("acme", "a"), None, "its files are not here");
        assert_eq!(all.page("acme", None, None, 10).views.len(), 2, "lists go on");
        let entries: Vec<Entry> = scripts[0].stored.iter().map(|bytes| entry_of(bytes).unwrap()).collect();
        let told = Job::of(scripts[0].home.clone(), &entries).view;
        all.restore(&told);
        assert_eq!(all.view("acme", "a"), Some(told.clone()));
        assert_eq!(all.view("acme", "b"), None, "now it is the other");
        scripts[1].say(&mut all, 90, &Event::EraseRequested);
        assert_eq!(all.view("acme", "b").map(|view| view.status), Some(Status::Erased));
        all.restore(&View { status: Status::Running, ..told });
        assert_eq!(all.view("acme", "a").unwrap().status, Status::Completed, "what is whole stays as it is");
    }

    #[test]
    fn what_comes_after_the_wish_to_be_forgotten_is_not_shown() {
        let (mut all, mut job) = (Projection::default(), Script::new("acme", "a"));
        let late = [
            requested(),
            Event::EraseRequested,
            planned("design", 1),
            Event::Ended { outcome: Outcome::Completed },
        ];
        for (place, event) in late.iter().enumerate() {
            job.say(&mut all, place as u64 + 1, event);
        }
        let kept = all.job("acme", "a").unwrap();
        assert_eq!((kept.view.status, kept.view.sequence, kept.is_open()), (Status::Erased, 4, true));
        assert!(kept.view.request.is_none() && !kept.may_cancel() && !kept.may_erase());
    }

    #[test]
    fn pages_are_newest_first_and_lead_to_each_other() {
        let mut all = Projection::default();
        for number in 0..25 {
            Script::new("acme", &format!("job-{number}")).say(&mut all, number + 1, &requested());
        }
        Script::new("bolt", "job-x").say(&mut all, 99, &requested());
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = all.page("acme", Some(Status::Queued), after.as_deref(), 10);
            seen.extend(page.views.into_iter().map(|view| view.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<_> = (0..25).rev().map(|number| format!("job-{number}")).collect();
        assert_eq!(seen, expected);
        assert!(all.page("acme", Some(Status::Failed), None, 10).views.is_empty());
        assert!(all.page("acme", None, Some("unknown"), 10).views.is_empty());
        assert!(all.page("nobody", None, None, 10).views.is_empty());
    }

    #[test]
    fn only_open_jobs_grow_stale() {
        let mut all = Projection::default();
        let mut done = Script::new("acme", "done");
        done.say(&mut all, 1, &requested());
        done.say(&mut all, 2, &Event::Ended { outcome: Outcome::Failed });
        Script::new("acme", "open").say(&mut all, 3, &requested());
        assert_eq!(all.stale(1002, 1002, None, 10), []);
        let stale = all.stale(1003, 1003, None, 10);
        let last = ("t".to_owned(), "open".to_owned());
        assert_eq!(all.stale(1003, 1003, Some(&last), 10), stale, "after the last comes the first");
        assert_eq!(stale.iter().map(|job| job.home.job_id.as_str()).collect::<Vec<_>>(), ["open"]);
        assert_eq!((stale[0].sequence, stale[0].is_late), (1, false));
        let due_ms = all.job("acme", "open").unwrap().view.sla.due_ms;
        assert!(!all.stale(1003, due_ms, None, 10)[0].is_late);
        assert!(all.stale(1003, due_ms + 1, None, 10)[0].is_late);
    }

    #[test]
    fn who_has_much_in_hand_lets_others_go_first() {
        let (mut all, mut jobs) = (Projection::default(), Vec::new());
        for number in 0..=OPEN_FIRST as u64 {
            assert_eq!(all.queue_of("acme", Priority::High), Priority::High, "{number} are open");
            let mut job = Script::new("acme", &format!("job-{number:02}"));
            job.say(&mut all, number + 1, &requested());
            jobs.push(job);
        }
        assert_eq!(all.queue_of("acme", Priority::High), Priority::Low);
        assert_eq!(all.queue_of("bolt", Priority::Normal), Priority::Normal);
        assert!(all.stale(u64::MAX, 5000, None, 100).iter().all(|job| job.priority == Priority::Low));
        jobs[0].say(&mut all, 90, &Event::Ended { outcome: Outcome::Failed });
        assert_eq!(all.queue_of("acme", Priority::High), Priority::High);
    }

    #[test]
    fn a_clock_that_was_set_back_forgets_nobody() {
        let mut all = Projection::default();
        Script::new("acme", "open").say(&mut all, 2 * STALE_MS, &requested());
        let last_ms = 1000 + 2 * STALE_MS;
        assert_eq!(all.stale(0, last_ms - STALE_MS, None, 10), [], "clocks differ a little");
        assert_eq!(all.stale(0, last_ms - STALE_MS - 1, None, 10).len(), 1);
    }

    #[test]
    fn what_does_not_follow_is_not_believed() {
        let (mut all, mut job) = (Projection::default(), Script::new("acme", "a"));
        job.say(&mut all, 1, &requested());
        let forged = Event::Ended { outcome: Outcome::Completed };
        let forged = job.home.entry(1, "0000", &forged, Stamp::default()).unwrap();
        let refused = all.check(&job.home, 2, 1, &[forged]).unwrap_err();
        assert!(refused.is(Code::Tampered), "{refused}");
        let view = &all.job("acme", "a").unwrap().view;
        assert_eq!((view.status, view.code.as_deref()), (Status::Failed, Some("ledger.tampered")));
        assert!(all.stale(u64::MAX, 0, None, 10).is_empty(), "nobody is reminded of it");
        let next = job.home.entry(1, &previous_of(&job.stored), &planned("logo", 1), Stamp::default());
        assert!(
            all.check(&job.home, 3, 1, &[next.unwrap()]).is_err(),
            "nothing follows what does not follow"
        );
    }

    #[test]
    fn an_entry_that_cannot_be_read_is_a_fault_and_counts() {
        let (mut all, mut job) = (Projection::default(), Script::new("acme", "a"));
        job.say(&mut all, 1, &requested());
        assert!(all.take(&job.home, 2, [entry_of(b"torn")]).is_err());
        assert_eq!(all.job("acme", "a").unwrap().view.sequence, 2);
    }
}
