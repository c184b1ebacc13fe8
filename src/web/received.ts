// What a form with one small file sends: its fields, and the file whole in memory. Nothing larger than allowed, nothing without the token of our own pages.

import type { FastifyRequest } from 'fastify'
import { Invalid } from '#core/errors.ts'
import { checkCsrf } from './session/index.ts'

export interface Received {
  readonly fields: ReadonlyMap<string, string>
  /** Null when none was chosen. */
  readonly file: { readonly name: string; readonly bytes: Buffer } | null
}

/** Reads a multipart form whose token comes before its file. `largest` in bytes. Throws Invalid with the sentence `tooLarge`, or when it is no such form. */
export async function received(request: FastifyRequest, { largest, tooLarge }: { readonly largest: number; readonly tooLarge: string }): Promise<Received> {
  if (!request.isMultipart()) throw new Invalid([{ key: 'file', message: 'Chọn tệp rồi gửi bằng biểu mẫu.' }])
  const fields = new Map<string, string>()
  let file: Received['file'] = null
  for await (const part of request.parts({ limits: { fileSize: largest + 1, files: 1, fieldSize: largest } })) {
    if (part.type === 'field') {
      fields.set(part.fieldname, String(part.value))
      continue
    }
    checkCsrf(request, fields.get('_csrf'))
    const chunks: Buffer[] = []
    for await (const chunk of part.file) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    if (part.file.truncated || bytes.length > largest) throw new Invalid([{ key: 'file', message: tooLarge }])
    if (part.filename) file = { name: part.filename.replace(/^.*[\\/]/, ''), bytes }
  }
  checkCsrf(request, fields.get('_csrf'))
  return { fields, file }
}
