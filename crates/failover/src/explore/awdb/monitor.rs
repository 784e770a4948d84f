//! What an observer of the questions and answers knows, and what he holds the machine to. He knows nothing of the
//! machine's inside.

use super::{LOCK_AFTER, Password, Scope, ensure};
use crate::awdb::{AskId, Denial};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Monitor {
    scope: Scope,
    known: Option<Known>,
    /// Wrong passwords in a row, units for which they count, and tries while the account was locked.
    wrong: u8,
    counts: u8,
    tries: u8,
    /// Requests without a verdict, in the order in which they came.
    open: Vec<(AskId, Password)>,
    /// What a host has said in this step: of which request; yes, no, or that it failed; and which password is right.
    said: Option<Said>,
}

/// Who is known without asking (AWDB-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    password: Password,
    /// Units that are left.
    left: u8,
    /// Each request begins the time anew: no reading has told of another password.
    renewable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    ask: AskId,
    password: Password,
    yes: Option<bool>,
}

impl Monitor {
    pub(super) fn new(scope: Scope) -> Self {
        Self { scope, known: None, wrong: 0, counts: 0, tries: 0, open: vec![], said: None }
    }

    /// Requests without a verdict.
    pub(super) fn open(&self) -> usize {
        self.open.len()
    }

    /// The account is open, or has not been tried often while it is locked.
    pub(super) fn may_try(&self) -> bool {
        !self.is_locked() || self.tries < self.scope.tries
    }

    /// What was typed with a request that has no verdict yet.
    pub(super) fn password(&self, ask: AskId) -> Option<Password> {
        self.open.iter().find(|(open, _)| *open == ask).map(|(_, password)| *password)
    }

    /// Without the names of requests; they stay in their order.
    pub(super) fn nameless(&self) -> Self {
        let open = self.open.iter().map(|(_, password)| (AskId(0), *password)).collect();
        Self { open, said: None, ..self.clone() }
    }

    /// Called before each step.
    pub(super) fn begins(&mut self) {
        self.said = None;
    }

    pub(super) fn asks(&mut self, ask: AskId, password: Password) {
        self.open.push((ask, password));
    }

    /// A host has said yes or no to a request, or failed.
    pub(super) fn says(&mut self, ask: AskId, yes: Option<bool>, truth: Password) {
        let password = self.password(ask).unwrap_or(truth);
        self.said = Some(Said { ask, password, yes });
    }

    /// A reading of all people has told which password is right.
    pub(super) fn read(&mut self, truth: Password) {
        if let Some(known) = &mut self.known {
            known.renewable &= known.password == truth;
        }
    }

    pub(super) fn tick(&mut self) {
        self.counts = self.counts.saturating_sub(1);
        if self.counts == 0 {
            (self.wrong, self.tries) = (0, 0);
        }
        if let Some(known) = &mut self.known {
            known.left -= 1;
        }
        self.known = self.known.filter(|known| known.left > 0);
    }

    /// A host is asked.
    pub(super) fn queried(&self, ask: AskId) -> Result<(), String> {
        ensure(self.password(ask).is_some(), || "asked for a request that has its verdict".into())?;
        ensure(!self.is_locked(), || "mapping.md 7: asked for a locked account".into())
    }

    pub(super) fn verdict(
        &mut self,
        ask: AskId,
        verdict: &Result<(), Denial>,
        may_come: bool,
    ) -> Result<(), String> {
        let password = self.password(ask).ok_or("a request has two verdicts")?;
        self.open.retain(|(open, _)| *open != ask);
        let said = self.said.filter(|said| said.ask == ask || said.password == password);
        match verdict {
            Ok(()) if said.is_some_and(|said| said.ask == ask) => self.accepted(password, said),
            Ok(()) => self.remembered(password),
            Err(Denial::Refused(_)) => self.refused(ask, said),
            Err(Denial::Locked) => {
                self.tries = self.tries.saturating_add(1);
                ensure(self.is_locked(), || "mapping.md 7: locked before it is".into())
            }
            Err(Denial::NotChecked { .. }) => {
                ensure(!may_come, || "AWDB-9: given up while a host may still answer".into())
            }
            Err(Denial::Unusable(_)) => Err("of no use, although every host has his row".into()),
        }
    }

    /// Whenever nothing is in motion.
    pub(super) fn settled(&self) -> Result<(), String> {
        let told = self.said.is_none_or(|said| said.yes.is_none() || self.password(said.ask).is_none());
        ensure(told, || "a host has said yes or no, and nobody was told".into())
    }

    fn is_locked(&self) -> bool {
        self.wrong >= LOCK_AFTER && self.counts > 0
    }

    fn accepted(&mut self, password: Password, said: Option<Said>) -> Result<(), String> {
        let yes = said.and_then(|said| said.yes) == Some(true);
        ensure(yes, || "invariant 4: accepted, although the host did not say yes".into())?;
        self.known = Some(Known { password, left: self.scope.window, renewable: true });
        (self.wrong, self.counts, self.tries) = (0, 0, 0);
        Ok(())
    }

    fn remembered(&mut self, password: Password) -> Result<(), String> {
        let Some(known) = self.known.as_mut() else {
            return Err("AWDB-8: accepted from memory after the time was over".into());
        };
        ensure(known.password == password, || "invariant 4: a wrong password works".into())?;
        if known.renewable {
            known.left = self.scope.window;
        }
        Ok(())
    }

    /// Who asks with the same password at the same time is told the same, and counts once.
    fn refused(&mut self, ask: AskId, said: Option<Said>) -> Result<(), String> {
        let no = said.and_then(|said| said.yes);
        ensure(no != Some(true), || "refused, although the host said yes".into())?;
        ensure(no == Some(false), || "AWDB-X1: an outage is taken for a wrong password".into())?;
        if said.is_some_and(|said| said.ask == ask) {
            (self.wrong, self.counts, self.tries) = (self.wrong.saturating_add(1), self.scope.lock, 0);
        }
        Ok(())
    }
}
