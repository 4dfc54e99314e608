import { describe, expect, test } from 'vitest';
import { alarmDefaults, alarmsOf, settingsOf } from './settings.ts';

describe('settings', () => {
  test('are the defaults where the spec says nothing', () => {
    expect(settingsOf({}, 'prod', 'wards')).toEqual({
      alarms: alarmDefaults,
      dashboard: true,
      logRetentionDays: 30,
      tracing: true,
      architecture: 'arm64',
      removal: 'retain',
      memoryMb: null,
      timeoutSeconds: null,
      tags: {},
      notify: [],
      encryption: null,
    });
  });

  test('come from the service in the environment, the environment, the service, the system, in this order', () => {
    const infrastructure = {
      logRetentionDays: 7,
      tracing: false,
      dashboard: false,
      architecture: 'x86_64',
      services: { wards: { logRetentionDays: 14, tracing: true } },
      environments: { prod: { logRetentionDays: 90, services: { wards: { logRetentionDays: 365 } } } },
    } as const;
    const retention = (environment?: string, service?: string) =>
      settingsOf({ infrastructure }, environment, service).logRetentionDays;
    expect([retention(), retention('dev'), retention(undefined, 'wards'), retention('dev', 'wards')]).toEqual([
      7, 7, 14, 14,
    ]);
    expect([retention('prod'), retention('prod', 'lab'), retention('prod', 'wards')]).toEqual([90, 90, 365]);
    expect(settingsOf({ infrastructure }, 'prod', 'wards')).toMatchObject({
      tracing: true,
      dashboard: false,
      architecture: 'x86_64',
    });
  });

  test('of memory and timeout are those of the environment only: the topology holds the others already', () => {
    const infrastructure = {
      memoryMb: 512,
      services: { wards: { timeoutSeconds: 60 } },
      environments: { dev: { memoryMb: 128, services: { wards: { timeoutSeconds: 10 } } } },
    };
    expect(settingsOf({ infrastructure }, undefined, 'wards')).toMatchObject({ memoryMb: null, timeoutSeconds: null });
    expect(settingsOf({ infrastructure }, 'dev', 'wards')).toMatchObject({ memoryMb: 128, timeoutSeconds: 10 });
    expect(settingsOf({ infrastructure }, 'dev', 'lab')).toMatchObject({ memoryMb: 128, timeoutSeconds: null });
  });

  test('join the tags of all levels, the nearest of each key', () => {
    const infrastructure = {
      tags: { team: 'clinic', cost: '1' },
      services: { wards: { tags: { team: 'wards' } } },
      environments: { prod: { tags: { cost: '2' }, services: { wards: { tags: { tier: 'gold' } } } } },
    };
    expect(settingsOf({ infrastructure }, 'prod', 'wards').tags).toEqual({ team: 'wards', cost: '2', tier: 'gold' });
  });

  test('notify whom the environment names in place of whom the system names', () => {
    const infrastructure = { notify: ['all@clinic.example'], environments: { dev: { notify: [] } } };
    expect(settingsOf({ infrastructure }, 'prod').notify).toEqual(['all@clinic.example']);
    expect(settingsOf({ infrastructure }, 'dev').notify).toEqual([]);
  });

  test.each(['constructor', '__proto__', 'toString'])('of an environment and a service called %s are none', (name) => {
    expect(settingsOf({ infrastructure: { services: {}, environments: {} } }, name, name)).toEqual(
      settingsOf({}, name),
    );
  });
});

describe('alarms', () => {
  test('take each bound from the nearest level that gives it', () => {
    const infrastructure = {
      alarms: { deadLetters: 5, errors: 10 },
      services: { wards: { alarms: { errors: false } } },
      environments: { prod: { alarms: { throttles: 3 } } },
    } as const;
    expect(settingsOf({ infrastructure }, 'prod', 'wards').alarms).toEqual({
      ...alarmDefaults,
      deadLetters: 5,
      errors: false,
      throttles: 3,
    });
  });

  test('are turned off by a level, and on again by a nearer one, with the defaults', () => {
    const infrastructure = {
      alarms: { deadLetters: 5 },
      environments: { dev: { alarms: false, services: { wards: { alarms: { errors: 2 } } } } },
    } as const;
    expect(settingsOf({ infrastructure }, 'dev', 'lab').alarms).toBe(false);
    expect(settingsOf({ infrastructure }, 'dev', 'wards').alarms).toEqual({ ...alarmDefaults, errors: 2 });
  });

  test('of a consumer are its own before those of its service', () => {
    const settings = settingsOf({ infrastructure: { alarms: { deadLetters: 5 } } }, undefined);
    expect(alarmsOf(settings, undefined)).toBe(settings.alarms);
    expect(alarmsOf(settings, false)).toBe(false);
    expect(alarmsOf(settings, { errors: 9 })).toEqual({ ...alarmDefaults, deadLetters: 5, errors: 9 });
    expect(alarmsOf({ alarms: false }, { errors: 9 })).toEqual({ ...alarmDefaults, errors: 9 });
  });
});
