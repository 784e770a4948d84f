//! Where pages of the desktop may send requests besides the two servers: origins, as browsers write them.

use std::fmt;

/// Longest name of a host (RFC 1035).
const HOST_BYTES_MAX: usize = 253;

/// Scheme, host and port of a web server, such as `https://crm.example.com`. The default port is left out and letters are
/// small, so that it is equal to what a browser says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebOrigin(String);

impl WebOrigin {
    /// `None` for whatever has more or less in it; hosts are names or IPv4 addresses.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let usual = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let (host, port) = rest.split_once(':').unwrap_or((rest, ""));
        let port = match port {
            "" if rest.contains(':') => return None,
            "" => usual,
            digits => digits.parse().ok().filter(|port| *port > 0)?,
        };
        is_host(host).then(|| Self::of(scheme, &host.to_ascii_lowercase(), port, usual))
    }

    fn of(scheme: &str, host: &str, port: u16, usual: u16) -> Self {
        if port == usual {
            Self(format!("{scheme}://{host}"))
        } else {
            Self(format!("{scheme}://{host}:{port}"))
        }
    }

    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_host(host: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    !host.is_empty() && host.len() <= HOST_BYTES_MAX && host.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        WebOrigin::parse(text).map(|origin| origin.to_string())
    }

    #[test]
    fn an_origin_is_written_as_browsers_do() {
        assert_eq!(parsed("https://CRM.example.com").as_deref(), Some("https://crm.example.com"));
        assert_eq!(parsed("https://crm.example.com:443").as_deref(), Some("https://crm.example.com"));
        assert_eq!(parsed("http://10.0.0.1:8080").as_deref(), Some("http://10.0.0.1:8080"));
        assert_eq!(parsed("https://crm:80").as_deref(), Some("https://crm:80"));
    }

    #[test]
    fn what_could_mean_more_than_one_server_or_end_the_policy_is_no_origin() {
        for text in [
            "crm.example.com",
            "https://",
            "https://*.example.com",
            "https://crm/",
            "https://crm/path",
            "ftp://crm",
            "https://crm:",
            "https://crm:0",
            "https://crm:65536",
            "https://crm;script-src",
            "https://a b",
            "javascript:1",
            "https://user@crm",
            "",
            "HTTPS://crm",
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
