import assert from 'node:assert/strict';
import { it } from 'node:test';
import { relayOf } from './page.ts';

it('finds the relay in the address of its script', () => {
  const found = {
    'https://signup.example.com/widget.js': 'https://signup.example.com',
    'https://signup.example.com/widget.js?v=1#x': 'https://signup.example.com',
    'https://example.com/signup/widget.js': 'https://example.com/signup',
    'https://example.com/a/widget/0.1.0/widget.js': 'https://example.com/a',
    'http://127.0.0.1:8787/widget.js': 'http://127.0.0.1:8787',
    'https://widget/widget.js': 'https://widget',
    'https://cdn.example.com/whatsapp-embedded-signup/dist/cdn/widget.json': null,
    'https://cdn.example.com/widgets.js': null,
    'https://cdn.example.com/app.js?src=/widget.js': null,
    'data:text/javascript,/widget.js': null,
    '': null,
  };
  for (const [src, relay] of Object.entries(found)) assert.equal(relayOf(src), relay, src);
});
