import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Meta's SDK, unmodified. */
export interface MetaSdk {
  /** Served as `/{locale}/sdk.js`. */
  loader: string;
  /** Served as `/{locale}/bundle/sdk.js/`. */
  bundle: string;
}

/**
 * Meta's SDK from a folder, however its two files are called: the loader is the one that sets up `__buffer`
 * and names `bundle/sdk.js`, the bundle the largest of the others. Throws where one is missing.
 */
export function readMetaSdk(folder: string): MetaSdk {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  const isLoader = (text: string): boolean =>
    text.includes('__buffer') && /bundle(\\?\/)sdk\.js/.test(text) && text.length < 100_000;
  const loader = files.find(isLoader);
  const [bundle] = files.filter((text) => !isLoader(text)).sort((one, other) => other.length - one.length);
  if (loader === undefined || bundle === undefined) {
    throw new Error(
      `META_SDK_DIR: ${folder} has no loader that names bundle/sdk.js, or no bundle beside it.`,
    );
  }
  return { loader, bundle };
}
