// How the desk answers when it cannot do what was asked: in its own frame, saying what to do next.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Invalid } from '#core/errors.ts'
import { readBody } from '#core/form/index.ts'
import { ErrorPage } from '#ui/index.ts'
import { asAppError, onError } from '../errors.tsx'
import { ReasonRequired } from '#modules/dossiers/index.ts'
import { sendDesk } from './frame.tsx'
import { sendReason } from './ask-reason.tsx'

const TITLES: Readonly<Record<number, string>> = {
  403: 'Không được phép', 404: 'Không tìm thấy', 409: 'Không làm được lúc này', 413: 'Tệp quá lớn', 415: 'Loại tệp không nhận', 422: 'Thông tin chưa đúng',
  429: 'Xin chờ một chút', 503: 'Tạm thời chưa phục vụ được',
}

/** Error handler of the desk and of administration. */
export async function deskError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const error = asAppError(thrown)
  const { actor } = request.ctx
  const atDesk = actor.kind === 'officer' && actor.posts.length > 0 && request.session?.by === 'cookie'
  const json = request.headers['x-requested-with'] !== undefined || (request.headers.accept ?? '').includes('json')
  if (!atDesk || json || error.status === 401 || error.status >= 500) return onError(thrown, request, reply)
  if (thrown instanceof ReasonRequired) return sendReason(request, reply, thrown)
  const title = TITLES[error.status] ?? 'Không làm được'
  const faults = error instanceof Invalid ? error.fields : []
  return sendDesk(
    request, reply, { title, here: 'none', status: error.status },
    <ErrorPage title={title} action={{ label: 'Về việc cần làm', href: '/desk' }} reference={`Số yêu cầu: ${request.id}`}>
      <p>{error.message}</p>
      {faults.length > 0 && <ul>{faults.map((fault) => <li>{fault.message}</li>)}</ul>}
    </ErrorPage>,
  )
}

export type Body = Readonly<Record<string, unknown>>

export const bodyOf = (request: FastifyRequest): Body => (request.body ?? {}) as Body
export const queryOf = (request: FastifyRequest): Body => (request.query ?? {}) as Body

/** The last value of a field, trimmed; '' when absent. */
export function one(body: Body, name: string): string {
  const value = [body[name]].flat().at(-1)
  return typeof value === 'string' ? value.trim() : ''
}

export const many = (body: Body, name: string): string[] => [body[name]].flat().filter((value): value is string => typeof value === 'string' && value !== '')

/** The address of a list with some of its filters changed; '' takes one out. */
export function withQuery(path: string, current: Readonly<Record<string, string | undefined>>, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams(Object.entries({ ...current, ...changes }).filter((pair): pair is [string, string] => !!pair[1]))
  return query.size > 0 ? `${path}?${query}` : path
}

/** A date written as people write it (20/11/2026), as 'YYYY-MM-DD'; what is no date is given back as it stands, for the act to say so. */
export function day(body: Body, name: string): string {
  const text = one(body, name)
  const read = text === '' ? '' : readBody([{ key: name, label: '', type: 'date' }], { [name]: text })[name]
  return typeof read === 'string' ? read : text
}
