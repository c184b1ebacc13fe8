// Pieces of script that are fetched only on the pages, and at the moments, that need them; each is a file of its own with a digest in its name.

/** Name of the piece → its entry, seen from this folder. `import(PARTS.name)` loads it. */
export const PART_ENTRIES = {
  autosave: './autosave.ts',
  keys: './keys.ts',
  live: './live.ts',
  uploads: './uploads/index.ts',
  photos: './photos/index.ts',
  idle: './idle.ts',
  passkey: './passkey.ts',
  pay: './pay.ts',
} as const

export type PartName = keyof typeof PART_ENTRIES

/** Put in by the build: the address of each piece in the page's language. */
declare const PARTS: Readonly<Record<PartName, string>>

let tries = 0

/** Fetches a piece. After a failure (the line is down) it may be asked for again: browsers remember a failed address, so that one gets a new one. */
export async function part<T>(name: PartName): Promise<T> {
  try {
    return (await import(tries === 0 ? PARTS[name] : `${PARTS[name]}?${tries}`)) as T
  } catch (error) {
    tries++
    throw error
  }
}
