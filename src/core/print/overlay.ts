// The templates that a province keeps for itself: files laid over those of the pack, read again as soon as one changes.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface Overlay {
  /** Path inside the folder → bytes; null when nothing changed since the last look. */
  changed(): ReadonlyMap<string, Buffer> | null
}

/** A folder that may be missing, or come and go. */
export function openOverlay(folder: string): Overlay {
  let seen: string | undefined
  return {
    changed() {
      const files = filesIn(folder)
      const look = files.map(({ path, mark }) => `${path} ${mark}`).join('\n')
      if (look === seen) return null
      seen = look
      return new Map(files.map(({ path }) => [relative(folder, path), readFileSync(path)]))
    },
  }
}

function filesIn(folder: string): { path: string; mark: string }[] {
  let names: string[]
  try {
    names = readdirSync(folder, { recursive: true }) as string[]
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
  return names.sort().flatMap((name) => {
    const path = join(folder, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat?.isFile() ? [{ path, mark: `${stat.mtimeMs} ${stat.size}` }] : []
  })
}
