import { expect } from '@open-wc/testing';
import type { WhatsAppEmbeddedSignup } from './index.ts';
import { follow, mount, until } from './test/subject.ts';

describe('how it looks and sounds', () => {
  for (const theme of ['light', 'dark']) {
    it(`is accessible before and during an onboarding, ${theme}`, async () => {
      document.body.style.colorScheme = theme;
      document.body.style.background = 'Canvas';
      const subject = await mount('ok', { theme });
      await expect(subject.element).to.be.accessible();
      subject.element.remove();

      const portal = `stuck-look-${Date.now()}`;
      const session = `session of ${portal}`;
      const headers = { authorization: `Bearer ${session}` };
      const answer = await fetch('/relay/v1/onboardings', { method: 'POST', headers, body: '{"code":"c"}' });
      const { id } = await answer.json();
      const relay = `${location.origin}/relay`;
      const kept = JSON.stringify({ relay, portal, id, session });
      sessionStorage.setItem(`whatsapp-embedded-signup ${relay} ${portal}`, kept);
      const element = document.createElement('whatsapp-embedded-signup') as WhatsAppEmbeddedSignup;
      Object.assign(element, { relay: '/relay', portal, theme });
      const running = await follow(element, portal);
      await until(() => running.text().includes('Registering the number'));
      expect(running.button.getAttribute('aria-busy')).to.equal('true');
      await expect(element).to.be.accessible();
      element.remove();
      sessionStorage.clear();
    });
  }

  it('is at least 44 px high, and as wide while it loads', async () => {
    const { element, button } = await mount('slow');
    expect(button.offsetHeight).to.be.at.least(44);
    const width = button.offsetWidth;
    element.load();
    await element.updateComplete;
    expect(button.offsetWidth).to.equal(width);
    element.remove();
  });

  it('has one empty status from the start, and hides with its host', async () => {
    const { element } = await mount('ok');
    const status = element.shadowRoot?.querySelectorAll('[role=status]') ?? [];
    expect([...status].map(({ textContent }) => textContent)).to.deep.equal(['']);
    element.hidden = true;
    expect(getComputedStyle(element).display).to.equal('none');
    element.remove();
  });
});
