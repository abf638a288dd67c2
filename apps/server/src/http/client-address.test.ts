import { expect, test } from 'vitest';
import { countedAddress, createClientAddress } from './client-address.ts';

test.each([
  ['203.0.113.9', undefined],
  ['203.0.113.9', '198.51.100.1'],
  ['203.0.113.9', '127.0.0.1, 10.0.0.1'],
])('without trusted proxies the socket address counts: %s with X-Forwarded-For %s', (socket, forwarded) => {
  expect(createClientAddress([])(socket, forwarded)).toBe(socket);
});

test.each([
  ['one proxy', '10.0.0.5', '198.51.100.1', '198.51.100.1'],
  ['a forged left part', '10.0.0.5', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['two proxies', '10.0.0.5', '198.51.100.1, 10.0.0.6', '198.51.100.1'],
  ['a stranger who claims to be behind a proxy', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['rubbish', '10.0.0.5', 'not-an-address', '10.0.0.5'],
  ['a mapped socket address', '::ffff:10.0.0.5', '198.51.100.1', '198.51.100.1'],
  ['an IPv6 proxy', 'fd00::1', '2001:db8::7', '2001:db8::7'],
])('the first address that is not a listed proxy counts: %s', (_case, socket, forwarded, expected) => {
  expect(createClientAddress(['10.0.0.0/8', 'fd00::/8'])(socket, forwarded)).toBe(expected);
});

test('an address that tells of others without being listed is named', () => {
  const named: string[] = [];
  const find = createClientAddress(['10.0.0.5'], (address) => void named.push(address));
  find('10.0.0.5', '198.51.100.1');
  find('203.0.113.9', undefined);
  find('::ffff:10.0.0.6', '198.51.100.1');
  expect(named).toEqual(['10.0.0.6']);
});

test.each([
  ['198.51.100.1', '198.51.100.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('an IPv6 subscriber is counted once: %s as %s', (address, counted) => {
  expect(countedAddress(address)).toBe(counted);
});
