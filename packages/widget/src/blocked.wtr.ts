import { expect } from '@open-wc/testing';
import { ended, endings, mount, ready, until } from './test/subject.ts';

// Alone in its file: it needs a page where nothing has loaded the SDK before.
it('names a blocked SDK in one error, and a retry is a real one', async () => {
  const subject = await mount('ok', { 'sdk-url': `${location.origin}/nothing-here` });
  // A hand that only passes over the button is told nothing: nobody has asked for anything yet.
  subject.element.load();
  await until(() => subject.element.state === 'idle');
  expect(subject.events).to.deep.equal([]);
  subject.element.start();
  await ended(subject);
  expect(endings(subject)).to.deep.equal(['signup-error']);
  expect(subject.details['signup-error']?.code).to.equal('sdk-blocked');
  expect(document.querySelectorAll('script[src*="sdk.js"]').length).to.equal(0);
  await subject.element.updateComplete;
  await expect(subject.element).to.be.accessible();
  expect(subject.text()).to.contain('Try again');

  subject.element.sdkUrl = null;
  await ready(subject);
});

it('leaves the site’s own fbAsyncInit alone', async () => {
  const host = window as unknown as { fbAsyncInit?: () => void; FB?: unknown };
  const page = (globalThis as { [key: symbol]: unknown })[Symbol.for('whatsapp-embedded-signup')];
  // As on a page that was just opened.
  Object.assign(page as object, { sdk: null });
  host.FB = undefined;
  for (const script of document.querySelectorAll('script[src*="sdk.js"]')) script.remove();
  let ran = 0;
  host.fbAsyncInit = () => {
    ran++;
  };
  const subject = await mount('ok');
  await ready(subject);
  await until(() => ran === 1);
  subject.element.remove();
});
