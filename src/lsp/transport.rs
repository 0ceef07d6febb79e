//! Messages on standard input and output: a header with the length, then JSON. What is no message is passed over and told, and the next one is read.

use lsp_server::Message;
use std::io::{self, BufRead, Read, Write};

/// Longer messages are refused: no text of a site comes near it.
const LONGEST: usize = 256 * 1024 * 1024;

/// Longer lines are no headers.
const LONGEST_LINE: u64 = 8 * 1024;

/// Something that came in and is no message.
#[derive(Debug)]
pub(super) struct Garbage(pub(super) String);

/// Reads the next message; `None` where the input has ended.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Result<Message, Garbage>>> {
    let Some(length) = read_length(input)? else { return Ok(None) };
    if length > LONGEST {
        let skipped = io::copy(&mut input.take(length as u64), &mut io::sink())?;
        return Ok(Some(Err(Garbage(format!("a message of {skipped} bytes is too long")))));
    }
    let mut body = vec![0; length];
    if let Err(error) = input.read_exact(&mut body) {
        return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) };
    }
    let message = serde_json::from_slice(&body).map_err(|error| Garbage(format!("this is no message: {error}")));
    Ok(Some(message))
}

/// Reads headers up to the blank line after them; lines that are none are passed over.
fn read_length(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if let (true, Some(length)) = (line.is_empty(), length) {
            return Ok(Some(length));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

/// Writes a message.
pub(super) fn write(message: &Message, output: &mut impl Write) -> io::Result<()> {
    message.write(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(input: &[u8]) -> Vec<String> {
        let mut input = input;
        let mut told = Vec::new();
        while let Some(message) = read(&mut input).unwrap() {
            told.push(match message {
                Ok(Message::Notification(notification)) => notification.method,
                Ok(other) => format!("{other:?}"),
                Err(Garbage(why)) => why.split(':').next().unwrap_or_default().to_owned(),
            });
        }
        told
    }

    #[test]
    fn messages_are_found_again_after_garbage() {
        let good = "Content-Length: 17\r\n\r\n{\"method\":\"exit\"}";
        // Three bytes are a message of their own, however little they say.
        let input = format!("hello\n\nContent-Length: x\r\n\r\ncontent-length:3\r\n\r\n{{\"a\u{fffd}\n{good}");
        assert_eq!(told(input.as_bytes()), ["this is no message", "exit"]);
        let long = "Content-Length: 999999999999\r\n\r\nabc";
        assert_eq!(told(long.as_bytes()), ["a message of 3 bytes is too long"]);
        assert_eq!(told(b"Content-Length: 10\r\n\r\nabc"), Vec::<String>::new());
        assert_eq!(told(b""), Vec::<String>::new());
    }
}
