import { describe, expect, it } from 'vitest';
import { addressDigits, blockOfAddresses, isInBlock } from './ip-address.ts';

function contains(block: string, address: string): boolean {
  const bounds = blockOfAddresses(block);
  const digits = addressDigits(address);
  if (typeof bounds === 'string' || digits === null) throw new Error(`${block} or ${address} is malformed`);
  return isInBlock(digits, bounds.first, bounds.last);
}

describe('IP addresses', () => {
  it('are read as hexadecimal digits', () => {
    expect(addressDigits('10.0.255.1')).toBe('0A00FF01');
    expect(addressDigits('2001:db8::1')).toBe('20010DB8000000000000000000000001');
    expect(addressDigits('::')).toBe('0'.repeat(32));
    expect(addressDigits('1:2:3:4:5:6:7:8')).toBe('00010002000300040005000600070008');
    expect(addressDigits('1::')).toBe(`0001${'0'.repeat(28)}`);
    expect(addressDigits('1:2:3:4:5:6:7::')).toBe('00010002000300040005000600070000');
    expect(addressDigits('::2:3:4:5:6:7:8')).toBe('00000002000300040005000600070008');
    expect(addressDigits('1111:2222:3333:4444:5555:6666:7777:abcd')).toBe('1111222233334444555566667777ABCD');
  });

  it('are those of IPv4 when an IPv6 address maps one', () => {
    expect(addressDigits('::ffff:a00:1')).toBe('0A000001');
  });

  it.each(['', 'a', '10.0.0', '10.0.0.256', '10.0.0.1.1', '10.0.0.x', '10.0.0.', '1:2', ':', ':1::', '1::2::3'])(
    'are not "%s"',
    (text) => expect(addressDigits(text)).toBeNull(),
  );

  it.each(['10.0.0.-1', ' 10.0.0.1', '10.0.0.1 ', '10.0.0.1e1', '10.0.0.0001'])('are not "%s" in IPv4', (text) =>
    expect(addressDigits(text)).toBeNull(),
  );

  it.each(['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '12345::', 'g::', '::ffff:10.0.0.1', '[::1]'])(
    'are not "%s" in IPv6',
    (text) => expect(addressDigits(text)).toBeNull(),
  );

  it('fall into blocks whose mask ends within a digit', () => {
    expect(contains('10.0.0.0/22', '10.0.3.255')).toBe(true);
    expect(contains('10.0.0.0/22', '10.0.4.0')).toBe(false);
    expect(contains('10.0.2.77/23', '10.0.3.0')).toBe(true);
    expect(contains('10.0.2.77/23', '10.0.1.255')).toBe(false);
    expect(contains('0.0.0.0/0', '255.255.255.255')).toBe(true);
    expect(contains('2001:db8:1234:1a00::/63', '2001:db8:1234:1a01:ffff::')).toBe(true);
    expect(contains('2001:db8:1234:1a00::/63', '2001:db8:1234:1a02::')).toBe(false);
  });

  it('are compared across families digit by digit, as event-ruler does', () => {
    expect(contains('10.0.0.0/8', 'a00:1::')).toBe(true);
    expect(contains('10.0.0.0/8', 'aff:ffff:1::')).toBe(true);
    expect(contains('10.0.0.0/8', 'b00::')).toBe(false);
    expect(contains('a00::/8', '10.0.0.1')).toBe(true);
    expect(contains('a00::/8', '10.0.0.0')).toBe(false);
    expect(contains('a00::/8', '10.255.255.255')).toBe(false);
    expect(contains('a00::/8', '11.0.0.1')).toBe(false);
  });

  it('refuse masks that leave no bits', () => {
    expect(blockOfAddresses('10.0.0.0/31')).toEqual({ first: '0A000000', last: '0A000001' });
    expect(blockOfAddresses('10.0.0.0/32')).toMatch('IPv4 block must be below 32');
    expect(blockOfAddresses('::/128')).toMatch('IPv6 block must be below 128');
    expect(blockOfAddresses('::/1000')).toMatch('integer');
    expect(blockOfAddresses('::/-1')).toMatch('integer');
    expect(blockOfAddresses('10.0.0.0/8x')).toMatch('integer');
    expect(blockOfAddresses('::/1/2')).toMatch('one "/"');
    expect(blockOfAddresses('/8')).toMatch('"" is not an IP address');
  });
});
