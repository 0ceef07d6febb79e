//! One request to a host, and what came back. The only code that uses the network. What the library panics on is caught here.
//!
//! Bodies are not read: that an answer begins well says that the document is there, and a body may be large, slow, or without end.

use super::visit::{Answer, Method};
use crate::links::Distrust;
use std::fmt::Write;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use ureq::http::{Response, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::typestate::WithoutBody;
use ureq::{Agent, Body, Error, RequestBuilder};
use url::{Host, Url};

/// As much of a document is asked for; hosts that know no ranges send more, and the connection is closed.
const RANGE: &str = "bytes=0-1023";

/// As much is read of what an archive answers.
const LONGEST_TEXT: u64 = 64 * 1024;

/// Who vouches for hosts.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// Whom Mozilla trusts, as it stood when the program was made: the same on every machine.
    #[default]
    Mozilla,
    /// These, and nobody else.
    Only(Vec<Certificate<'static>>),
}

impl Trust {
    /// Reads certificates in PEM. `None` where there is none.
    pub fn from_pem(pem: &[u8]) -> Option<Self> {
        let certificates: Vec<_> = parse_pem(pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        (!certificates.is_empty()).then_some(Self::Only(certificates))
    }
}

/// A client of other people's hosts.
#[derive(Debug, Clone)]
pub struct Client(Agent);

impl Client {
    /// A client that says who it is, and whose site it works for where that is known.
    pub fn new(site: Option<&str>, trust: Trust) -> Self {
        // In the form for the network, which every header can hold.
        let site = site.and_then(|site| Url::parse(site).ok()).map(|site| format!("; +{site}")).unwrap_or_default();
        let roots = match trust {
            Trust::Mozilla => RootCerts::WebPki,
            Trust::Only(certificates) => RootCerts::Specific(Arc::new(certificates)),
        };
        let config = Agent::config_builder()
            .user_agent(format!("Sourcebook/{} (link check{site})", env!("CARGO_PKG_VERSION")))
            .accept("text/html,application/xhtml+xml,*/*;q=0.8")
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Hosts are visited with pauses; a connection kept meanwhile would only break.
            .max_idle_connections(0)
            .build();
        Self(Agent::new_with_config(config))
    }

    /// Asks, and waits for the head of the answer at most so long.
    pub(super) fn ask(&self, url: &Url, method: Method, limit: Duration) -> Answer {
        let address = for_network(url);
        let request = match method {
            Method::Head => self.0.head(&address),
            Method::Get => self.0.get(&address).header(header::RANGE, RANGE),
        };
        match call(request, url, limit) {
            Some(Ok(response)) => status(&response),
            Some(Err(error)) => failure(&error),
            None => Answer::Closed,
        }
    }

    /// Reads a short text; `None` where anything but a text comes back.
    pub(super) fn read(&self, url: &Url, limit: Duration) -> Option<String> {
        let response = call(self.0.get(for_network(url)), url, limit)?.ok()?;
        let is_well = response.status().is_success();
        let read = || response.into_body().into_with_config().limit(LONGEST_TEXT).read_to_string().ok();
        catch_unwind(AssertUnwindSafe(read)).ok().flatten().filter(|_| is_well)
    }
}

/// Makes a request. `None` where the library panicked.
fn call(request: RequestBuilder<WithoutBody>, url: &Url, limit: Duration) -> Option<Result<Response<Body>, Error>> {
    let request = request.config().timeout_global(Some(limit));
    // This machine is asked directly.
    let request = if is_loopback(url) { request.proxy(None) } else { request };
    let request = request.build();
    catch_unwind(AssertUnwindSafe(|| request.call())).ok()
}

/// The address in the characters that HTTP allows: browsers let some more pass than it does.
fn for_network(url: &Url) -> String {
    let mut address = String::with_capacity(url.as_str().len());
    for c in url.as_str().chars() {
        match c {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                // Writing into a text cannot fail.
                let _ = write!(address, "%{:02X}", u32::from(c));
            }
            c => address.push(c),
        }
    }
    address
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn status(response: &Response<Body>) -> Answer {
    let field =
        |name| response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned());
    Answer::Status {
        code: response.status().as_u16(),
        location: field(header::LOCATION),
        retry_after: field(header::RETRY_AFTER).and_then(|value| retry_after(&value, SystemTime::now())),
    }
}

/// Reads `Retry-After`: seconds, or a date. A date that is past asks for no patience.
fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let date = httpdate::parse_http_date(value).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        }
    }
}

fn failure(error: &Error) -> Answer {
    match error {
        Error::Timeout(_) => Answer::TimedOut,
        Error::HostNotFound | Error::BadUri(_) | Error::Http(_) => Answer::NoSuchHost,
        Error::Rustls(error) => Answer::Untrusted(distrust(error)),
        Error::Tls(_) => Answer::Untrusted(Distrust::Invalid),
        Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(error) => Answer::Untrusted(distrust(error)),
            None if is_lookup(error) => Answer::NoSuchHost,
            None if error.kind() == io::ErrorKind::TimedOut => Answer::TimedOut,
            None => Answer::Closed,
        },
        _ => Answer::Closed,
    }
}

/// Whether a name could not be looked up. The standard library says so in words only; on Windows, by the system's numbers.
fn is_lookup(error: &io::Error) -> bool {
    let is_windows_lookup = cfg!(windows) && matches!(error.raw_os_error(), Some(11001..=11004));
    is_windows_lookup || error.to_string().starts_with("failed to lookup address information")
}

fn distrust(error: &rustls::Error) -> Distrust {
    use rustls::CertificateError as Fault;
    match error {
        rustls::Error::InvalidCertificate(fault) => match fault {
            Fault::Expired | Fault::ExpiredContext { .. } => Distrust::Expired,
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => Distrust::WrongName,
            Fault::UnknownIssuer => Distrust::UnknownIssuer,
            _ => Distrust::Invalid,
        },
        _ => Distrust::Handshake,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_is_asked_for_in_seconds_or_until_a_date() {
        // 1 January 2027, noon.
        let now = httpdate::parse_http_date("Fri, 01 Jan 2027 12:00:00 GMT").unwrap();
        let wait = |value: &str| retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("0"), Some(0));
        assert_eq!(wait("Fri, 01 Jan 2027 12:00:30 GMT"), Some(30));
        assert_eq!(wait("Friday, 01-Jan-27 12:01:00 GMT"), Some(60));
        assert_eq!(wait("Fri, 01 Jan 2027 11:00:00 GMT"), Some(0));
        for wrong in ["", "soon", "-1", "1.5", "99999999999999999999", "Fri, 32 Jan 2027 12:00:00 GMT"] {
            assert_eq!(wait(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn addresses_are_written_as_http_wants_them() {
        let network = |url: &str| for_network(&Url::parse(url).unwrap());
        assert_eq!(
            network("https://ar.wikipedia.org/wiki/حرب?q=a|b{c}"),
            "https://ar.wikipedia.org/wiki/%D8%AD%D8%B1%D8%A8?q=a%7Cb%7Bc%7D"
        );
        assert_eq!(network("https://אתר.example/"), "https://xn--4db2cf.example/");
        for url in ["https://example.org/a b?c d\"<>^`{|}\\#x", "http://[::1]:80/%?%", "http://1/"] {
            assert!(network(url).parse::<ureq::http::Uri>().is_ok(), "{url}");
        }
    }
}
