import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressPrefix, clientAddress } from './address.ts';

const socket = '10.0.0.1';

for (const [forwardedFor, proxies, client] of [
  [undefined, 0, socket],
  ['192.0.2.7', 0, socket],
  [undefined, 1, socket],
  ['', 1, socket],
  ['192.0.2.7', 1, '192.0.2.7'],
  ['198.51.100.1, 192.0.2.7', 1, '192.0.2.7'],
  ['198.51.100.1, 192.0.2.7', 2, '198.51.100.1'],
  ['forged, 198.51.100.1,192.0.2.7', 2, '198.51.100.1'],
  ['192.0.2.7', 3, '192.0.2.7'],
  ['192.0.2.7:4711', 1, '192.0.2.7'],
  ['[2001:db8::1]:4711', 1, '2001:db8::1'],
  ['2001:db8::1', 1, '2001:db8::1'],
  ['unknown', 1, socket],
  ['192.0.2.7, _hidden', 1, socket],
  ['x'.repeat(10_000), 1, socket],
] as const) {
  test(`with ${proxies} proxies, "${String(forwardedFor).slice(0, 40)}" comes from ${client}`, () => {
    assert.equal(clientAddress(socket, forwardedFor, proxies), client);
  });
}

for (const [address, other, same] of [
  ['192.0.2.7', '::ffff:192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['2001:db8:0:1200::1', '2001:DB8::12ff:a:b:c:d', true],
  ['2001:db8:0:1200::1', '2001:db8:0:1300::1', false],
  ['2001:db8:0:1200::1', '2001:db8:1:1200::1', false],
  ['::1', '::2', true],
  ['fe80::1%eth0', 'fe80::1', true],
  ['64:ff9b::192.0.2.7', '64:ff9b::192.0.2.8', true],
  ['1::', '2::', false],
] as const) {
  test(`${address} and ${other} are ${same ? 'one client' : 'two'}`, () => {
    assert.equal(addressPrefix(address) === addressPrefix(other), same);
  });
}
