/** No page is longer than this, whatever `first` says. */
export const MAX_FIRST = 100;
