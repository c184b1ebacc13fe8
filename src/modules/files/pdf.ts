// Whether a PDF can be read by an officer at all: whole, without a lock, with at least one page. Told at once, not days later (P07).

import { open, readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'

export type PdfState = 'good' | 'broken' | 'locked' | 'empty'

const CHUNK = 1024 * 1024
/** Files above this are not unpacked to count pages in compressed objects; whoever scans so much has pages. */
const UNPACK = 24 * 1024 * 1024
const PAGE = /\/Type\s*\/Page(?![A-Za-z])/
const TRAILER = 64 * 1024

interface File {
  read(at: number, length: number): Promise<string>
}

/**
 * Reads the end, the newest trailer and as much as it takes to meet a page. A lock of any kind (`/Encrypt`) counts as locked, a mere ban on
 * printing too: such a file can be neither signed nor archived (PDF/A forbids encryption).
 */
export async function pdfState(path: string, size: number): Promise<PdfState> {
  const handle = await open(path, 'r')
  const file: File = {
    async read(at, length) {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)))
      await handle.read(buffer, 0, buffer.length, at)
      return buffer.toString('latin1')
    },
  }
  try {
    const tail = await file.read(Math.max(0, size - 2048), 2048)
    if (!(await file.read(0, 1024)).includes('%PDF-') || !tail.includes('%%EOF')) return 'broken'
    if (await isLocked(file, tail, size)) return 'locked'
    return (await hasPage(file, path, size)) ? 'good' : 'empty'
  } finally {
    await handle.close()
  }
}

async function isLocked(file: File, tail: string, size: number): Promise<boolean> {
  const at = Number([...tail.matchAll(/startxref\s+(\d{1,10})/g)].at(-1)?.[1] ?? Number.NaN)
  const newest = at < size ? await file.read(at, TRAILER) : ''
  // A cross-reference stream begins with its dictionary; a table is followed by one, at the latest right before the end.
  const dictionary = /^\s*\d+\s+\d+\s+obj/.test(newest) ? newest.slice(0, newest.indexOf('stream') >>> 0) : (newest.split('trailer')[1] ?? '') + (tail.split('trailer').at(-1) ?? '')
  return /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(dictionary)
}

async function hasPage(file: File, path: string, size: number): Promise<boolean> {
  let packed = false
  for (let at = 0; at < size; at += CHUNK) {
    const text = await file.read(at, CHUNK + 64)
    if (PAGE.test(text)) return true
    packed ||= text.includes('/ObjStm')
  }
  if (!packed) return false
  return size > UNPACK || unpacked(await readFile(path)).some((text) => PAGE.test(text))
}

/** The texts of all streams that open; those that do not are no object streams of ours to judge. */
function unpacked(bytes: Buffer): string[] {
  const text = bytes.toString('latin1')
  return [...text.matchAll(/\/ObjStm[\s\S]{0,400}?stream\r?\n/g)].map((found) => {
    try {
      const from = found.index + found[0].length
      return inflateSync(bytes.subarray(from, text.indexOf('endstream', from)), { finishFlush: 2 }).toString('latin1')
    } catch {
      // Packed in another way: given the benefit of the doubt.
      return '/Type /Page '
    }
  })
}
