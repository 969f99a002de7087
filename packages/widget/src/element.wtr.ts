import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { WhatsAppEmbeddedSignup } from './index.ts';
import {
  click,
  ended,
  endings,
  follow,
  mount,
  next,
  ready,
  type Subject,
  seen,
  until,
} from './test/subject.ts';

let subject: Subject;
const mounted: Subject[] = [];

async function put(kind: string, attributes?: Record<string, string>): Promise<Subject> {
  subject = await mount(kind, attributes);
  mounted.push(subject);
  return subject;
}

afterEach(() => {
  for (const { element } of mounted.splice(0)) element.remove();
});

const requestsToMeta = (): number =>
  performance.getEntriesByType('resource').filter(({ name }) => name.includes('/sdk.js')).length;

describe('before intent', () => {
  it('asks nothing of the relay or of Meta, then both on focus, and says that it is ready', async () => {
    await put('ok');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await seen(subject)).to.deep.equal([]);
    expect(requestsToMeta()).to.equal(0);
    subject.button.focus();
    await until(() => subject.element.state === 'ready');
    expect(subject.events).to.deep.equal(['signup-ready']);
    expect(requestsToMeta()).to.be.greaterThan(0);
  });
});

describe('a press', () => {
  it('calls FB.login in its own task', async () => {
    await put('ok');
    await ready(subject);
    const sdk = (window as unknown as { FB: { login(): void } }).FB;
    const { login } = sdk;
    let called = false;
    sdk.login = () => {
      called = true;
    };
    subject.button.click();
    const inTheSameTask = called;
    sdk.login = login;
    expect(inTheSameTask).to.equal(true);
    subject.element.reset();
    expect(endings(subject)).to.deep.equal(['signup-cancel']);
  });

  it('while the SDK still loads says to press again, where the browser would block the window', async () => {
    await put('slow');
    subject.element.start();
    await until(() => subject.element.state === 'ready');
    await subject.element.updateComplete;
    // No person pressed in this test, so no window may open.
    expect(subject.text()).to.contain('Ready, press again');
    expect(subject.events).to.deep.equal(['signup-ready']);
  });

  it('names a blocked window, and the button comes back', async () => {
    await put('ok');
    await ready(subject);
    const { open } = window;
    window.open = () => null;
    subject.button.click();
    window.open = open;
    expect(subject.details['signup-error']?.code).to.equal('popup-blocked');
    await subject.element.updateComplete;
    expect(subject.button.getAttribute('aria-disabled')).to.equal('false');
  });

  it('turns what FB.login throws into an error, and restores window.open', async () => {
    await put('ok');
    await ready(subject);
    const sdk = (window as unknown as { FB: { login(): void } }).FB;
    const { login } = sdk;
    const { open } = window;
    sdk.login = () => {
      throw new Error('no');
    };
    subject.button.click();
    sdk.login = login;
    expect(window.open).to.equal(open);
    expect(endings(subject)).to.deep.equal(['signup-error']);
    expect(subject.details['signup-error']?.code).to.equal('dialog-failed');
  });

  it('works from the keyboard', async () => {
    await put('ok');
    await ready(subject);
    await next('cancel');
    subject.element.focus();
    await sendKeys({ press: 'Enter' });
    await ended(subject);
    expect(endings(subject)).to.deep.equal(['signup-cancel']);
  });
});

describe('what goes wrong', () => {
  for (const [kind, code] of [
    ['unknown', 'portal-unknown'],
    ['foreign', 'origin-not-allowed'],
    ['down', 'relay-unreachable'],
  ] as const) {
    it(`ends in one error: ${code}`, async () => {
      await put(kind);
      subject.element.start();
      await ended(subject);
      expect(endings(subject)).to.deep.equal(['signup-error']);
      expect(subject.details['signup-error']?.code).to.equal(code);
      await subject.element.updateComplete;
      expect(subject.element.shadowRoot?.querySelector('[role=alert]')?.textContent).to.contain('.');
      await expect(subject.element).to.be.accessible();
    });
  }

  it('has no relay where nothing names one', async () => {
    await put('ok', { relay: '' });
    subject.element.start();
    await ended(subject);
    // The script-tag build may know one by its own address.
    expect(subject.details['signup-error']?.code).to.be.oneOf(['relay-missing', 'relay-unreachable']);
  });

  it('shows what failed after the dialog, and works with another code', async () => {
    await put('used');
    await ready(subject);
    await next('finish');
    await click(subject);
    await ended(subject);
    expect(subject.details['signup-error']?.code).to.equal('code-used');
    await next('finish');
    await click(subject);
    await until(() => subject.element.state === 'complete');
    expect(endings(subject)).to.deep.equal(['signup-error', 'signup-complete']);
  });

  it('shows the step that failed and its next step', async () => {
    await put('failing');
    await ready(subject);
    await next('finish');
    await click(subject);
    await ended(subject);
    expect(subject.details['signup-error']?.code).to.equal('pin-mismatch');
    await subject.element.updateComplete;
    expect(subject.text()).to.contain('Reset the PIN at Meta.');
    await expect(subject.element).to.be.accessible();
  });
});

describe('an element', () => {
  it('keeps its attempt when it is moved, and ends it when it is removed', async () => {
    await put('ok');
    await ready(subject);
    const sdk = (window as unknown as { FB: { login(): void } }).FB;
    const { login } = sdk;
    sdk.login = () => undefined;
    subject.button.click();
    sdk.login = login;
    expect(subject.element.state).to.equal('open');
    document.body.prepend(subject.element);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(subject.element.state).to.equal('open');
    subject.element.remove();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(endings(subject)).to.deep.equal(['signup-cancel']);
  });

  it('leaves a second one alone while its own dialog is open', async () => {
    const first = await put('ok');
    const second = await put('ok');
    await ready(first);
    await ready(second);
    await next('finish');
    await click(first);
    second.element.start();
    expect(second.events).to.deep.equal(['signup-ready']);
    await ended(first);
    expect(endings(first)).to.deep.equal(['signup-complete']);
    expect(second.events).to.deep.equal(['signup-ready']);
  });

  it('goes on with its onboarding after a reload', async () => {
    const portal = `ok-reload-${Date.now()}`;
    const session = `session of ${portal}`;
    const answer = await fetch('/relay/v1/onboardings', {
      method: 'POST',
      headers: { authorization: `Bearer ${session}` },
      body: JSON.stringify({ code: 'c' }),
    });
    const { id } = await answer.json();
    const relay = `${location.origin}/relay`;
    const key = `whatsapp-embedded-signup ${relay} ${portal}`;
    sessionStorage.setItem(key, JSON.stringify({ relay, portal, id, session }));
    const element = document.createElement('whatsapp-embedded-signup') as WhatsAppEmbeddedSignup;
    Object.assign(element, { relay: '/relay', portal });
    subject = await follow(element, portal);
    mounted.push(subject);
    await ended(subject);
    expect(endings(subject)).to.deep.equal(['signup-complete']);
    expect(sessionStorage.getItem(key)).to.equal(null);
  });

  it('takes properties that were set before the upgrade', async () => {
    const element = document.createElement('not-yet-known') as WhatsAppEmbeddedSignup;
    element.portal = 'early';
    document.body.append(element);
    const Known = customElements.get('whatsapp-embedded-signup') as CustomElementConstructor;
    customElements.define('not-yet-known', class extends Known {});
    await element.updateComplete;
    expect(element.portal).to.equal('early');
    element.remove();
  });

  it('may be included twice', async () => {
    for (const _ of [1, 2]) {
      await new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = '/packages/widget/dist/cdn/widget.js';
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
    }
    expect(customElements.get('whatsapp-embedded-signup')).to.be.a('function');
  });

  it('is disabled as a button is', async () => {
    await put('ok', { disabled: '' });
    expect(subject.button.disabled).to.equal(true);
    subject.element.start();
    expect(subject.element.state).to.equal('idle');
  });
});
