/** A line of the answer, for a person or a pipe. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A line beside the answer, of which no pipe is to take hold. */
export const sayAside = (line: string): void => void process.stderr.write(`${line}\n`);

/** What goes wrong while the rest goes on. */
export const sayError = (error: Error): void => sayAside(`satchel: ${error.message}`);
