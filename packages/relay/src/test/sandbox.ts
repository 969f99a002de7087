import assert from 'node:assert/strict';
import type { Sandbox } from 'whatsapp-embedded-signup-sandbox';

/** What the tests read and set in a sandbox, over HTTP as any other test suite would. */

export async function fault(sandbox: Sandbox, body: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

export interface JournalEntry {
  method: string;
  path: string;
  secretsInUrl?: string[];
  /** Whose token it came with. */
  token?: string | null;
  status?: number | null;
}

export async function journal(sandbox: Sandbox): Promise<JournalEntry[]> {
  return (await (await fetch(`${sandbox.url}/_sandbox/journal`)).json()) as JournalEntry[];
}

/** `METHOD path` of every Graph call that the sandbox has seen, in order. */
export async function graphCalls(sandbox: Sandbox): Promise<string[]> {
  return (await journal(sandbox)).map(({ method, path }) => `${method} ${path}`);
}
