// Calls the API as any demo login, without a port, and holds every good answer against the schema its route declares.

import type { Readable } from 'node:stream'
import { expect } from 'vitest'
import { z } from 'zod'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { apiRoutes } from '#web/api/index.ts'
import { PDF } from '../support/walk.ts'
import type { TestApp } from '../support/app.ts'

const routes = apiRoutes()
const patterns = routes.map((spec) => ({ spec, pattern: new RegExp(`^/api/v1${spec.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as a program would
  readonly body: any
  readonly headers: Record<string, unknown>
  readonly raw: Buffer
}

export interface Sent {
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly payload?: string | Buffer | Readable
}

/** A good answer of a documented route must be what the document says, to the letter. */
export function holdToSchema(method: string, url: string, status: number, body: unknown): void {
  if (status >= 300) return
  const found = patterns.find((one) => one.spec.method === method && one.pattern.test(url.split('?')[0]!))
  if (!found || 'file' in found.spec) return
  expect(status, `${method} ${url}`).toBe(found.spec.status ?? 200)
  if (status === 204) return
  const parsed = found.spec.answer.safeParse(body)
  if (!parsed.success) throw new Error(`${method} ${url}: ${z.prettifyError(parsed.error)}\n${JSON.stringify(body).slice(0, 500)}`)
}

export type Caller = Awaited<ReturnType<typeof caller>>

/** `null` is nobody: a call without a token. */
export async function caller(app: TestApp) {
  return async function call(login: string | null, method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', path: string, { body, key, headers, payload }: Sent = {}): Promise<Answer> {
    const url = path.startsWith('/api') ? path : `/api/v1${path}`
    const response = await app.server.inject({
      method, url,
      headers: {
        ...(login ? { authorization: `Bearer ${await app.token(login)}` } : {}), ...(key ? { 'idempotency-key': key } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers,
      },
      payload: body === undefined ? payload : JSON.stringify(body),
    })
    const type = String(response.headers['content-type'] ?? '')
    const answer = { status: response.statusCode, body: /json/.test(type) ? response.json() : response.body, headers: response.headers, raw: response.rawPayload }
    if (answer.status >= 400) {
      expect(type, `${method} ${url}: ${response.body.slice(0, 300)}`).toContain('application/problem+json')
      expect(answer.body).toMatchObject({ status: answer.status, code: expect.any(String), detail: expect.stringMatching(/\S/) })
    }
    holdToSchema(method, url, answer.status, answer.body)
    return answer
  }
}

const BOUNDARY = 'ranh-gioi-cua-tinh-so'

/** A multipart body of pieces in the order given. */
export function multipart(...pieces: ({ name: string; value: string } | { name: string; file: Buffer; filename: string; type?: string })[]): { payload: Buffer; headers: Record<string, string> } {
  const chunks = pieces.flatMap((piece) => {
    const start = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${piece.name}"`
    if ('value' in piece) return [Buffer.from(`${start}\r\n\r\n${piece.value}\r\n`)]
    return [Buffer.from(`${start}; filename="${piece.filename}"\r\ncontent-type: ${piece.type ?? 'application/octet-stream'}\r\n\r\n`), piece.file, Buffer.from('\r\n')]
  })
  return { payload: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } }
}

export const pdfPart = (part: string, filename = 'giấy tờ.pdf') => multipart({ name: 'part', value: part }, { name: 'file', file: PDF, filename })

export const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
export const recordOf = (code: string): ProcedureRecord => records.find((record) => record.code === code)!
export const goldenOf = (code: string, channel?: string) => recordOf(code).cases.find((one) => one.expect.valid !== false && (!channel || one.channel === channel))!

/** A draft with all its papers, ready to be handed in. */
export async function ready(call: Caller, login: string, { procedure = '1.000894', unit = '14797', channel = 'truc_tuyen' as string, form = goldenOf(procedure, channel).form } = {}): Promise<string> {
  const draft = await call(login, 'POST', '/dossiers', { body: { procedure, unit, channel, applicant: { fullName: 'Nguyễn Thị Hoa', phone: '0900100001' }, form } })
  if (draft.status !== 201) throw new Error(JSON.stringify(draft.body))
  const found = await call(null, 'POST', `/procedures/${procedure}/evaluation`, { body: { form, channel } })
  for (const part of found.body.requiredParts as string[]) {
    const added = login.startsWith('motcua')
      ? await call(login, 'POST', `/dossiers/${draft.body.id}/parts`, { body: { part, source: 'paper' } })
      : await call(login, 'POST', `/dossiers/${draft.body.id}/parts`, pdfPart(part))
    if (added.status !== 201) throw new Error(JSON.stringify(added.body))
  }
  return draft.body.id as string
}

/** A dossier handed in; its code. */
export async function filed(call: Caller, login: string, options: Parameters<typeof ready>[2] = {}): Promise<string> {
  const id = await ready(call, login, options)
  const sent = await call(login, 'POST', `/dossiers/${id}/submission`)
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.body))
  return sent.body.code as string
}
