// Content on disk, named by its digest: written once, to a side file first, so that a half-written file is never taken for a whole one.

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { randomUUID } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import { Invalid } from '#core/errors.ts'
import { pdfState } from './pdf.ts'
import * as rules from './rules.ts'

/** A file received and judged, not yet anybody's. */
export interface Staged {
  readonly sha256: string
  readonly size: number
  readonly type: string
  readonly name: string
  /** What the sender should know: the name told another type than the content. */
  readonly note?: string
}

const HEAD = 8192

export const pathOf = (dataDir: string, sha256: string): string => join(dataDir, 'files', sha256.slice(0, 2), sha256.slice(2))

async function headOf(path: string, size: number): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(Math.min(HEAD, size))
    await handle.read(head, 0, head.length, 0)
    return head
  } finally {
    await handle.close()
  }
}

const PDF_FAULT = { broken: rules.brokenPdf, locked: rules.lockedPdf, empty: rules.emptyPdf } as const

async function judge(path: string, size: number): Promise<string> {
  const head = await headOf(path, size)
  const found = await fileTypeFromBuffer(head)
  const type = found?.mime ?? (rules.looksLikeText(head) ? 'text/plain' : 'application/octet-stream')
  if (type === 'text/plain' && rules.isActiveText(Buffer.from(head).toString('utf8'))) throw rules.refusedType('trang web hoặc tệp lệnh')
  if (!(type in rules.ACCEPTED)) throw rules.refusedType(found?.ext ?? 'không rõ loại')
  if (type === 'application/pdf') {
    const state = await pdfState(path, size)
    if (state !== 'good') throw PDF_FAULT[state]()
  }
  return type
}

/** Streams a file to disk, counting and hashing as it comes, and judges it by content. Throws Invalid (empty, too large, refused, broken). */
export async function stage(dataDir: string, stream: Readable, givenName: string): Promise<Staged> {
  const waiting = join(dataDir, 'files', 'incoming')
  await mkdir(waiting, { recursive: true })
  const side = join(waiting, randomUUID())
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > rules.MAX_FILE_BYTES) return done(rules.tooLarge())
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(stream, count, createWriteStream(side, { flush: true }))
    if (size === 0) throw rules.empty()
    const type = await judge(side, size)
    const sha256 = hash.digest('hex')
    const target = pathOf(dataDir, sha256)
    await mkdir(join(target, '..'), { recursive: true })
    await rename(side, target)
    const note = rules.endingNote(givenName, type)
    return { sha256, size, type, name: rules.safeName(givenName, rules.ACCEPTED[type]!.ext), ...(note && { note }) }
  } catch (error) {
    await rm(side, { force: true })
    if (error instanceof Invalid) throw error
    if ((error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE') {
      throw rules.badFile('file', 'Đường truyền bị ngắt khi đang gửi tệp. Tệp chưa được nhận; hãy gửi lại.')
    }
    throw error
  }
}

/** Reads a stored file. Throws when the disk has lost it. */
export async function read(dataDir: string, sha256: string): Promise<{ stream: Readable; size: number }> {
  const path = pathOf(dataDir, sha256)
  await access(path)
  return { stream: createReadStream(path), size: (await stat(path)).size }
}
