//! Whether a parameter's name says that its value is a secret. In: a name. Out: yes or no, rather once too often.

const WORDS: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "secrets",
    "token",
    "tokens",
    "apikey",
    "authorization",
    "credential",
    "credentials",
    "bearer",
    "cookie",
    "cookies",
    "jwt",
];

const PAIRS: [&str; 6] = ["api_key", "private_key", "secret_key", "access_key", "signing_key", "encryption_key"];

/// Whether `args` has to leave the parameter out.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.trim_start_matches("r#").to_lowercase();
    name.split('_').any(|word| WORDS.contains(&word)) || PAIRS.iter().any(|pair| name.contains(pair))
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn words_count_wherever_they_stand_in_the_name() {
        for secret in ["password", "user_password", "API_KEY", "refresh_token", "private_key_pem", "_secret"] {
            assert!(is_secret(secret), "{secret}");
        }
        for plain in ["order", "tokenizer", "secretary", "key", "id"] {
            assert!(!is_secret(plain), "{plain}");
        }
    }
}
