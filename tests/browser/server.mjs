// A static server for dist/ below a sub-path, as a project page on Pages has one: nothing in the
// page may believe that it lives at the root. Files only, no header that would help it along.

import { once } from "node:events";
import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

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

/** Files in brotli, where the server is to be like a host. */
const compressed = new Map();

/** Compresses every file ahead, as hosts do. */
async function compressAll() {
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  const files = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath ?? it.path, it.name));
  const compress = promisify(brotliCompress);
  const pack = async (file) => {
    const path = relative(DIST, file).split(sep).join("/");
    compressed.set(path, await compress(await readFile(file)));
  };
  await Promise.all(files.map(pack));
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
  const packed = compressed.get(file);
  const kept = { "content-encoding": "br", "cache-control": "max-age=600" };
  const headers = packed ? kept : { "cache-control": "no-store" };
  response.writeHead(200, { "content-type": type, ...headers });
  response.end(packed ?? bytes);
}

/**
 * Starts a server of what `read` reads, and returns it once it answers; `asHost` compresses and lets the
 * browser keep.
 */
export async function serve({ port = PORT, read = readPage, asHost = false } = {}) {
  if (asHost) await compressAll();
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
