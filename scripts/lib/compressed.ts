import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What a file weighs, in bytes: as it is, as `gzip -9` and as brotli at its highest level. */
export interface Weight {
  raw: number;
  gzip: number;
  brotli: number;
}

/** Weighs a file the way servers send it. */
export function weigh(path: string): Weight {
  const content = readFileSync(path);
  return {
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }).length,
  };
}
