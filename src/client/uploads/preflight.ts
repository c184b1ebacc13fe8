// What can be seen of a file before it is sent over a slow line: empty, too large, a PDF without end or with a lock. The server judges all the same.

import { words } from './words.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1).replace('.', ',')} MB`

const latin1 = async (blob: Blob) => new TextDecoder('latin1').decode(await blob.arrayBuffer())

/** The sentence that keeps the file here, or null. */
export async function faultOf(file: File, max: number): Promise<string | null> {
  if (file.size > max) return words.tooBig(file.name, megabytes(file.size), megabytes(max))
  if (file.size === 0) return words.empty(file.name)
  if (!/\.pdf$/i.test(file.name) && file.type !== 'application/pdf') return null
  const tail = await latin1(file.slice(-65_536))
  if (!(await latin1(file.slice(0, 1024))).includes('%PDF-')) return null
  if (!tail.includes('%%EOF')) return words.broken(file.name)
  return /\/Encrypt\s+\d+\s+\d+\s+R/.test(tail) ? words.locked(file.name) : null
}
