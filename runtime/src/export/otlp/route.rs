//! In: the URL of a collector and a configuration of TLS. Out: an HTTP client that gets there, straight or through the proxy that
//! `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` ask for. Refuses nothing: what cannot be reached fails when it is tried.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::uri::Scheme;
use http::{HeaderValue, Request, Uri};
use http_body_util::Full;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connect, Connected, Connection, HttpConnector};
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioExecutor;
use rustls::ClientConfig;
use tower::ServiceExt;

pub(super) struct Route {
    pub(super) send: Box<dyn Fn(Request<Full<Bytes>>) -> ResponseFuture + Send + Sync>,
    /// What a proxy wants to see in each request.
    pub(super) proxy_authorization: Option<HeaderValue>,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route").finish_non_exhaustive()
    }
}

pub(super) fn to(url: &Uri, tls: ClientConfig) -> Route {
    let tls = Arc::new(tls);
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    let direct = HttpsConnector::from((tcp, Arc::clone(&tls)));
    match Matcher::from_env().intercept(url) {
        None => Route { send: sender(direct), proxy_authorization: None },
        Some(proxy) if url.scheme() == Some(&Scheme::HTTPS) => {
            Route { send: sender(HttpsConnector::from((tunnel(&proxy, direct), tls))), proxy_authorization: None }
        }
        Some(proxy) => {
            let proxy_authorization = proxy.basic_auth().cloned();
            let forwarding = direct.map_request(move |_: Uri| proxy.uri().clone()).map_response(Forwarded);
            Route { send: sender(forwarding), proxy_authorization }
        }
    }
}

fn tunnel<C>(proxy: &Intercept, connector: C) -> Tunnel<C> {
    let tunnel = Tunnel::new(proxy.uri().clone(), connector);
    match proxy.basic_auth() {
        Some(authorization) => tunnel.with_auth(authorization.clone()),
        None => tunnel,
    }
}

fn sender(connector: impl Connect + Clone + Send + Sync + 'static) -> Box<dyn Fn(Request<Full<Bytes>>) -> ResponseFuture + Send + Sync> {
    let client = Client::builder(TokioExecutor::new()).build(connector);
    Box::new(move |request| client.request(request))
}

/// A connection to a proxy that forwards: the client writes the whole URL into its requests.
struct Forwarded<S>(S);

impl<S: Connection> Connection for Forwarded<S> {
    fn connected(&self) -> Connected {
        self.0.connected().proxy(true)
    }
}

impl<S: Read + Unpin> Read for Forwarded<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<S: Write + Unpin> Write for Forwarded<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
