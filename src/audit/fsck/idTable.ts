const KEY_WORDS = 4;
const FIRST_SLOTS = 1 << 10;
/** Above this share of slots in use, looking for a free one takes long. */
const FULLEST = 0.6;

/**
 * Numbers by a key of 128 bits that is as good as random. A Map of texts takes three times the memory and ends at
 * sixteen million entries.
 */
export class IdTable {
  private keys = new Uint32Array(FIRST_SLOTS * KEY_WORDS);
  /** One more than the number; nothing where the slot is free. */
  private numbers = new Uint32Array(FIRST_SLOTS);
  private used = 0;

  get size(): number {
    return this.used;
  }

  /** @param key 16 bytes */
  get(key: Buffer): number | undefined {
    const number = this.numbers[this.slotOf(wordsOf(key))]!;
    return number === 0 ? undefined : number - 1;
  }

  /** @param number from 0 to 2³² − 2 */
  set(key: Buffer, number: number): void {
    if (this.used >= this.numbers.length * FULLEST) this.grow();
    this.put(wordsOf(key), number + 1);
  }

  private put(words: Uint32Array, stored: number): void {
    const slot = this.slotOf(words);
    if (this.numbers[slot] === 0) this.used++;
    this.keys.set(words, slot * KEY_WORDS);
    this.numbers[slot] = stored;
  }

  /** Where the key is, or would be. */
  private slotOf(words: Uint32Array): number {
    const last = this.numbers.length - 1;
    // The last word: the first of a UUID of version 7 is the time, and much the same in many.
    for (let slot = words[KEY_WORDS - 1]! & last; ; slot = (slot + 1) & last)
      if (this.numbers[slot] === 0 || this.holds(slot, words)) return slot;
  }

  private holds(slot: number, words: Uint32Array): boolean {
    for (let word = 0; word < KEY_WORDS; word++) if (this.keys[slot * KEY_WORDS + word] !== words[word]) return false;
    return true;
  }

  private grow(): void {
    const { keys, numbers } = this;
    this.keys = new Uint32Array(keys.length * 2);
    this.numbers = new Uint32Array(numbers.length * 2);
    this.used = 0;
    numbers.forEach((stored, slot) => {
      if (stored > 0) this.put(keys.subarray(slot * KEY_WORDS, (slot + 1) * KEY_WORDS), stored);
    });
  }
}

const wordsOf = (key: Buffer): Uint32Array =>
  Uint32Array.from({ length: KEY_WORDS }, (_, word) => key.readUInt32LE(word * 4));
