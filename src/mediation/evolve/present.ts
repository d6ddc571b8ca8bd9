/** What a type requires, and what it may lack; index signatures are left out of both. */
type Required<T> = {
  [K in keyof T as string extends K ? never : undefined extends T[K] ? never : K]: T[K];
};
type Optional<T> = {
  [K in keyof T as string extends K ? never : undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object as a type that knows no `undefined`: what is not there is absent. */
export type Present<T> = Required<T> & Optional<T>;

/** A copy without the keys that hold nothing, so that a state reads the same from memory and from its document. */
export const present = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as Present<T>;
