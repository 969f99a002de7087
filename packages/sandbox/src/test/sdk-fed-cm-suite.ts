import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { answerBrowserLogin } from './browser-login.ts';
import { init, openWith } from './sdk-page.ts';
import { openDialog, type Stage, seenOnce } from './site.ts';

const assertionPath = '/fed_cm/assertion';

/** Logging in by the browser's own dialog, in a browser that has one. */
export function sdkFedCmSuite(stage: Stage): void {
  /** Lets somebody be signed in at the sandbox, in this browser. */
  async function signIn(): Promise<void> {
    await stage.page.goto(`${stage.sandbox.url}/fed_cm/login`);
  }

  async function assertions(): Promise<Record<string, string>[]> {
    const journal = await (await fetch(`${stage.sandbox.url}/_sandbox/journal`)).json();
    return journal
      .filter(({ path }: { path: string }) => path === assertionPath)
      .map(({ body }: { body: Record<string, string> }) => body);
  }

  const press = (page: Page) => page.getByRole('button', { name: 'Connect' }).click();

  describe('FB.init with fedCM', () => {
    it('makes FB.login give a token without a popup, and what it was given is lost but for scope', async () => {
      await signIn();
      const page = await openWith(stage, 'status: false, fedCM: true');
      const devtools = await answerBrowserLogin(page);
      await press(page);
      const { callbacks } = await seenOnce(page, 'callbacks.length === 1');
      assert.equal(callbacks[0]?.status, 'connected');
      assert.ok(callbacks[0]?.authResponse?.accessToken);
      assert.equal('code' in (callbacks[0]?.authResponse ?? {}), false);
      assert.equal('params' in ((await assertions()).at(-1) ?? {}), false);

      await page.evaluate(
        'FB.login((response) => seen.callbacks.push(response), { config_id: "1", scope: "email" })',
      );
      await seenOnce(page, 'callbacks.length === 2');
      assert.equal((await assertions()).at(-1)?.params, '{"scope":"email"}');
      assert.equal(page.context().pages().length, 1);
      await devtools.detach();
    });

    it('is not switched off by another init with fedCM: false', async () => {
      await signIn();
      const page = await openWith(stage, 'status: false, fedCM: true');
      const devtools = await answerBrowserLogin(page);
      await page.evaluate(init(stage, 'status: false, fedCM: false'));
      await press(page);
      const { callbacks } = await seenOnce(page, 'callbacks.length === 1');
      assert.ok(callbacks[0]?.authResponse?.accessToken);
      await devtools.detach();
    });

    it('opens the popup after all where nobody is signed in', async () => {
      await stage.page.goto(`${stage.sandbox.url}/x/oauth/logout`);
      const devtools = await answerBrowserLogin(stage.page);
      const page = await openWith(stage, 'status: false, fedCM: true');
      const dialog = await openDialog(page);
      assert.match(dialog.url(), /\/dialog\/oauth\?/);
      await devtools.detach();
    });

    it('asks at once with autoPrompt, in the words of its context', async () => {
      await signIn();
      const devtools = await answerBrowserLogin(stage.page);
      const shown = new Promise<{ title: string }>((resolve) => devtools.once('FedCm.dialogShown', resolve));
      const page = await openWith(stage, "status: false, fedCM: { autoPrompt: true, context: 'use' }");
      await page.waitForFunction('FB.getAccessToken() !== null');
      assert.match((await shown).title, /^Use /);
      await devtools.detach();
    });

    it('tells a login that the browser refuses as unknown', async () => {
      const page = await openWith(stage, 'status: false, fedCM: true');
      await page.evaluate(
        "navigator.credentials.get = async () => { throw new DOMException('', 'NotAllowedError') }",
      );
      await press(page);
      const { callbacks } = await seenOnce(page, 'callbacks.length === 1');
      assert.deepEqual(callbacks, [{ authResponse: null, status: 'unknown' }]);
    });
  });
}
