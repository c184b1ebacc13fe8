// What I wrote in the form, closed until asked for.

import type { Ctx } from '#core/ctx.ts'
import { review } from '#core/form/index.ts'
import type { DossierView } from '#modules/dossiers/index.ts'
import { Details, SummaryList } from '#ui/index.ts'
import { formState } from '../form/index.ts'

export function Answers({
  ctx,
  view: { dossier, version, parts },
  open,
  title = 'Xem lại tờ khai',
}: {
  ctx: Ctx
  view: DossierView
  open?: boolean
  title?: string
}) {
  const state = formState(ctx, dossier, version, parts)
  return (
    <Details summary={title} open={open}>
      {review(version.record.form, state, ctx.catalogs).map(({ section, rows }) => {
        const told = rows.filter((row) => row.text !== '')
        return (
          told.length > 0 && (
            <div class="answers">
              <h3>{section.title}</h3>
              <SummaryList rows={told.map((row) => ({ label: row.label, value: row.text }))} />
            </div>
          )
        )
      })}
    </Details>
  )
}
