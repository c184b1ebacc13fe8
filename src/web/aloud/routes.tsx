// A page read aloud: any page of the portal, asked for as its reader would see it, section by section, with the words beside the sound.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Invalid, NotFound } from '#core/errors.ts'
import { PageHeading } from '#ui/index.ts'
import { preferenceOf } from '../language/preference.ts'
import { sendPortal } from '../portal/frame.tsx'
import { safeReturnTo } from '../session/index.ts'
import { type Section, sectionsOf, spoken } from './speakable.ts'
import { openVoice } from './voice.ts'

/** Not pages of the portal: the officers' desk, machines, simulators, and this one. */
const ELSEWHERE = /^\/(nghe|desk|admin|api|twins|dev|assets|healthz|cach-doc)(\/|\?|$)/

interface Page {
  readonly path: string
  readonly sections: readonly Section[]
}

/** The page as this reader gets it: the same cookie, the same answer of the policy. */
async function pageOf(request: FastifyRequest): Promise<Page> {
  const path = safeReturnTo((request.query as { trang?: unknown }).trang)
  if (!path || ELSEWHERE.test(path)) throw new NotFound('aloud.no_page', 'Trang này không đọc thành tiếng được. Mở trang cần nghe rồi bấm “Nghe đọc”.')
  const { cookie = '', host = '' } = request.headers
  const answer = await request.server.inject({ method: 'GET', url: path, headers: { cookie, host, accept: 'text/html' }, remoteAddress: request.ip })
  if (answer.statusCode >= 300 && answer.statusCode < 400) throw new Invalid([], 'Cần đăng nhập lại rồi mới nghe được trang này.', 401)
  return { path, sections: sectionsOf(answer.body) }
}

export function aloudRoutes(app: FastifyInstance): void {
  const voice = openVoice()
  app.addHook('onClose', () => voice.close())

  app.get('/nghe', async (request, reply) => {
    const { path, sections } = await pageOf(request)
    const at = encodeURIComponent(path)
    return sendPortal(request, reply, { title: 'Nghe đọc trang', crumbs: [] }, (
      <>
        <PageHeading title="Nghe đọc trang" lead="Máy đọc từng phần của trang; bấm nút phát ở phần muốn nghe. Giọng do máy tạo ra." />
        <p>
          <a href={path}>Về trang vừa xem</a>
        </p>
        {sections.map((section, part) => (
          <section class="aloud" aria-labelledby={`phan-${part}`}>
            <h2 id={`phan-${part}`}>{section.title}</h2>
            <audio controls preload="none" src={`/nghe/tieng?trang=${at}&phan=${part}`} aria-labelledby={`phan-${part}`} />
            {section.text && <p class="said">{section.text.split('\n').map((line) => <>{line}<br /></>)}</p>}
          </section>
        ))}
      </>
    ))
  })

  app.get('/nghe/tieng', async (request, reply) => {
    const { sections } = await pageOf(request)
    const section = sections[Number((request.query as { phan?: unknown }).phan)]
    if (!section) throw new NotFound('aloud.no_section', 'Trang đã đổi nên không còn phần này. Tải lại trang rồi nghe tiếp.')
    const { lang } = preferenceOf(request)
    const wav = await voice.say(spoken(section, lang), lang)
    return reply.header('cache-control', 'private, max-age=300').type('audio/wav').send(wav)
  })
}
