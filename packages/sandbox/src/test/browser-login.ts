import type { CDPSession, Page } from 'playwright-core';

/** Picks the first account in the browser's own login dialogs (FedCM), in place of a person. */
export async function answerBrowserLogin(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  devtools.on('FedCm.dialogShown', ({ dialogId }) => {
    // One dialog may follow another before it is answered; the last one decides.
    devtools.send('FedCm.selectAccount', { dialogId, accountIndex: 0 }).catch(() => undefined);
  });
  // Without this, a refusal is told after minutes, so that pages learn nothing from its speed.
  await devtools.send('FedCm.enable', { disableRejectionDelay: true });
  await devtools.send('FedCm.resetCooldown');
  return devtools;
}
