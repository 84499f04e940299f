//! In: the fields of a protobuf message, in order of their tags. Out: its bytes, as short as they can be, in one pass.
//!
//! The length of a nested message stands before it and is known after it: room for a length of the expected size is left, and the message
//! is moved by a byte or two where that was wrong.

use prost::encoding::{WireType, encode_varint, encoded_len_varint};

/// Bytes of the longest length.
const LONGEST: usize = 10;

#[derive(Debug)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    #[inline]
    fn key(&mut self, tag: u32, kind: WireType) {
        self.number(u64::from(tag << 3 | kind as u32));
    }

    /// Most keys, lengths and values are one byte: the loop is for the others.
    #[inline]
    fn number(&mut self, value: u64) {
        match u8::try_from(value) {
            Ok(byte @ ..0x80) => self.0.push(byte),
            _ => encode_varint(value, &mut self.0),
        }
    }

    /// Written even if empty, as is right in a `oneof` and in a list.
    #[inline]
    pub(super) fn bytes(&mut self, tag: u32, value: &[u8]) {
        self.key(tag, WireType::LengthDelimited);
        self.number(value.len() as u64);
        self.0.extend_from_slice(value);
    }

    /// Left out if empty.
    #[inline]
    pub(super) fn text(&mut self, tag: u32, value: &str) {
        if !value.is_empty() {
            self.bytes(tag, value.as_bytes());
        }
    }

    /// Written even if zero, as is right in a `oneof`.
    #[inline]
    pub(super) fn varint(&mut self, tag: u32, value: u64) {
        self.key(tag, WireType::Varint);
        self.number(value);
    }

    /// Left out if zero.
    pub(super) fn count(&mut self, tag: u32, value: u32) {
        if value != 0 {
            self.varint(tag, value.into());
        }
    }

    /// Written even if zero.
    #[inline]
    pub(super) fn fixed64(&mut self, tag: u32, value: u64) {
        self.key(tag, WireType::SixtyFourBit);
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// Written even if zero.
    pub(super) fn fixed32(&mut self, tag: u32, value: u32) {
        self.key(tag, WireType::ThirtyTwoBit);
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// A message of probably less than 128 bytes.
    #[inline]
    pub(super) fn message(&mut self, tag: u32, write: impl FnOnce(&mut Self)) {
        self.long_message(tag, 1, write);
    }

    /// A message whose length will probably take `width` bytes, seven bits in each.
    #[inline]
    pub(super) fn long_message(&mut self, tag: u32, width: usize, write: impl FnOnce(&mut Self)) {
        self.key(tag, WireType::LengthDelimited);
        let at = self.0.len();
        self.0.extend_from_slice(&[0; LONGEST][..width]);
        write(self);
        match u8::try_from(self.0.len() - at - width) {
            Ok(length @ ..0x80) if width == 1 => self.0[at] = length,
            _ => self.set_length(at, width),
        }
    }

    /// Of the message that begins behind the `width` bytes at `at`.
    fn set_length(&mut self, at: usize, width: usize) {
        let end = self.0.len();
        let length = (end - at - width) as u64;
        let needed = encoded_len_varint(length);
        if needed != width {
            self.0.resize(end.max(end + needed - width), 0);
            self.0.copy_within(at + width..end, at + needed);
            self.0.truncate(end + needed - width);
        }
        encode_varint(length, &mut &mut self.0[at..at + needed]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_they_can_be_whatever_was_expected() {
        for (length, prefix) in [(0, &[10, 0][..]), (127, &[10, 127]), (128, &[10, 128, 1]), (16384, &[10, 128, 128, 1])] {
            let content = vec![7; length];
            for width in 1..=4 {
                let mut writer = Writer::with_capacity(0);
                writer.long_message(1, width, |writer| writer.0.extend_from_slice(&content));
                assert_eq!(writer.into_bytes(), [prefix, &content].concat(), "{length} bytes where {width} were expected for the length");
            }
        }
    }
}
