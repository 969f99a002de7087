import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openDialog, openReady, type Stage } from './site.ts';

/** Queues the next dialog's answer, as a test of another program would. */
export async function next(stage: Stage, answer: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${stage.sandbox.url}/_sandbox/next`, {
    method: 'POST',
    body: JSON.stringify(answer),
  });
  assert.equal(response.status, 200);
}

/** Opens a dialog that answers by itself; gives the page. */
export async function answered(
  stage: Stage,
  answer: Record<string, unknown>,
  extras: Record<string, unknown> = {},
): Promise<Page> {
  await next(stage, answer);
  const page = await openReady(stage);
  await openWith(page, extras);
  return page;
}

/** Opens a dialog with these extras. */
export async function openWith(page: Page, extras: Record<string, unknown>): Promise<Page> {
  const [dialog] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((value) => window.login(value), extras),
  ]);
  return dialog;
}

/** Opens the site and a dialog in it. */
export async function openFresh(
  stage: Stage,
  extras?: Record<string, unknown>,
): Promise<{ page: Page; dialog: Page }> {
  const page = await openReady(stage);
  return { page, dialog: extras ? await openWith(page, extras) : await openDialog(page) };
}

/** Presses the buttons of one screen after the other. */
export async function press(dialog: Page, ...names: (string | RegExp)[]): Promise<void> {
  for (const name of names) await dialog.getByRole('button', { name, exact: true }).click();
}

export const signIn = /^Continue as /;

/** From sign-in to the permissions, with a new portfolio, account and number. */
export const standardWay = [signIn, 'Continue', 'Continue', 'Continue', 'Verify', 'Confirm'];

/** A choice of the screen that is seen. */
export const choose = (dialog: Page, label: string) =>
  dialog.locator('label:visible', { hasText: label }).click();

export const title = (dialog: Page, name: string) => dialog.getByRole('heading', { name }).waitFor();

/** An object of the sandbox's state. */
export async function find(
  stage: Stage,
  list: string,
  id: string | undefined,
): Promise<Record<string, unknown>> {
  const state = (await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json()) as Record<
    string,
    { id: string }[]
  >;
  return { ...state[list]?.find((item) => item.id === id) };
}
