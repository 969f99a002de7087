import { readFileSync } from 'node:fs';

/** Thrown where the browser code was not built yet. */
export class MissingBuildError extends Error {
  readonly code = 'build-missing';

  constructor(name: string, cause: unknown) {
    super(`The browser file ${name} is not built: run "pnpm build" first.`, { cause });
    this.name = 'MissingBuildError';
  }
}

export type BrowserFile = 'sdk-stub.js' | 'sdk-bundle.js' | 'dialog.js' | 'dialog.css' | 'arbiter.js';

/** Reads a built browser file. The address is the same from `src/` and from `dist/`. */
export function readBrowserFile(name: BrowserFile): string {
  const url = new URL(`../dist/browser/${name}`, import.meta.url);
  try {
    return readFileSync(url, 'utf8');
  } catch (cause) {
    throw new MissingBuildError(name, cause);
  }
}
