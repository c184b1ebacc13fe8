// The first page: what can be done here, by words, by matter of life, by the code of a dossier.

import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { compareVi } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { countDossiers, type DossierState, mostFiled, ruleOn } from '#modules/dossiers/index.ts'
import { searchProcedures } from '#modules/procedures/index.ts'
import { Figure, Button, Card, Cards, LinkButton, Notice, SearchBox } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

const SHOWN = 6
const RECENT = 180 * 86_400_000

type Found = Awaited<ReturnType<typeof searchProcedures>>[number]

interface Offer {
  /** Whether `common` is by use, or only a choice while nothing has been filed yet. */
  readonly byUse: boolean
  /** What most people come for: the most filed of the last half year, then one of each field in turn. */
  readonly common: readonly Found[]
  readonly fields: readonly { readonly code: string; readonly name: string; readonly count: number }[]
}

/** One of each group, then the second of each, and so on. */
const inTurn = <T,>(groups: readonly (readonly T[])[]): T[] =>
  Array.from({ length: Math.max(0, ...groups.map((group) => group.length)) }, (_, at) =>
    groups.flatMap((group) => group.slice(at, at + 1)),
  ).flat()

async function offer(ctx: Ctx): Promise<Offer> {
  const [all, used] = await Promise.all([
    searchProcedures(ctx.db, { on: localDate(ctx.now), limit: 5000 }),
    mostFiled(ctx, new Date(ctx.now.getTime() - RECENT)),
  ])
  const fields = [...Map.groupBy(all, (one) => one.fieldCode)].map(([code, procedures]) => ({
    code,
    name: procedures[0]!.fieldName,
    procedures,
  }))
  const byCode = new Map(all.map((one) => [one.code, one]))
  const forCitizens = (one: Found) => one.targets.includes('cong_dan') && one.onlineLevel !== 'thong_tin'
  const others = inTurn(
    fields.toSorted((a, b) => b.procedures.length - a.procedures.length).map((field) => field.procedures.filter(forCitizens)),
  )
  return {
    byUse: used.length >= SHOWN,
    common: [...new Set([...used.flatMap((code) => byCode.get(code) ?? []), ...others])].slice(0, SHOWN),
    fields: fields
      .map(({ code, name, procedures }) => ({ code, name, count: procedures.length }))
      .sort((a, b) => compareVi(a.name, b.name)),
  }
}

const WAITING: readonly DossierState[] = ['YC_BS_TIEP_NHAN', 'YC_BO_SUNG', 'YC_TAI_CHINH', 'DA_CO_KET_QUA']

const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text

async function Waiting(ctx: Ctx) {
  if (ctx.actor.kind !== 'citizen') return null
  const [waiting, drafts] = await Promise.all([countDossiers(ctx, { states: WAITING }), countDossiers(ctx, { states: ['NHAP'] })])
  if (waiting > 0) {
    return (
      <Notice tone="warn" title={`Có ${waiting} hồ sơ đang chờ ông/bà`}>
        <p>
          <a href="/ho-so">Xem cần làm gì</a>
        </p>
      </Notice>
    )
  }
  return drafts > 0 ? (
    <Notice tone="info" title={`Có ${drafts} bản nháp chưa gửi`}>
      <p>
        <a href="/ho-so">Mở để làm tiếp</a>
      </p>
    </Notice>
  ) : null
}

export function homeRoutes(app: FastifyInstance): void {
  app.get('/', async (request, reply) => {
    const { ctx } = request
    const [{ byUse, common, fields }, waiting] = await Promise.all([offer(ctx), Waiting(ctx)])
    const signedIn = ctx.actor.kind === 'citizen'
    return sendPortal(
      request,
      reply,
      {
        title: 'Tỉnh Số',
        here: 'home',
        description: 'Làm thủ tục hành chính của tỉnh Thanh Hóa trên mạng: tìm, nộp, theo dõi, nhận kết quả.',
      },
      <>
        <section>
          <h1>Ông/bà cần làm việc gì?</h1>
          <SearchBox action="/thu-tuc" label="Ví dụ: khai sinh, xây nhà, đổi bằng lái" />
          <p class="soft">
            Gõ có dấu hay không dấu đều được. <a href="/thu-tuc">Xem tất cả thủ tục</a> · <a href="/tham-quyen">Ai giải quyết việc này bây giờ?</a>
          </p>
        </section>
        {waiting && <section>{waiting}</section>}
        <section>
          <h2>{byUse ? 'Nhiều người làm nhất' : 'Việc thường gặp'}</h2>
          <Cards>
            {common.map((one) => (
              <Card title={shortName(one.name)} href={`/thu-tuc/${one.code}`}>
                <p class="soft">{firstSentence(one.about)}</p>
              </Card>
            ))}
          </Cards>
        </section>
        <section>
          <h2>Theo lĩnh vực</h2>
          <ul class="columns">
            {fields.map((field) => (
              <li>
                <a href={`/thu-tuc?linh-vuc=${encodeURIComponent(field.code)}`}>
                  {field.name} ({field.count})
                </a>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2>Đã nộp hồ sơ?</h2>
          <p class="measure">Ghi mã hồ sơ in trên giấy hẹn để biết hồ sơ đang ở đâu. Không cần đăng nhập.</p>
          <form class="search" action="/tra-cuu" method="get">
            <input name="ma" aria-label="Mã hồ sơ" placeholder="H56.01-261121-0001" autocomplete="off" spellcheck={false} />
            <Button icon="search">Tra cứu</Button>
          </form>
          {signedIn ? (
            <p>
              <LinkButton href="/ho-so" icon="folder">
                Hồ sơ của tôi
              </LinkButton>
            </p>
          ) : (
            <p>
              Hồ sơ do chính ông/bà nộp: <a href="/sign-in?returnTo=%2Fho-so">đăng nhập bằng VNeID</a> để xem đầy đủ, bổ sung và tải kết
              quả.
            </p>
          )}
        </section>
        <section>
          <h2>Nộp trên mạng diễn ra thế nào</h2>
          <ol class="measure">
            <li>Đăng nhập bằng VNeID. Điều nhà nước đã biết về ông/bà được điền sẵn để xem lại.</li>
            <li>
              Trả lời từng câu, gửi kèm ảnh chụp giấy tờ, xem lại một lượt rồi nộp. Nghỉ giữa chừng lúc nào cũng được, bản nháp còn nguyên.
            </li>
            <li>
              Trong <Figure rule="gio-tra-loi-tiep-nhan" of="giờ trả lời">{String(ruleOn(ctx, 'receptionHours', localDate(ctx.now)).value)} giờ làm việc</Figure>, Bộ phận một cửa trả lời có tiếp nhận hay không. Nếu nhận, ông/bà có giấy hẹn ghi rõ ngày trả và cách
              tính.
            </li>
            <li>Theo dõi hai đồng hồ: thời hạn theo luật, và thời gian ông/bà thật sự đã chờ. Đồng hồ thứ hai không bao giờ dừng.</li>
          </ol>
        </section>
      </>,
    )
  })
}
