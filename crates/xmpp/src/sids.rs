//! Names that nobody can guess, without a random source.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

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

    /// The id of session `number`: 128 bits as 32 hexadecimal digits.
    pub(crate) fn sid(&self, number: u64) -> String {
        self.name(&number.to_be_bytes())
    }

    /// The id of stream `count` of session `number`.
    pub(crate) fn stream(&self, number: u64, count: u64) -> String {
        self.name(&[number.to_be_bytes(), count.to_be_bytes()].concat())
    }

    fn name(&self, of: &[u8]) -> String {
        let mut mac = self.mac.clone();
        mac.update(of);
        mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value computed with another implementation: `hmac.new(b'\x07'*32, (1).to_bytes(8,'big'), 'sha256')`.
    #[test]
    fn an_id_is_the_hmac_of_its_number() {
        assert_eq!(Sids::new([7; 32]).sid(1), SID_1);
        assert_ne!(Sids::new([8; 32]).sid(1), SID_1);
        assert_ne!(Sids::new([7; 32]).sid(2), SID_1);
    }

    const SID_1: &str = "c95f56381ac7d2ae0a57a888a0b4c7c8";
}
