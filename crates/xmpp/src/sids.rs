//! Names that nobody can guess, without a random source.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The id of a session: 128 bits, as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sid(u128);

impl Sid {
    /// Reads what [`Sid`] writes, and nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_sid = text.len() == 32 && text.bytes().all(is_digit);
        is_sid.then(|| u128::from_str_radix(text, 16).ok().map(Self))?
    }
}

impl std::fmt::Display for Sid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Makes session ids from a counter and a key that only this process knows.
#[derive(Clone)]
pub(crate) struct Sids {
    mac: Hmac<Sha256>,
}

impl Sids {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        // HMAC pads a key to the block of its hash with zeros.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(key) {
            *to = from;
        }
        Self { mac: Hmac::new(&block.into()) }
    }

    /// The id of session `number`.
    pub(crate) fn sid(&self, number: u64) -> Sid {
        self.name(&number.to_be_bytes())
    }

    /// The id of stream `count` of session `number`.
    pub(crate) fn stream(&self, number: u64, count: u64) -> Sid {
        self.name(&[number.to_be_bytes(), count.to_be_bytes()].concat())
    }

    fn name(&self, of: &[u8]) -> Sid {
        let mut mac = self.mac.clone();
        mac.update(of);
        let bytes = mac.finalize().into_bytes();
        Sid(bytes.iter().take(16).fold(0, |sid, byte| sid << 8 | u128::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value computed with another implementation: `hmac.new(b'\x07'*32, (1).to_bytes(8,'big'), 'sha256')`.
    #[test]
    fn an_id_is_the_hmac_of_its_number() {
        assert_eq!(Sids::new([7; 32]).sid(1).to_string(), SID_1);
        assert_ne!(Sids::new([8; 32]).sid(1).to_string(), SID_1);
        assert_ne!(Sids::new([7; 32]).sid(2).to_string(), SID_1);
    }

    #[test]
    fn only_one_spelling_is_an_id() {
        assert_eq!(Sid::parse(SID_1).unwrap().to_string(), SID_1);
        let long = format!("0{SID_1}");
        for text in ["", "1", &SID_1.to_uppercase(), &SID_1[1..], &long, &SID_1.replacen('c', "+", 1)] {
            assert_eq!(Sid::parse(text), None, "{text}");
        }
    }

    const SID_1: &str = "c95f56381ac7d2ae0a57a888a0b4c7c8";
}
