// A step of the build: beside each file of a page stand its compressed forms, `.br` and `.gz`, which
// the server sends as they are.
/// <reference types="node" />
import { promises as files } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** Below this a header costs as much as is won. */
const WORTHWHILE = 512;

async function pack(path: string): Promise<void> {
  const content = await files.readFile(path);
  if (content.length < WORTHWHILE) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const forms = [
    { ending: "br", packed: await promisify(brotliCompress)(content, { params }) },
    { ending: "gz", packed: await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }) },
  ];
  for (const { ending, packed } of forms) {
    if (packed.length < content.length) await files.writeFile(`${path}.${ending}`, packed);
  }
}

export function packed(): Plugin {
  let folder = "";
  return {
    name: "packed",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const found = await files.readdir(folder, { recursive: true, withFileTypes: true });
      for (const file of found.filter((entry) => entry.isFile())) {
        await pack(join(file.parentPath, file.name));
      }
    },
  };
}
