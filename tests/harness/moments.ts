/** A moment of a legal day in Asia/Shanghai, as the API answers it: `at('2022-10-18', '10:00')`. */
export const at = (day: string, time: string): string => new Date(`${day}T${time}:00+08:00`).toISOString();
