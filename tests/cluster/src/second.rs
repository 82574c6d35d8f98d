//! The second copy of all journals, kept beside the load as `imprint ledger copy --follow` does.

use crate::copies;
use crate::servers::{Cluster, NODES};
use async_nats::ConnectOptions;
use imprint_ledger::copy::{self, Done};
use imprint_ledger::{Bus, FolderLedger, JetStreamLedger, verify_servers};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::AbortHandle;
use tokio::time::sleep;

const PAUSE: Duration = Duration::from_millis(200);

pub(crate) struct Second {
    copied: Arc<FolderLedger>,
    task: AbortHandle,
}

impl Second {
    pub(crate) async fn begin(cluster: &Cluster, folder: &Path) -> Self {
        let copied = Arc::new(FolderLedger::open(&folder.join("copy")).expect("a folder"));
        let urls: Vec<String> = (0..NODES).map(|node| cluster.url(node)).collect();
        let nats = ConnectOptions::new().retry_on_initial_connect().connect(urls).await;
        let bus = Bus::new(nats.expect("a server takes connections"), "IMPRINT", NODES);
        let ledger = JetStreamLedger::open(&bus).await.expect("the journals are there");
        let to = copied.clone();
        let task = tokio::spawn(async move {
            loop {
                // What differs is looked at when the run is over.
                let Err(_) = copy::follow(&ledger, &to, drop).await;
                sleep(PAUSE).await;
            }
        });
        Self { copied, task: task.abort_handle() }
    }

    /// The servers that `imprint ledger verify --servers` names.
    pub(crate) async fn damaged(&self, cluster: &Cluster) -> Result<Vec<String>, String> {
        let (ledger, end) = (open(cluster).await?, Instant::now() + copies::SETTLE_MAX);
        let reports = loop {
            match verify_servers(&ledger).await {
                Ok(reports) => break reports,
                Err(fault) if Instant::now() > end => return Err(fault.message),
                // Whoever led has changed a moment ago.
                Err(_) => sleep(PAUSE).await,
            }
        };
        Ok(reports.into_iter().filter(|(_, report)| !report.is_whole()).map(|(name, _)| name).collect())
    }

    /// Brings back what the journals lost.
    pub(crate) async fn give_back(&self, cluster: &Cluster) -> Result<Done, String> {
        let ledger = open(cluster).await?;
        copy::mend(&ledger, &self.copied).await.map_err(|fault| fault.message)
    }

    /// Whether the copy has all that the servers have, once somebody looks for it.
    pub(crate) async fn end(self, cluster: &Cluster) -> Option<String> {
        self.task.abort();
        let looked = async {
            let ledger = open(cluster).await?;
            let subjects = ledger.subjects().await.map_err(|fault| fault.message)?;
            let done = copy::copy(&ledger, &subjects, &self.copied).await.map_err(|fault| fault.message)?;
            match done.lacks.is_empty() {
                true => Ok(()),
                false => Err(format!("the second copy differs: {:?}", done.lacks)),
            }
        };
        looked.await.err()
    }
}

async fn open(cluster: &Cluster) -> Result<JetStreamLedger, String> {
    let bus = Bus::new(copies::only(&cluster.url(0)).await?, "IMPRINT", NODES);
    let end = Instant::now() + copies::SETTLE_MAX;
    loop {
        match JetStreamLedger::open(&bus).await {
            Ok(ledger) => return Ok(ledger),
            Err(fault) if Instant::now() > end => return Err(fault.message),
            // Servers that have just started have no leader yet.
            Err(_) => sleep(PAUSE).await,
        }
    }
}
