import { type Figures, figuresOf } from '../../src/cli/status/figures.js';

/** What a server counts, by the line of each figure: `satchel_commands_total{command="…",result="done"}`. */
export async function metricsAt(url: string): Promise<Figures> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}`);
  return figuresOf(await response.text());
}
