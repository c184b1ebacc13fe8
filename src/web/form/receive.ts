// Takes in a multipart form: fields as a body, files streamed to the store one by one, each fault kept beside its field.

import type { FastifyRequest } from 'fastify'
import { PassThrough, type Readable } from 'node:stream'
import { type FieldError, Invalid } from '#core/errors.ts'
import { type Staged, stageFile } from '#modules/files/index.ts'
import { checkCsrf } from '../session/index.ts'
import type { Body } from './answers.ts'

export interface Received {
  readonly body: Body
  /** Names of the files received, as they are kept. */
  readonly files: readonly string[]
  readonly faults: readonly FieldError[]
}

function add(body: Body, name: string, value: unknown): void {
  const had = Object.hasOwn(body, name) ? body[name] : undefined
  Object.defineProperty(body, name, {
    value: had === undefined ? value : [had, value].flat(),
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

/** A file that is refused halfway must not break off the reading of those after it. */
async function stage(request: FastifyRequest, source: Readable, name: string): Promise<Staged> {
  const through = new PassThrough()
  source.once('error', (error) => through.destroy(error))
  source.pipe(through)
  try {
    return await stageFile(request.ctx, through, name)
  } finally {
    source.unpipe(through)
    source.resume()
  }
}

/**
 * Reads the request to its end. `keep` is called for each file that was received and judged; a refused one becomes a fault of its field.
 * The CSRF token is checked before the first file is taken. Throws Forbidden('session.csrf').
 */
export async function receiveForm(
  request: FastifyRequest,
  keep: (field: string, file: Staged, body: Body) => Promise<void>,
): Promise<Received> {
  const body: Body = {}
  const faults: FieldError[] = []
  const files: string[] = []
  let checked = false
  const check = () => {
    if (!checked) checkCsrf(request, body['_csrf'])
    checked = true
  }
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      add(body, part.fieldname, part.value)
      continue
    }
    if (!part.filename) {
      part.file.resume()
      continue
    }
    check()
    try {
      const staged = await stage(request, part.file, part.filename)
      await keep(part.fieldname, staged, body)
      files.push(staged.name)
    } catch (error) {
      part.file.resume()
      if (!(error instanceof Invalid)) throw error
      faults.push(...error.fields.map(({ message }) => ({ key: part.fieldname, message: `${part.filename}: ${message}` })))
    }
  }
  check()
  return { body, files, faults }
}
