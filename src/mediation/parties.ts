import { PartySide } from './codes.js';
import type { Party } from './state/people.js';
import type { Dispute } from './state.js';

export const newParty = (subjectId: string, side: PartySide): Party => ({
  subjectId,
  side,
  acknowledged: false,
  consent: 'NONE',
  guardian: { waived: false },
});

export const findParty = (state: Dispute, subjectId: string): Party | undefined =>
  state.parties.find(party => party.subjectId === subjectId);

export const onParty = (state: Dispute, subjectId: string, change: (party: Party) => Partial<Party>): Dispute => ({
  ...state,
  parties: state.parties.map(party => (party.subjectId === subjectId ? { ...party, ...change(party) } : party)),
});

/** Whether every party agrees to be mediated, and nobody is still to be found. */
export const allConsent = ({ parties, unknownSides }: Dispute): boolean =>
  parties.length > 0 && unknownSides.length === 0 && parties.every(party => party.consent === 'GIVEN');

/** Sides that agree to someone taking part, once one of them has said so or otherwise. */
export const consenting = (consentBy: readonly PartySide[], side: PartySide, agreed: boolean): readonly PartySide[] => {
  const others = consentBy.filter(other => other !== side);
  return agreed ? [...others, side] : others;
};

/** Whether both sides let someone take part (People's Mediation Law art. 20). */
export const bothConsent = (consentBy: readonly PartySide[]): boolean =>
  PartySide.values.every(side => consentBy.includes(side));

/** Ids added to those known, each once. */
export const union = (known: readonly string[], more: readonly string[]): readonly string[] => [
  ...new Set([...known, ...more]),
];
