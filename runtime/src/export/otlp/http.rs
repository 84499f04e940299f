//! In: a [`Connection`] over HTTP, then encoded spans. Out: the collector's answers, or errors that name their real cause. Refuses
//! unreadable certificates, and reads no more of an answer than 4 MiB.

use std::error::Error;
use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, PROXY_AUTHORIZATION, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;

use super::retry::Failure;
use super::route::{self, Route};
use super::{Connection, Protocol, causes, response, tls};
use crate::error::InitError;
use crate::export::Answer;

/// More than a collector has to say (specification: protocol/otlp, section OTLP/HTTP Response).
const LONGEST_ANSWER: usize = 4 << 20;

#[derive(Debug)]
pub(super) struct Client {
    route: Route,
    /// All but its body.
    request: Request<()>,
    json: bool,
    gzip: bool,
}

/// Must run inside the export thread's runtime.
pub(super) fn open(connection: &Connection) -> Result<Client, InitError> {
    let refuse = |error: &(dyn Error + 'static)| InitError::open(&connection.endpoint, causes(error));
    let (url, authorization) = split_credentials(&connection.endpoint);
    let url: Uri = url.parse().map_err(|error| refuse(&error))?;
    let route = route::to(&url, tls::client_config(&connection.tls)?);
    let (json, gzip) = (connection.protocol == Protocol::HttpJson, connection.gzip);
    let mut request = Request::new(());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = url;
    let headers = request.headers_mut();
    headers.extend(authorization.map(|credentials| (AUTHORIZATION, credentials)));
    headers.extend(route.proxy_authorization.clone().map(|credentials| (PROXY_AUTHORIZATION, credentials)));
    headers.insert(USER_AGENT, HeaderValue::from_static(super::USER_AGENT));
    headers.extend(connection.headers.iter().cloned().collect::<HeaderMap>());
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(if json { "application/json" } else { "application/x-protobuf" }));
    if gzip {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(Client { route, request, json, gzip })
}

/// The URL without `user:password@`, and these as the value of a header.
fn split_credentials(url: &str) -> (String, Option<HeaderValue>) {
    let Some((scheme, credentials, rest)) = super::credentials(url) else { return (url.to_owned(), None) };
    let colon = if credentials.contains(':') { "" } else { ":" };
    let plain: Vec<u8> = percent_decode_str(credentials).chain(colon.bytes()).collect();
    let mut header = HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(plain))).ok();
    if let Some(header) = &mut header {
        header.set_sensitive(true);
    }
    (format!("{scheme}://{rest}"), header)
}

impl Client {
    pub(super) fn compress(&self, body: Vec<u8>) -> io::Result<Vec<u8>> {
        if !self.gzip {
            return Ok(body);
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&body)?;
        encoder.finish()
    }

    pub(super) async fn send(&self, body: Bytes) -> Result<Answer, Failure> {
        let failed = |error: &(dyn Error + 'static)| Failure { error: causes(error), again_after: Some(Duration::ZERO) };
        let request = self.request.clone().map(|()| Full::new(body));
        let answer = (self.route.send)(request).await.map_err(|error| failed(&error))?;
        if !answer.status().is_success() {
            let error = format!("the export failed with HTTP status code: {}", answer.status().as_u16());
            return Err(Failure { error, again_after: again_after(answer.status(), answer.headers()) });
        }
        // Whatever comes of the answer, the collector has the spans.
        let body = read(answer.into_body()).await.unwrap_or_default();
        Ok(if self.json { response::from_json(&body) } else { response::from_protobuf(&body) })
    }
}

/// A longer answer is cut off, and then is none.
async fn read(mut answer: Incoming) -> Result<Vec<u8>, hyper::Error> {
    let mut body = Vec::new();
    while let Some(frame) = answer.frame().await {
        let Ok(chunk) = frame?.into_data() else { continue };
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Ok(Vec::new());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// As the specification says (protocol/otlp, section Retryable Response Codes).
fn again_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    match status.as_u16() {
        429 | 502..=504 => Some(headers.get(RETRY_AFTER).and_then(pause).unwrap_or_default()),
        _ => None,
    }
}

/// Seconds, or a date.
fn pause(retry_after: &HeaderValue) -> Option<Duration> {
    let text = retry_after.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::now()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_tried_again_is_what_the_specification_says() {
        let bare = |status: u16| again_after(StatusCode::from_u16(status).unwrap(), &HeaderMap::new());
        for status in [429, 502, 503, 504] {
            assert_eq!(bare(status), Some(Duration::ZERO), "{status}");
        }
        for status in [301, 400, 401, 404, 408, 413, 500, 501, 505] {
            assert_eq!(bare(status), None, "{status}");
        }
    }

    #[test]
    fn the_server_says_when_in_seconds_or_as_a_date() {
        let asked = |text: &str| pause(&HeaderValue::from_str(text).unwrap());
        assert_eq!(asked("120"), Some(Duration::from_mins(2)));
        let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_hours(1));
        let pause = asked(&date).unwrap();
        assert!(pause > Duration::from_mins(59) && pause <= Duration::from_hours(1), "{pause:?}");
        assert_eq!((asked("soon"), asked("Fri, 31 Dec 1999 23:59:59 GMT")), (None, None));
    }
}
