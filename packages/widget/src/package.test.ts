import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

const file = (path: string): Buffer => readFileSync(new URL(`../${path}`, import.meta.url));

describe('the npm build', () => {
  it('imports on a server, and registers nothing there by itself', async () => {
    // By the package's own name, as a site would; the types are those of the source.
    const name: string = 'whatsapp-embedded-signup';
    const { WhatsAppEmbeddedSignup, signupErrors, SignupEvent }: typeof import('./index.ts') = await import(
      name
    );
    assert.equal(typeof WhatsAppEmbeddedSignup.define, 'function');
    assert.ok('sdk-blocked' in signupErrors);
    assert.equal(new SignupEvent('signup-cancel', { step: null }).bubbles, true);
    assert.equal(globalThis.customElements?.get('whatsapp-embedded-signup'), undefined);
    await import(`${name}/define`);
  });
});

describe('the script-tag file', () => {
  const bytes = file('dist/cdn/widget.js');

  it('keeps to its budget', () => {
    const size = gzipSync(bytes, { level: 9 }).length;
    assert.ok(size <= 12_000, `${size} B`);
  });

  it('has the hash that is written beside it', () => {
    const facts = JSON.parse(file('dist/cdn/integrity.json').toString()) as Record<string, string>;
    const hash = createHash('sha384').update(bytes).digest('base64');
    const { version } = JSON.parse(file('package.json').toString()) as { version: string };
    assert.deepEqual(facts, { version, file: 'widget.js', integrity: `sha384-${hash}` });
  });

  it('is one classic script: no import, no name at the top', () => {
    const source = bytes.toString();
    assert.match(source, /^\/\*![^*]*\*\/\s*!?\(?function\(\)\{.*\}\)?\(\)\)?;?\s*$/s);
    assert.match(source, /^[\x20-\x7e\n\t]*$/);
    assert.doesNotMatch(source, /\bimport\(|sourceMappingURL|eval\(/);
    // It needs a document, but it has to be a script.
    assert.throws(
      () => runInNewContext(source, {}),
      (error: Error) => error.name !== 'SyntaxError',
    );
  });
});
