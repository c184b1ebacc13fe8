// Sends a page: the document with the site's assets, the reader's CSRF token and the flash of the act before.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import type { PageProps } from '#ui/index.ts'
import { renderFor } from './language/render.tsx'
import './session/types.ts'

/** Addresses of stylesheet and script; set once at start. */
export interface PageAssets {
  readonly css: string
  readonly js: string | null
}

declare module 'fastify' {
  interface FastifyInstance {
    pageAssets: PageAssets
    /** The same with the script's words in English. */
    pageAssetsEn: PageAssets
  }
}

export interface PageOptions extends Omit<PageProps, 'children' | 'assets' | 'csrf'> {
  readonly status?: number
}

/** Renders and sends a page. Private pages are never kept by caches on the way. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, { status = 200, ...page }: PageOptions, content: ComponentChildren): FastifyReply {
  const html = renderFor(request, { ...page, assets: request.server.pageAssets, csrf: request.csrfToken, children: content })
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)
}

/** After an act: to the page that shows its outcome, so that reloading repeats nothing. */
export const seeOther = (reply: FastifyReply, path: string): FastifyReply => reply.code(303).header('location', path).send()
