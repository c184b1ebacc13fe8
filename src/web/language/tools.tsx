// The slim line above every citizen's page: the other language, larger letters, having the page read aloud.

import type { FastifyRequest } from 'fastify'
import { Form, Icon } from '#ui/index.ts'
import { preferenceOf } from './preference.ts'

/** Where the reader is now; after a form that failed there is no address to come back to but the page it stood on. */
const hereOf = (request: FastifyRequest): string => (request.method === 'GET' ? request.url : (URL.parse(request.headers.referer ?? '')?.pathname ?? '/'))

export function ReadingTools({ request }: { request: FastifyRequest }) {
  const { lang, large } = preferenceOf(request)
  const here = hereOf(request)
  return (
    <aside class="reading" aria-label="Cách đọc trang">
      <Form action="/cach-doc" class="frame" label="Cách đọc trang">
        <input type="hidden" name="returnTo" value={here} />
        {!here.startsWith('/nghe') && (
          <a href={`/nghe?trang=${encodeURIComponent(here)}`}>
            <Icon name="speaker" />
            Nghe đọc
          </a>
        )}
        <button class="as-link" name="type" value={large ? 'usual' : 'large'}>
          {large ? 'Chữ thường' : 'Chữ to'}
        </button>
        {lang === 'en' ? <button class="as-link" name="lang" value="vi" lang="vi">Tiếng Việt</button> : <button class="as-link" name="lang" value="en" lang="en">English</button>}
      </Form>
    </aside>
  )
}
