//! Administrators: people of the settings file, with hashes of their passwords (argon2id). Never of the AWDB, so they
//! can correct its host when nothing else works.
//!
//! Owns the hashes and the slow comparison. Never remembers who was right, and locks nobody out: that is
//! `node::failover::administrators`'.

use std::fmt;
use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHashString, PasswordHasher, PasswordVerifier, SaltString};
use node::api::USER_BYTES_MAX;
use node::domain::Secret;
use tokio::sync::Semaphore;

use crate::tls;

/// Comparisons at once. Each takes a core for some 50 ms and 19 MiB; calls need the rest.
const AT_ONCE: usize = 2;

/// The only method that is taken.
const METHOD: &str = "argon2id";

/// What is to be stored of a password: argon2id with 19 MiB, two passes, one lane, and a salt of its own.
///
/// # Errors
/// If the system gives no random bytes.
pub fn hash(password: &Secret) -> Result<String, String> {
    let salt = SaltString::encode_b64(&chance()?).map_err(|why| why.to_string())?;
    let hash = Argon2::default().hash_password(password.expose().as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|why| why.to_string())
}

/// A password that nobody has chosen, to be typed by people: 80 bits in letters and digits that look like no others.
///
/// # Errors
/// If the system gives no random bytes.
pub fn invent() -> Result<Secret, String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let chance = chance()?;
    let letters = chance.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    Ok(Secret::new(letters.copied().map(char::from).collect::<String>()))
}

fn chance() -> Result<[u8; 16], String> {
    let key = tls::random_key().map_err(|_| "the system gives no random bytes")?;
    Ok(std::array::from_fn(|at| key.get(at).copied().unwrap_or_default()))
}

/// All administrators of a server. Cheap to clone.
#[derive(Clone)]
pub struct Administrators {
    people: Arc<[Administrator]>,
    turns: Arc<Semaphore>,
}

struct Administrator {
    /// In upper case.
    name: String,
    hash: PasswordHashString,
}

/// Names only.
impl fmt::Debug for Administrators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.people.iter().map(|one| &one.name)).finish()
    }
}

impl Administrators {
    /// These people, each with what [`hash`] gave for his password.
    ///
    /// # Errors
    /// Which name or hash cannot be.
    pub fn new<'a>(people: impl IntoIterator<Item = (&'a str, &'a Secret)>) -> Result<Self, String> {
        let mut all: Vec<Administrator> = Vec::new();
        for (name, stored) in people {
            let one = Administrator::new(name, stored)?;
            if all.iter().any(|other| other.name == one.name) {
                return Err(format!("{name:?} is there twice"));
            }
            all.push(one);
        }
        Ok(Self { people: all.into(), turns: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// Their names, in upper case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.people.iter().map(|one| one.name.as_str())
    }

    /// Whether this is an administrator with his password. Waits for its turn, and takes as long for a name that nobody
    /// has.
    pub(crate) async fn accept(&self, user: &str, password: Secret) -> bool {
        let Ok(_turn) = self.turns.acquire().await else { return false };
        let (people, name) = (Arc::clone(&self.people), user.to_uppercase());
        tokio::task::spawn_blocking(move || is_one_of(&people, &name, &password)).await.unwrap_or(false)
    }
}

impl Administrator {
    fn new(name: &str, stored: &Secret) -> Result<Self, String> {
        let fits = (1..=USER_BYTES_MAX).contains(&name.len()) && !name.chars().any(char::is_control);
        if !fits || name.contains(':') {
            return Err(format!("{name:?} must be 1 to {USER_BYTES_MAX} bytes without a colon"));
        }
        let hash = PasswordHashString::new(stored.expose()).ok();
        let hash = hash.filter(|hash| hash.algorithm().as_str() == METHOD);
        let hash = hash.filter(|hash| hash.hash().is_some() && hash.salt().is_some());
        let hash = hash.ok_or_else(|| {
            format!("{name:?}: password_hash must be what `holdfast admin hash-password` prints")
        })?;
        Ok(Self { name: name.to_uppercase(), hash })
    }
}

fn is_one_of(people: &[Administrator], name: &str, password: &Secret) -> bool {
    let known = people.iter().find(|one| one.name == name);
    // Somebody else's hash costs the same time.
    let Some(compared) = known.or(people.first()) else { return false };
    let equal = Argon2::default()
        .verify_password(password.expose().as_bytes(), &compared.hash.password_hash())
        .is_ok();
    equal && known.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `secret` with little work: argon2id with 8 KiB and one pass.
    fn cheap(password: &str) -> Secret {
        let little = argon2::Params::new(8, 1, 1, None).unwrap();
        let argon2 = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, little);
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        let hash = argon2.hash_password(password.as_bytes(), &salt).unwrap();
        Secret::new(hash.to_string())
    }

    #[tokio::test]
    async fn an_administrator_has_his_own_password() {
        let (one, two) = (cheap("secret"), cheap("other"));
        let all = Administrators::new([("admin", &one), ("佐藤", &two)]).unwrap();
        assert!(all.accept("admin", Secret::new("secret")).await);
        assert!(all.accept("ADMIN", Secret::new("secret")).await);
        assert!(all.accept("佐藤", Secret::new("other")).await);
        assert!(!all.accept("admin", Secret::new("other")).await);
        assert!(!all.accept("nobody", Secret::new("secret")).await);
        let nobody = Administrators::new([]).unwrap();
        assert!(!nobody.accept("admin", Secret::new("")).await);
    }

    #[tokio::test]
    async fn a_hash_that_was_made_here_is_accepted_here() {
        let stored = hash(&Secret::new("pass wörd")).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        let all = Administrators::new([("admin", &Secret::new(&stored))]).unwrap();
        assert!(all.accept("admin", Secret::new("pass wörd")).await);
        assert!(!format!("{all:?}").contains("argon2id"));
        assert_ne!(stored, hash(&Secret::new("pass wörd")).unwrap(), "a salt of its own");
        assert_eq!(invent().unwrap().expose().len(), 16);
        assert_ne!(invent().unwrap(), invent().unwrap());
    }

    #[test]
    fn names_and_hashes_that_cannot_be() {
        let good = cheap("x");
        let wrong = |name: &str, stored: &Secret| Administrators::new([(name, stored)]).unwrap_err();
        for name in ["", "a:b", "a\nb", &"x".repeat(256)] {
            assert!(wrong(name, &good).contains("without a colon"), "{name}");
        }
        for stored in
            ["", "secret", "$argon2id$v=19$m=8,t=1,p=1", "$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$c2FsdHNhbHQ"]
        {
            let why = wrong("admin", &Secret::new(stored));
            assert!(why.contains("hash-password"), "{why}");
            assert!(stored.is_empty() || !why.contains(stored));
        }
        assert!(Administrators::new([("admin", &good), ("Admin", &good)]).unwrap_err().contains("twice"));
    }
}
