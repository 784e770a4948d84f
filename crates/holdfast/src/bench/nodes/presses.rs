//! Agents who use their desktops all the while, one after the other.

use std::sync::Arc;
use std::time::Duration;

use lab::desktop::pair::PairDesktop;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Between two requests.
const PRESS_EVERY: Duration = Duration::from_millis(10);

/// What the requests came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Answers {
    /// Carried out.
    pub(super) answered: usize,
    /// 503.
    pub(super) refused: usize,
    /// No answer, or another one.
    pub(super) failed: usize,
    /// Not asked: the desktop had no transport, and its buttons were disabled.
    pub(super) disabled: usize,
}

/// Dropped, they stop.
pub(super) struct Presses {
    task: JoinHandle<()>,
    answers: watch::Receiver<Answers>,
}

impl Presses {
    /// Each agent in turn asks for himself.
    pub(super) fn begin(desks: Vec<Arc<PairDesktop>>) -> Self {
        let (counted, answers) = watch::channel(Answers::default());
        Self { task: tokio::spawn(press(desks, Arc::new(counted))), answers }
    }

    /// No more requests; what became of them.
    pub(super) fn stop(self) -> Answers {
        *self.answers.borrow()
    }
}

impl Drop for Presses {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn press(desks: Vec<Arc<PairDesktop>>, counted: Arc<watch::Sender<Answers>>) {
    for desk in desks.into_iter().cycle() {
        let counted = Arc::clone(&counted);
        // One that hangs keeps nobody else from asking.
        tokio::spawn(async move {
            let answer = desk.get(&format!("/User/{}", desk.person().agent)).await;
            counted.send_modify(|counts| match answer.map(|answer| answer.map(|answer| answer.status)) {
                Some(Ok(200)) => counts.answered += 1,
                Some(Ok(503)) => counts.refused += 1,
                Some(Ok(_) | Err(_)) => counts.failed += 1,
                None => counts.disabled += 1,
            });
        });
        tokio::time::sleep(PRESS_EVERY).await;
    }
}
