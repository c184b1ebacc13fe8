// The dossier on one screen: what to do, what was handed in, how it goes.

import type { Ctx } from '#core/ctx.ts'
import type { Assignable } from '#modules/work/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { DossierView } from '#modules/dossiers/index.ts'
import { Figure, Button, PageHeading } from '#ui/index.ts'
import { Watched } from '../../live/watched.tsx'
import { Consultations } from '../consult.tsx'
import { PaperList } from '../papers-list.tsx'
import { StateTag } from '../words.tsx'
import { Acts } from './acts.tsx'
import { ClocksCard, ControlSlip, DueOf, Fees, History, ProcessPicture } from './course.tsx'
import { Answers, Parts } from './matter.tsx'
import { termRule } from '../../term-rule.ts'

export interface ScreenProps {
  readonly ctx: Ctx
  readonly view: DossierView
  /** Keys of sensitive answers that are covered until asked for. */
  readonly hidden: ReadonlySet<string>
  /** Names of officers who hold or held work, by id. */
  readonly names: ReadonlyMap<string, string>
  /** Who filed on the applicant's behalf. */
  readonly filer: string | null
  readonly svg: string
  /** Drawings of the processes that were called. */
  readonly pictures?: readonly { readonly id: string; readonly title: string; readonly svg: string }[]
  /** For a head's step: who may do what comes next, by item. */
  readonly assignees?: ReadonlyMap<string, readonly Assignable[]>
}

const PLACES = [['#matter', 'Nội dung'], ['#clocks', 'Thời hạn'], ['#consultations', 'Lấy ý kiến'], ['#process', 'Quy trình'], ['#slip', 'Phiếu kiểm soát'], ['#history', 'Lịch sử']] as const

export function DossierScreen({ ctx, view, hidden, names, filer, svg, pictures = [], assignees }: ScreenProps) {
  const { dossier } = view
  return (
    <>
      <Watched dossier={dossier} items={view.items} />
      <PageHeading
        title={<>{dossier.applicant.fullName} <span class="thin">{dossier.procedureName}</span></>}
        meta={
          <>
            <span class="code-copy"><b>{dossier.code ?? 'Chưa có mã'}</b>{dossier.code && <Button look="quiet" type="button" icon="copy" copies={dossier.code}>Chép</Button>}</span>
            <StateTag state={dossier.state} />
            <DueOf ctx={ctx} view={view} />
            {dossier.dueAt && <span class="soft">Hẹn trả <Figure rule={termRule(dossier)} of="hẹn trả">{formatDateTime(dossier.dueAt)}</Figure></span>}
            {!dossier.dueAt && dossier.receptionDueAt && dossier.state === 'MOI_DANG_KY' && <span class="soft">Trả lời trước <Figure rule="gio-tra-loi-tiep-nhan" of="hạn trả lời">{formatDateTime(dossier.receptionDueAt)}</Figure></span>}
            <span class="soft">{view.received.name}{view.decided && view.decided.id !== view.received.id ? ` → ${view.decided.name}` : ''}</span>
          </>
        }
      />
      <Acts ctx={ctx} view={view} names={names} assignees={assignees} />
      <nav class="places" aria-label="Trong trang này"><a href="/desk" data-key="u">Về danh sách</a>{PLACES.filter(([href]) => href !== '#consultations' || view.consultations.length > 0).map(([href, label]) => <a href={href}>{label}</a>)}</nav>
      <div class="matter" id="matter">
        <Answers ctx={ctx} view={view} filer={filer} hidden={hidden} />
        <Parts view={view} />
      </div>
      <div class="thirds">
        <ClocksCard ctx={ctx} view={view} />
        <Fees view={view} />
        <PaperList ctx={ctx} view={view} />
      </div>
      <Consultations view={view} />
      <ProcessPicture svg={svg} />
      {pictures.map((one) => <ProcessPicture svg={one.svg} title={one.title} id={one.id} />)}
      <ControlSlip ctx={ctx} view={view} names={names} />
      <History view={view} />
    </>
  )
}
