//! Whole sign-ins with and without TLS, each followed by every kind of request.

use std::path::Path;

use super::write;

pub fn all(folder: &Path) {
    for (name, how, word) in
        [("clear", 0, 2), ("login", 0, 0), ("tls", 1, 1), ("refused", 4, 2), ("none", 2, 1)]
    {
        for (request, kind, body) in requests() {
            let packets =
                [packet(0x12, &[1, 0, 6, 0, 1, 0xFF, word]), handshake(word), login(), packet(kind, &body)];
            let pieces = packets.iter().flat_map(|packet| packet.chunks(255));
            let seed: Vec<u8> = pieces.flat_map(|piece| [&[piece.len() as u8], piece].concat()).collect();
            write(folder, &format!("{name}-{request}"), &[vec![how], seed].concat());
        }
    }
}

fn handshake(word: u8) -> Vec<u8> {
    if word == 2 { Vec::new() } else { packet(0x12, b"\x16\x03\x01") }
}

fn requests() -> Vec<(&'static str, u8, Vec<u8>)> {
    let batch = headed(&utf16("SELECT TOP 2 PersonID FROM dbo.Person WITH (NOLOCK)"));
    let call = [
        &[0xFF, 0xFF, 10, 0, 0, 0][..],
        &nvarchar("SELECT @P1, @P2"),
        &nvarchar("@P1 nvarchar(4000), @P2 int"),
        &nvarchar("1001"),
        &[0, 0, 0x26, 4, 4, 1, 0, 0, 0],
        &[0, 0, 0xE7, 0xFF, 0xFF, 9, 4, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, b'a', 0, 0, 0, 0, 0],
        &[0, 0, 0xA7, 4, 0, 9, 4, 0, 1, 0, 1, 0, b'a'],
        &[0, 0, 0x6D, 8, 0, 0, 0, 0x1F],
    ];
    vec![
        ("batch", 0x01, batch),
        ("call", 0x03, headed(&call.concat())),
        ("begin", 0x0E, headed(&[5, 0, 0, 0])),
        ("commit", 0x0E, headed(&[7, 0, 0, 1, 0, 0])),
        ("attention", 0x06, Vec::new()),
        ("bulk", 0x07, vec![0x81]),
    ]
}

fn login() -> Vec<u8> {
    let fields = ["desk", "holdfast", "secret", "app", "server", "", "lib", "", "lab_awdb"];
    let (mut head, mut data) =
        ([&[0; 4][..], &[4, 0, 0, 0x74], &[0, 16, 0, 0], &[0; 24]].concat(), Vec::new());
    for field in fields {
        head.extend((94 + data.len() as u16).to_le_bytes());
        head.extend((field.len() as u16).to_le_bytes());
        data.extend(utf16(field));
    }
    head.resize(94, 0);
    packet(0x10, &[head, data].concat())
}

fn nvarchar(text: &str) -> Vec<u8> {
    let text = utf16(text);
    [&[0, 0, 0xE7, 0x40, 0x1F, 9, 4, 0, 1, 0][..], &(text.len() as u16).to_le_bytes(), &text].concat()
}

fn headed(body: &[u8]) -> Vec<u8> {
    [&[22, 0, 0, 0, 18, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0][..], body].concat()
}

fn packet(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind, 1][..], &(body.len() as u16 + 8).to_be_bytes(), &[0, 0, 1, 0], body].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
