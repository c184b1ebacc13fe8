// What leaders watch over: dossiers unanswered, nearly due or sent back from above, each with the act prepared; and reasons counted by officer.

import type { FastifyInstance } from 'fastify'
import { formatDateTime } from '#core/text/index.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { ALERTS, aroundOf, leads, listWatched, maskRows, type ReasonAct, reasonCounts, watches, ruleOn } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { Forbidden } from '#core/errors.ts'
import { Basis, EmptyState, LinkButton, PageHeading, StatusTag, Table } from '#ui/index.ts'
import { sendDesk } from '../frame.tsx'
import { Due, dossierHref, dueOfDossier } from '../words.tsx'

const TONES = { reception_late: 'bad', due_near: 'warn', instructed: 'warn' } as const
const ACT_WORDS: Readonly<{ [act in ReasonAct]?: string }> = {
  refusal: 'Từ chối', supplement: 'Yêu cầu bổ sung', stop: 'Dừng', unresolved: 'Không giải quyết', financial: 'Nghĩa vụ tài chính', apology: 'Xin lỗi, hẹn lại',
}
const DAYS = 90

export async function watchRoutes(app: FastifyInstance): Promise<void> {
  app.get('/watch', async (request, reply) => {
    const { ctx } = request
    if (!watches(ctx.actor)) throw new Forbidden('dossiers.not_watcher', 'Trang này dành cho lãnh đạo và người giám sát. Việc của ông/bà ở mục “Việc cần làm”.')
    const watched = await listWatched(ctx)
    const masked = new Map((await maskRows(ctx, watched.map((row) => row.dossier))).map((one) => [one.id, one]))
    const units = new Map((await listUnitsById(ctx.db, watched.map((row) => row.alert.unitId))).map((unit) => [unit.id, unit.shortName]))
    const rows = await Promise.all(watched.map(async (row) => {
      const around = row.alert.kind === 'due_near' ? await aroundOf(ctx.db, ctx, row.dossier) : null
      const until = around && leads(ctx.actor, around) && around.apologyUntil && ctx.now <= around.apologyUntil && !row.dossier.apologisedAt ? around.apologyUntil : null
      return { ...row, shown: masked.get(row.dossier.id)!, until }
    }))
    const counts = await reasonCounts(ctx, { since: new Date(`${addDays(localDate(ctx.now), -DAYS)}T00:00:00+07:00`), until: new Date(ctx.now.getTime() + 1) })
    return sendDesk(request, reply, { title: 'Cần lãnh đạo để ý', here: 'watch' },
      <>
        <PageHeading title="Cần lãnh đạo để ý" lead={`Hồ sơ quá ${ruleOn(ctx, 'receptionHours', localDate(ctx.now)).value} giờ làm việc chưa ai trả lời, sắp đến hạn, hoặc cấp trên yêu cầu xem lại.`} meta={<Basis rule="gio-tra-loi-tiep-nhan" of="giờ trả lời" />} />
        {rows.length === 0
          ? <EmptyState icon="tick" title="Không có hồ sơ nào cần để ý">Hồ sơ trễ, sắp đến hạn sẽ hiện ở đây và được báo cho ông/bà.</EmptyState>
          : (
            <Table
              caption="Hồ sơ cần lãnh đạo để ý" captionHidden rows={rows} rowHref={({ dossier }) => dossierHref(dossier)} empty="Không có."
              columns={[
                { key: 'why', label: 'Vì sao', tight: true, cell: ({ alert }) => <StatusTag tone={TONES[alert.kind]}>{ALERTS[alert.kind]}</StatusTag> },
                { key: 'code', label: 'Hồ sơ', main: true, tight: true, cell: ({ dossier }) => dossier.code },
                { key: 'who', label: 'Người nộp, thủ tục', cell: ({ shown }) => <>{shown.applicant.fullName}<div class="soft">{shown.procedureName}</div></> },
                { key: 'unit', label: 'Đơn vị', cell: ({ alert }) => units.get(alert.unitId) ?? '' },
                { key: 'due', label: 'Hạn', tight: true, cell: ({ dossier }) => <Due due={dueOfDossier(dossier, ctx)} /> },
                { key: 'since', label: 'Từ lúc', tight: true, cell: ({ alert }) => formatDateTime(alert.raisedAt) },
                {
                  key: 'act', label: 'Làm gì', cell: ({ alert, dossier, until }) =>
                    until ? <LinkButton href={dossierHref(dossier, '/apology')}>{`Xin lỗi, hẹn lại trước ${formatDateTime(until)}`}</LinkButton> : alert.note ?? (alert.kind === 'reception_late' ? 'Nhắc Bộ phận một cửa trả lời ngay' : 'Trả kết quả sớm nhất có thể'),
                },
              ]}
            />
          )}
        <section aria-labelledby="counts">
          <h2 id="counts">Lý do cán bộ đã nêu trong {DAYS} ngày qua</h2>
          <Table
            caption="Lý do theo cán bộ" captionHidden rows={counts} empty="Chưa có ai từ chối, yêu cầu bổ sung hay dừng hồ sơ trong thời gian này."
            columns={[
              { key: 'officer', label: 'Cán bộ', main: true, cell: (row) => row.officerName },
              { key: 'act', label: 'Việc', tight: true, cell: (row) => ACT_WORDS[row.act] ?? row.act },
              { key: 'text', label: 'Lý do', cell: (row) => row.text },
              { key: 'count', label: 'Số lần', num: true, cell: (row) => String(row.count) },
            ]}
          />
        </section>
      </>)
  })
}
