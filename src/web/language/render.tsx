// Renders a page as its reader wants it: in which language, in which size.

import type { FastifyRequest } from 'fastify'
import { Page, type PageProps, renderPage } from '#ui/index.ts'
import { ENGLISH, translatorOf } from './catalogue.ts'
import { preferenceOf } from './preference.ts'
import { translatePage } from './translate.ts'

const english = translatorOf(ENGLISH)

/** The document as text. Pages of citizens are given in English to whoever asked for it; the officers' desk works in Vietnamese, as offices do. */
export function renderFor(request: FastifyRequest, page: PageProps): string {
  const { lang, large } = preferenceOf(request)
  if (lang === 'vi' || page.body !== 'citizen') return renderPage(<Page {...page} large={large} />)
  return translatePage(renderPage(<Page {...page} lang={lang} large={large} assets={request.server.pageAssetsEn} />), english)
}
