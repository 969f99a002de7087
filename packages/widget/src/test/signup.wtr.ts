import { expect } from '@open-wc/testing';
import { click, ended, endings, mount, next, ready, type Subject, seen, until } from './subject.ts';

let subject: Subject;
afterEach(() => subject?.element.remove());

async function run(kind: string, outcome: string, data?: Record<string, string>): Promise<void> {
  subject = await mount(kind);
  await ready(subject);
  await next(outcome, data);
  await click(subject);
  await ended(subject);
}

describe('a signup in Meta’s dialog', () => {
  it('ends with the business’s name and number', async () => {
    await run('ok', 'finish');
    expect(endings(subject)).to.deep.equal(['signup-complete']);
    expect(subject.events.slice(0, 3)).to.deep.equal(['signup-ready', 'signup-start', 'signup-progress']);
    expect(subject.details['signup-complete']?.account?.wabaId).to.equal('102');
    await subject.element.updateComplete;
    expect(subject.text()).to.contain('Acme Foods · +1 555 0100 is connected');
    expect(subject.element.getAttribute('state')).to.equal('complete');
    const redeem = (await seen(subject)).find(({ path }) => path === '/v1/onboardings');
    expect(redeem?.session).to.equal(`session of ${subject.portal}`);
    expect(redeem?.body.event).to.equal('FINISH');
    expect(redeem?.body.code).to.be.a('string');
    expect(redeem?.body.verifier).to.match(/^[\w-]{43}$/);
    expect(Object.keys(redeem?.body.ids ?? {}).sort()).to.deep.equal([
      'businessId',
      'phoneNumberId',
      'wabaId',
    ]);
  });

  it('goes on without an event, 2 s after the code', async () => {
    await run('ok', 'code-only');
    expect(endings(subject)).to.deep.equal(['signup-complete']);
    const redeem = (await seen(subject)).find(({ path }) => path === '/v1/onboardings');
    expect(redeem?.body.event).to.equal(undefined);
  });

  it('waits for an event that comes after the code', async () => {
    await run('ok', 'event-late');
    expect(endings(subject)).to.deep.equal(['signup-complete']);
    const redeem = (await seen(subject)).find(({ path }) => path === '/v1/onboardings');
    expect(redeem?.body.event).to.equal('FINISH');
  });

  it('ends in one cancel that names the step, and the button comes back', async () => {
    await run('ok', 'cancel', { step: 'PHONE_NUMBER_SETUP' });
    expect(subject.details['signup-cancel']?.step).to.equal('PHONE_NUMBER_SETUP');
    await next('finish');
    await click(subject);
    await until(() => subject.element.state === 'complete');
    expect(endings(subject)).to.deep.equal(['signup-cancel', 'signup-complete']);
  });

  for (const outcome of ['deny', 'close']) {
    it(`ends in one cancel: ${outcome}`, async () => {
      await run('ok', outcome);
      expect(endings(subject)).to.deep.equal(['signup-cancel']);
    });
  }

  it('shows what Meta reported', async () => {
    await run('ok', 'error', { code: '2494067', message: 'This number is in use.' });
    const detail = subject.details['signup-error'];
    expect(endings(subject)).to.deep.equal(['signup-error']);
    expect(detail?.code).to.equal('meta-reported');
    expect(detail?.meta?.errorCode).to.equal('2494067');
    expect(subject.text()).to.contain('This number is in use.');
  });

  it('says so when Meta finished and gave no code', async () => {
    await run('ok', 'event-only');
    expect(endings(subject)).to.deep.equal(['signup-error']);
    expect(subject.details['signup-error']?.code).to.equal('no-code');
  });
});
