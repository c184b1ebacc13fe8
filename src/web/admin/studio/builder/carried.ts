// How a page carries along what an editor began from, so that a save changes only what its writer has changed.

/** What an editor begins from, as a hidden field carries it. */
export const carried = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')
