// How this room answers: a page for people, problem+json for programs; never kept by a cache.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { CitizenLayout, ErrorPage, type PageProps } from '#ui/index.ts'
import { renderFor } from '../language/render.tsx'
import { ReadingTools } from '../language/tools.tsx'

export interface Chrome {
  readonly assets?: PageProps['assets']
  readonly place?: string
}

/** Whether the sender would rather have JSON. */
export function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  if (request.url.startsWith('/api/')) return true
  if (accept.includes('text/html')) return false
  return accept.includes('json') || request.session?.by === 'token' || /\bjson\b/.test(request.headers['content-type'] ?? '')
}

const decorated = ({ server }: FastifyRequest): Chrome['assets'] => (server as unknown as { pageAssets?: Chrome['assets'] }).pageAssets

export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  chrome: Chrome,
  status: number,
  title: string,
  children: ComponentChildren,
) {
  const { actor } = request.ctx
  const me = actor.kind === 'citizen' || actor.kind === 'officer' ? { name: actor.name, href: '/account/sessions' } : null
  const page: PageProps = {
    title, body: 'citizen', csrf: request.csrfToken, assets: chrome.assets ?? decorated(request),
    children: (
      <CitizenLayout tools={<ReadingTools request={request} />} me={me} signOutAction={me ? '/sign-out' : undefined} place={chrome.place}>
        {children}
      </CitizenLayout>
    ),
  }
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(renderFor(request, page))
}

export interface Trouble {
  readonly status: number
  readonly code: string
  readonly title: string
  /** Says what to do next. */
  readonly detail: string
  readonly action?: { readonly label: string; readonly href: string }
  readonly retryAfter?: number
}

export function sendTrouble(request: FastifyRequest, reply: FastifyReply, chrome: Chrome, trouble: Trouble, more?: ComponentChildren) {
  const { status, code, title, detail, action, retryAfter } = trouble
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  if (wantsJson(request)) {
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      .send({ type: 'about:blank', status, code, title, detail })
  }
  return sendPage(
    request,
    reply,
    chrome,
    status,
    title,
    <ErrorPage title={title} action={action} reference={`Số yêu cầu: ${request.id}`}>
      <p>{detail}</p>
      {more}
    </ErrorPage>,
  )
}
