//! Addresses.

/// The names of a node's own parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// The XMPP domain.
    pub(crate) domain: String,
    /// The publish-subscribe service.
    pub(crate) pubsub: String,
    /// The web application, whose presence tells clients of the server's health (notifications.md section 8).
    pub(crate) finesse: String,
}

impl Names {
    pub(crate) fn new(domain: &str) -> Self {
        let domain = domain.to_ascii_lowercase();
        Self { pubsub: format!("pubsub.{domain}"), finesse: format!("finesse@{domain}"), domain }
    }

    /// Takes our domain off a user name that came with one.
    pub(crate) fn local_part<'a>(&self, user: &'a str) -> &'a str {
        match user.rsplit_once('@') {
            Some((local, domain)) if domain.eq_ignore_ascii_case(&self.domain) => local,
            _ => user,
        }
    }
}

/// `user@domain/resource`, the user in lower case (notifications.md section 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FullJid {
    full: Box<str>,
    /// Where the `@` is.
    at: usize,
    /// Where the `/` is.
    slash: usize,
}

impl FullJid {
    pub(crate) fn new(user: &str, domain: &str, resource: &str) -> Self {
        let user = user.to_lowercase();
        let (at, slash) = (user.len(), user.len() + 1 + domain.len());
        Self { full: format!("{user}@{domain}/{resource}").into(), at, slash }
    }

    pub(crate) fn user(&self) -> &str {
        self.full.get(..self.at).unwrap_or_default()
    }

    pub(crate) fn resource(&self) -> &str {
        self.full.get(self.slash + 1..).unwrap_or_default()
    }

    pub(crate) fn bare(&self) -> &str {
        self.full.get(..self.slash).unwrap_or_default()
    }

    pub(crate) fn full(&self) -> &str {
        &self.full
    }

    /// Whether `text` names this user, and if so which resource, if any.
    pub(crate) fn own_resource<'a>(&self, text: &'a str) -> Option<Option<&'a str>> {
        let (bare, resource) = match text.split_once('/') {
            Some((bare, resource)) => (bare, Some(resource)),
            None => (text, None),
        };
        (bare.to_lowercase() == self.bare()).then_some(resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_compared_without_case_and_resources_with_it() {
        let jid = FullJid::new("Asato", "fin-a.example.test", "Desktop");
        assert_eq!(jid.full(), "asato@fin-a.example.test/Desktop");
        assert_eq!(jid.own_resource("ASATO@FIN-A.example.test"), Some(None));
        assert_eq!(jid.own_resource("asato@fin-a.example.test/x/y"), Some(Some("x/y")));
        assert_eq!(jid.own_resource("1043@fin-a.example.test"), None);
        let names = Names::new("Fin-A.example.test");
        assert_eq!(names.local_part("1042@FIN-A.example.test"), "1042");
        assert_eq!(names.local_part("1042@elsewhere"), "1042@elsewhere");
    }
}
