// A static server for dist/ below a sub-path, as a project page on Pages has one: nothing in the
// page may believe that it lives at the root. Files only, no header that would help it along.

import { once } from "node:events";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Chosen once by whoever comes first and handed down in the environment, so that two checkouts can
// be tested at the same time.
process.env.LAYERWISE_TEST_PORT ??= String(await freePort());
const PORT = Number(process.env.LAYERWISE_TEST_PORT);
const BASE = "/some/sub-path/";
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/** Where the page is. */
export const ORIGIN = `http://127.0.0.1:${PORT}${BASE}`;

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** A port that nobody listens on at the moment. */
async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** The bytes of a file of the page; `null` where there is none. */
export async function readPage(path) {
  const file = normalize(join(DIST, path));
  return (file + sep).startsWith(DIST) ? readFile(file).catch(() => null) : null;
}

async function answer(read, request, response) {
  const { pathname } = new URL(request.url, ORIGIN);
  const file = decodeURIComponent(pathname.slice(BASE.length)) || "index.html";
  const bytes = pathname.startsWith(BASE) ? await read(file) : null;
  if (bytes === null) {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("not found");
    return;
  }
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
  response.end(bytes);
}

/** Starts a server of what `read` reads, and returns it once it answers. */
export function serve(port = PORT, read = readPage) {
  const server = createServer((request, response) => {
    answer(read, request, response).catch((error) => {
      response.writeHead(500, { "content-type": "text/plain" });
      response.end(String(error));
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await serve();
