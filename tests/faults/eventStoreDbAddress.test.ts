import { afterEach, describe, expect, it, vi } from 'vitest';
import { StoreMisconfigured } from '../../src/eventstore/errors.js';
import { parseAddress } from '../../src/eventstore/eventstoredb/address.js';

const refusal = (connectionString: string): StoreMisconfigured => {
  try {
    parseAddress(connectionString);
  } catch (error) {
    expect(error).toBeInstanceOf(StoreMisconfigured);
    return error as StoreMisconfigured;
  }
  throw new Error(`${connectionString} was taken`);
};

describe('the address of EventStoreDB', () => {
  afterEach(() => vi.restoreAllMocks());

  it('names one node, several, or a name under which they are found', () => {
    expect(parseAddress('esdb://localhost')).toMatchObject({
      hosts: [{ address: 'localhost', port: 2113 }],
      discover: false,
      tls: true,
    });
    expect(parseAddress('esdb://a:1,b,c.d:3?tls=false')).toMatchObject({
      hosts: [
        { address: 'a', port: 1 },
        { address: 'b', port: 2113 },
        { address: 'c.d', port: 3 },
      ],
      tls: false,
    });
    expect(parseAddress('esdb+discover://cluster.gov:2113/?gossipTimeout=3')).toMatchObject({
      discover: true,
      gossipTimeout: 3,
      shown: 'esdb+discover://cluster.gov:2113',
    });
  });

  it('keeps a password whole, whatever is in it', () => {
    const password = 'a:b@c/d?e=f&g%h';
    expect(parseAddress(`esdb://admin:${encodeURIComponent(password)}@host`).credentials).toEqual({
      username: 'admin',
      password,
    });
  });

  it.each([
    'esdb://admin:SECRET@host?unheardOf=1',
    'esdb://admin:SECRET@host?tls=SECRET',
    'esdb://admin:SECRET@host?tls=false',
    'esdb://admin:SECRET@host?tls=true&tls=true',
    'esdb://admin:SECRET@host?nodePreference=follower',
    'esdb://admin:SECRET@host?tlsVerifyCert=false',
    'esdb://admin:SECRET@host?keepAliveInterval=5',
    'esdb://admin:SECRET@host:port',
    'esdb://admin:SECRET@host:0',
    'esdb://admin:SECRET@',
    'esdb://admin:SECRET@a b',
    'esdb://admin:SECRET/x@host',
    'esdb://admin:SECRET?x@host',
    'esdb://admin:SECRET#x@host',
    'esdb://admin:SECRET:x@host',
    'esdb://admin:SECRET%zz@host',
    'esdb://admin:SECRET@x@host',
    'esdb://:SECRET@host',
    'esdb+discover://admin:SECRET@a,b',
    'http://admin:SECRET@host',
    'SECRET',
  ])('refuses %s and repeats nothing of its password', connectionString => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error'), vi.spyOn(console, 'log')];
    const error = refusal(connectionString);
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('SECRET');
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });
});
