/** What a server has counted, by name and labels as in `satchel_commands_total{command="…",result="done"}`. */
export type Figures = ReadonlyMap<string, number>;

/** Reads the text format of Prometheus. */
export function figuresOf(text: string): Figures {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map(line => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The sum of all figures of a name that have this label. */
export function sumOf(figures: Figures, name: string, label = ''): number {
  let sum = 0;
  for (const [key, value] of figures) if (key.startsWith(name) && key.includes(label)) sum += value;
  return sum;
}
