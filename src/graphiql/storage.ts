/** A name for a value that changes whenever the value does. */
function fingerprint(value: unknown): string {
  let hash = 5381;
  for (const character of JSON.stringify(value)) hash = (hash * 33) ^ character.charCodeAt(0);
  return (hash >>> 0).toString(36);
}

/** The browser's storage, apart for each set of samples: a tab that was kept would otherwise hide a sample that changed. */
export function storageFor(samples: unknown) {
  const prefix = `satchel:${fingerprint(samples)}:`;
  const keys = () => Object.keys(localStorage).filter(key => key.startsWith(prefix));
  return {
    get length() {
      return keys().length;
    },
    getItem: (key: string) => localStorage.getItem(prefix + key),
    setItem: (key: string, value: string) => localStorage.setItem(prefix + key, value),
    removeItem: (key: string) => localStorage.removeItem(prefix + key),
    clear: () => {
      for (const key of keys()) localStorage.removeItem(key);
    },
  };
}
