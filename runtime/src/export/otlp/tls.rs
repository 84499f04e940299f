//! In: the PEM files of a [`Tls`]. Out: their contents, or a rustls configuration with the system's roots. Refuses files that cannot be
//! read or hold no certificate or key.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::{PemFile, Tls};
use crate::error::InitError;

/// The cryptography is named here: the process default may be missing, or ambiguous when two providers are compiled in.
pub(super) fn client_config(tls: &Tls) -> Result<ClientConfig, InitError> {
    let roots = match &tls.authority {
        Some(file) => roots_of(file)?,
        None => system_roots(),
    };
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| InitError::open("an encrypted endpoint", error))?
        .with_root_certificates(roots);
    let Some((certificate, key)) = &tls.identity else { return Ok(builder.with_no_client_auth()) };
    let private = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|error| unusable(key, "private key", error))?;
    builder
        .with_client_auth_cert(certificates(certificate)?, private)
        .map_err(|error| unusable(certificate, "certificate that fits its key", error))
}

/// The file's bytes.
pub(super) fn read(file: &PemFile) -> Result<Vec<u8>, InitError> {
    std::fs::read(&file.path).map_err(|error| unusable(file, "readable PEM file", error))
}

/// Parses the file, so that a wrong one is refused at the start and not at the first export.
pub(super) fn certificates(file: &PemFile) -> Result<Vec<CertificateDer<'static>>, InitError> {
    let parsed: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(file)?).collect();
    match parsed {
        Ok(certificates) if certificates.is_empty() => Err(unusable(file, "certificate", "none in the file")),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(unusable(file, "certificate", error)),
    }
}

fn roots_of(file: &PemFile) -> Result<RootCertStore, InitError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(file)? {
        roots.add(certificate).map_err(|error| unusable(file, "certificate", error))?;
    }
    Ok(roots)
}

/// No roots at all is not an error here: the handshake will say so, and an http:// endpoint needs none.
fn system_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

fn unusable(file: &PemFile, wanted: &str, cause: impl std::fmt::Display) -> InitError {
    InitError::setting(file.variable, file.path.display(), format!("not a {wanted} ({cause}); write the path of a PEM file"))
}
