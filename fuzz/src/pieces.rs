//! Inputs made of pieces that mean something: each byte picks one, so that a fuzzer gets past the
//! parser and into what the commands do.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::Input;

/// Lines and parts of lines. The first byte of an input says how much of it makes the Dockerfile.
const PIECES: [&str; 96] = [
    "\nFROM node:22\n",
    "\nFROM node:22 AS a\n",
    "\nFROM a AS b\n",
    "\nFROM scratch\n",
    "\nFROM python:3.12\n",
    "\nFROM golang:1.26 AS a\n",
    "\nFROM alpine:3.22\n",
    "\nFROM debian:12\n",
    "\nFROM ${A}\n",
    "\nFROM acme/unknown:1\n",
    "\nARG A=node:22\n",
    "\nARG A\n",
    "\nENV B=/app C=$A\n",
    "\nENV PATH=/x:$PATH\n",
    "\nWORKDIR /app\n",
    "\nWORKDIR sub\n",
    "\nCOPY . .\n",
    "\nCOPY package*.json ./\n",
    "\nCOPY src /app/src\n",
    "\nCOPY --from=a /app /app\n",
    "\nCOPY --from=0 / /\n",
    "\nCOPY --link --chown=1000:1000 . /home/\n",
    "\nADD a.tar.gz /opt\n",
    "\nADD https://example.org/a.tgz /opt/\n",
    "\nUSER node\n",
    "\nUSER 1000:1000\n",
    "\nLABEL a=b\n",
    "\nEXPOSE 80\n",
    "\nVOLUME /data\n",
    "\nONBUILD RUN npm ci\n",
    "\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n",
    "\nHEALTHCHECK CMD curl localhost\n",
    "\nCMD [\"node\", \"a.js\"]\n",
    "\nCMD npm start\n",
    "\nENTRYPOINT [\"/app\"]\n",
    "\nSTOPSIGNAL 9\n",
    "\nRUN npm ci",
    "\nRUN npm install",
    "\nRUN npm run build",
    "\nRUN yarn install",
    "\nRUN pnpm i --prod",
    "\nRUN pip install -r requirements.txt",
    "\nRUN pip install torch flask",
    "\nRUN uv sync",
    "\nRUN go build -o /app .",
    "\nRUN cargo build --release",
    "\nRUN mvn package",
    "\nRUN composer install",
    "\nRUN apt-get update && apt-get install -y curl gcc",
    "\nRUN apk add --no-cache git",
    "\nRUN rm -rf /var/lib/apt/lists/*",
    "\nRUN rm -rf /app/node_modules",
    "\nRUN chown -R node /app",
    "\nRUN chmod -R 755 /",
    "\nRUN mv /app /b",
    "\nRUN cp -r / /c",
    "\nRUN ln -s /a /b",
    "\nRUN --mount=type=cache,target=/root/.npm npm ci",
    "\nRUN --mount=type=secret,id=a cat /run/secrets/a",
    "\nRUN --mount=type=bind,from=a,source=/,target=/x true",
    "\nRUN <<E\nnpm ci\nrm -rf /tmp/*\nE\n",
    "\nCOPY <<E /a.txt\nhello $A\nE\n",
    " && ",
    " || ",
    "; ",
    " | ",
    " > /a/b",
    " \\\n  ",
    "\n# a comment\n",
    "\n# layerwise ignore=no-user\n",
    "\n# syntax=docker/dockerfile:1\n",
    "\n# escape=`\n",
    " $(date)",
    " \"$A\" ",
    " '",
    " ${B:-x}",
    " if [ -f a ]; then npm ci; else yarn; fi",
    " for i in a b; do rm $i; done",
    " curl -sSL https://example.org/a.sh | sh",
    " wget https://example.org/a.tar.xz",
    " tar xzf a.tar.gz -C /opt",
    " git clone https://example.org/a.git",
    " useradd -m a",
    " cd /app",
    " set -eux",
    " --no-cache",
    " -g typescript",
    "/",
    "*",
    "..",
    "!",
    "\u{202e}",
    "\0",
    "é",
    "\"",
    "[",
];

/// Lines of an ignore file.
const PATTERNS: [&str; 16] = [
    "node_modules\n",
    "**/*.md\n",
    "!README.md\n",
    "*\n",
    "!src\n",
    ".git\n",
    "/a\n",
    "a/\n",
    "[a-z]\n",
    "?\n",
    "**\n",
    "!**\n",
    "# comment\n",
    "..\n",
    "a/**/b\n",
    "\\\n",
];

/// Lines of a listing.
const FILES: [&str; 16] = [
    "120 package.json\n",
    "9000 package-lock.json\n",
    "7 a.md\n",
    "9 src/index.js\n",
    "5 src/a/b.c\n",
    "44 .env\n",
    "900000 node_modules/a/a.js\n",
    "80 requirements.txt\n",
    "60 go.mod\n",
    "12 main.go\n",
    "99999999999 big.bin\n",
    "5 Dockerfile\n",
    "5 .dockerignore\n",
    "1 .git/HEAD\n",
    "3 a.tar.gz\n",
    "x\n",
];

fn concatenate<const COUNT: usize>(pieces: &[&str; COUNT], bytes: &[u8]) -> String {
    bytes.iter().filter_map(|byte| pieces.get(usize::from(*byte) % COUNT)).copied().collect()
}

/// An input made of bytes: two that divide the rest into Dockerfile, ignore file and listing.
pub(crate) fn assemble(bytes: &[u8]) -> Input {
    let [first, second, rest @ ..] = bytes else { return Input::default() };
    let cut = |share: u8, length: usize| length * usize::from(share) / 255;
    let (text, rest) = rest.split_at(cut(*first, rest.len()));
    let (patterns, files) = rest.split_at(cut(*second, rest.len()));
    let context = (!files.is_empty()).then(|| {
        let (context, _) = read_listing(&concatenate(&FILES, files));
        Rc::new(KnownContext { origin: ContextOrigin::Listing, context })
    });
    Input {
        dockerfile: concatenate(&PIECES, text),
        dockerignore: (!patterns.is_empty()).then(|| concatenate(&PATTERNS, patterns)),
        context,
        ..Input::default()
    }
}
