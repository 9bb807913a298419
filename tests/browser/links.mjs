// Links as nobody makes them: any bytes in any field (crates/share/src/fields.rs, link.rs, pack.rs).

import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";

const dictionary = readFileSync(new URL("../../crates/share/src/dictionary-1.txt", import.meta.url));
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The cyclic redundancy check of the characters, as three of them. */
function checksum(data) {
  let sum = (1 << 18) - 1;
  for (const letter of data) {
    sum ^= LETTERS.indexOf(letter) << 12;
    for (let bit = 0; bit < 6; bit++) sum = ((sum << 1) & 0x3ffff) ^ (sum >> 17 ? 0b100111 : 0);
  }
  return [sum >> 12, (sum >> 6) & 63, sum & 63].map((digit) => LETTERS[digit]).join("");
}

/** The fragment of a Dockerfile and further fields: a letter, and text or two halves of it each. */
export function fragment(dockerfile, fields = []) {
  const bytes = [Buffer.from(dockerfile)];
  for (const [letter, ...halves] of fields) {
    bytes.push(Buffer.from([0xff]), Buffer.from(letter + halves[0]));
    if (halves.length > 1) bytes.push(Buffer.from([0xfe]), Buffer.from(halves[1]));
  }
  const data = deflateRawSync(Buffer.concat(bytes), { dictionary, level: 9 }).toString("base64url");
  return `#1.${checksum(data)}${data}`;
}
