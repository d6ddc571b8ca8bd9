/** Remembers the values used last, at most `bound` of them. */
export class RecentlyUsed<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly bound: number) {}

  get(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    // A Map keeps the order of insertion: the first is the one not used for longest
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.bound) this.values.delete(this.values.keys().next().value as string);
  }

  delete(key: string): void {
    this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
  }
}
