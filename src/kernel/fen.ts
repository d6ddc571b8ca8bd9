declare const fenBrand: unique symbol;

/** Money in whole fen (分, a hundredth of a yuan), never negative. */
export type Fen = number & { readonly [fenBrand]: true };

export const isFen = (amount: number): amount is Fen => Number.isSafeInteger(amount) && amount >= 0;

/** @throws RangeError for what is not a whole number of fen, 0 or more */
export function fen(amount: number): Fen {
  if (!isFen(amount)) throw new RangeError(`Money is a whole number of fen, 0 or more: ${amount}`);
  return amount;
}

/** `¥1,234.50` of 123450. */
export function formatFen(amount: number): string {
  const digits = String(fen(amount)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${yuan}.${digits.slice(-2)}`;
}
