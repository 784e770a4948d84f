//! Two messages that exist in two forms on the wire (ged188.md section 13).

use crate::messages::FailureConf;
use crate::reader::Reader;
use crate::{DecodeError, StatusCode};

/// The tag of AgentInstrument, the only floating field of QUERY_DEVICE_INFO_REQ.
const AGENT_INSTRUMENT: u32 = 6;

/// FAILURE_CONF with the body of CONTROL_FAILURE_CONF: exactly ten bytes, the code in two of them and then a
/// peripheral error code, which is not kept. `None` for the usual form.
pub(crate) fn long_failure_conf(r: &mut Reader<'_>) -> Result<Option<FailureConf>, DecodeError> {
    if r.rest().len() != 10 {
        return Ok(None);
    }
    let (invoke_id, code) = (r.fixed()?, r.fixed::<u16>()?);
    r.fixed::<u32>()?;
    Ok(Some(FailureConf { invoke_id, status: StatusCode(u32::from(code)), ..FailureConf::default() }))
}

/// Reserved of QUERY_DEVICE_INFO_REQ has two bytes, or four: then the floating part begins two bytes later.
pub(crate) fn skip_wide_reserved(r: &mut Reader<'_>) -> Result<(), DecodeError> {
    let tag_bytes = r.floating_header_bytes() / 2;
    let tag_at = |at: usize| {
        let bytes = r.rest().get(at..at + tag_bytes);
        bytes.map(|bytes| bytes.iter().fold(0, |tag, &byte| tag << 8 | u32::from(byte)))
    };
    let begins_later = tag_at(0) != Some(AGENT_INSTRUMENT) && tag_at(2) == Some(AGENT_INSTRUMENT);
    if begins_later {
        r.fixed::<u16>()?;
    }
    Ok(())
}
