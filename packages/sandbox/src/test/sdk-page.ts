import type { Page } from 'playwright-core';
import { loginPage, openReady, type Stage } from './site.ts';

/** What an expression throws in a page: its message, or null. */
export const thrownBy = (expression: string): string =>
  `(() => { try { ${expression}; return null; } catch (error) { return error.message; } })()`;

/** `FB.init` as the tests call it, with further options. */
export const init = ({ sandbox }: Stage, more = 'status: false'): string =>
  `FB.init({ appId: '${sandbox.credentials.appId}', version: 'v26.0', ${more} })`;

/** The customer's page, with other options of `FB.init` than the usual ones. */
export function openWith(stage: Stage, options: string): Promise<Page> {
  return openReady(stage, loginPage(stage.sandbox).replace('status: false', options));
}

/** What the next dialog answers by itself. */
export async function next({ sandbox }: Stage, outcome: string): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/next`, {
    method: 'POST',
    body: JSON.stringify({ outcome }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** How often this path was asked since the sandbox began, or since `reset`. */
export async function countRequests({ sandbox }: Stage, path: string): Promise<number> {
  const journal = await (await fetch(`${sandbox.url}/_sandbox/journal`)).json();
  return journal.filter((entry: { path: string }) => entry.path === path).length;
}
