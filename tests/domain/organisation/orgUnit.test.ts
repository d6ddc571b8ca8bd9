import { describe, expect, it } from 'vitest';
import { importOpeningBalance, registerOrgUnit } from '../../../src/organisation/orgUnit/commands.js';
import { orgUnit } from '../../../src/organisation/orgUnit/orgUnit.js';
import { Given, idFor } from '../spec.js';

const county = idFor('orgunit', 'county');
const countyFact = { level: 'COUNTY', divisionCode: '621224' };
const nothing = Given.nothing(orgUnit, 'station');

const station = nothing.on('2022-11-16T00:30:00Z').events({
  type: 'OrgUnitRegistered',
  data: { name: '豆坝派出所', level: 'STATION', parentId: county, pilot: true, registeredOn: '2021-04-01' },
});

const balance = {
  metric: 'MATERIAL',
  quantity: 62_450,
  unit: 'FEN',
  qualifier: 'AT_LEAST',
  asOf: '2022-11-15',
  citation: 'China News Service, 15 November 2022',
};

describe('registering a unit', () => {
  it('records the station with its place in the county', () => {
    const input = { name: '豆坝派出所', level: 'STATION', parentId: county, divisionCode: '621224110', pilot: true };
    expect(nothing.on('2021-04-01T02:00:00Z').when(registerOrgUnit, input, { facts: countyFact })).toEqual([
      { type: 'OrgUnitRegistered', data: { ...input, registeredOn: '2021-04-01' } },
    ]);
  });

  it('counts from the legal day, which begins at midnight in Shanghai', () => {
    const [event] = nothing
      .on('2021-03-31T16:00:00Z')
      .when(registerOrgUnit, { name: '康县公安局', level: 'COUNTY' }, { facts: undefined });
    expect(event?.data).toEqual({ name: '康县公安局', level: 'COUNTY', pilot: false, registeredOn: '2021-04-01' });
  });

  it('refuses a station that hangs in the air', () => {
    expect(nothing.refuses(registerOrgUnit, { name: '豆坝派出所', level: 'STATION' })).toEqual(['PARENT_REQUIRED']);
  });

  it('refuses a unit above it that nobody knows', () => {
    const input = { name: '豆坝派出所', level: 'STATION', parentId: county };
    expect(nothing.refuses(registerOrgUnit, input, { facts: undefined })).toEqual(['PARENT_UNKNOWN']);
  });

  it('refuses a place that does not exist', () => {
    const input = { name: '豆坝派出所', level: 'STATION', parentId: county, divisionCode: '621224999' };
    expect(nothing.refuses(registerOrgUnit, input, { facts: countyFact })).toEqual(['DIVISION_UNKNOWN']);
  });

  it('refuses an unknown kind of unit', () => {
    expect(nothing.refuses(registerOrgUnit, { name: '豆坝镇', level: 'TOWNSHIP' })).toEqual(['INPUT_INVALID']);
  });
});

describe('importing an opening balance', () => {
  it('records it for the unit', () => {
    expect(station.when(importOpeningBalance, balance, { facts: [] })).toEqual([
      { type: 'OpeningBalanceImported', data: { ...balance, orgUnitId: station.id } },
    ]);
  });

  it('refuses a second one of the same metric, and takes one of another', () => {
    const imported = station.after(importOpeningBalance, balance, { facts: [] });
    expect(imported.refuses(importOpeningBalance, { ...balance, asOf: '2022-10-31' }, { facts: [] })).toEqual([
      'OPENING_BALANCE_EXISTS',
    ]);
    const covers = { ...balance, metric: 'HUKOU_COVER', unit: 'GE', quantity: 1949, qualifier: 'EXACT' };
    expect(imported.when(importOpeningBalance, covers, { facts: [] })).toHaveLength(1);
  });

  it('refuses one that contains, or is contained in, another', () => {
    expect(station.refuses(importOpeningBalance, balance, { facts: [county] })).toEqual(['OPENING_BALANCE_OVERLAPS']);
  });

  it('refuses leaflets counted in certificates', () => {
    expect(station.refuses(importOpeningBalance, { ...balance, unit: 'MEI' }, { facts: [] })).toEqual([
      'COUNTING_UNIT_WRONG',
    ]);
  });

  it('refuses a figure that is not known', () => {
    expect(station.refuses(importOpeningBalance, { ...balance, qualifier: 'NOT_KNOWN' }, { facts: [] })).toEqual([
      'QUALIFIER_UNFIT',
    ]);
  });

  it.each([0, 100_000_000])('holds what a village or a province has counted: %i', quantity => {
    const [event] = station.when(importOpeningBalance, { ...balance, quantity }, { facts: [] });
    expect(event?.data).toMatchObject({ quantity });
  });

  it.each([-1, 100_000_001, 1.5])('refuses a quantity of %d', quantity => {
    expect(station.refuses(importOpeningBalance, { ...balance, quantity }, { facts: [] })).toEqual(['INPUT_INVALID']);
  });

  it('refuses one of a day that is still to come, which would stand for ever', () => {
    const today = { ...balance, asOf: '2022-11-16' };
    expect(station.when(importOpeningBalance, today, { facts: [] })).toHaveLength(1);
    for (const asOf of ['2022-11-17', '2222-11-15'])
      expect(station.refuses(importOpeningBalance, { ...balance, asOf }, { facts: [] })).toEqual([
        'BALANCE_DATED_AHEAD',
      ]);
  });
});

describe('who sees a unit', () => {
  it('belongs to the unit above it; whoever belongs to it takes part', () => {
    expect(orgUnit.orgUnitOf(station.state as never)).toBe(county);
    expect(orgUnit.participantsOf?.(station.state as never)).toEqual([station.id]);
  });

  it('stands for itself at the top', () => {
    const top = Given.nothing(orgUnit, 'top').events({
      type: 'OrgUnitRegistered',
      data: { name: '康县公安局', level: 'COUNTY', pilot: false, registeredOn: '2021-04-01' },
    });
    expect(orgUnit.orgUnitOf(top.state as never)).toBe(top.id);
  });
});
