// Papers issued for a dossier, on its page: number, day, who; those taken back stay with their reason; printed again, replaced, posted from here.

import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import { canAddress, canReplacePaper, type DossierView, type IssuedPaper, LETTER_FORMS, PAPER_LABELS, printedAgain } from '#modules/dossiers/index.ts'
import { Form, Icon, StatusTag } from '#ui/index.ts'
import { paperHref } from './papers.tsx'
import { dossierHref } from './words.tsx'

export function PaperList({ ctx, view }: { ctx: Ctx; view: DossierView }) {
  const { papers, dossier } = view
  return (
    <section aria-labelledby="prints">
      <h2 id="prints">Giấy tờ để in</h2>
      {papers.length === 0 ? <p class="soft">Chưa phát hành giấy tờ nào. Giấy tiếp nhận có ngay khi tiếp nhận.</p> : (
        <ul class="parts-list">{papers.map((paper) => <Issued ctx={ctx} view={view} paper={paper} />)}</ul>
      )}
      {papers.some((paper) => !paper.cancelledAt && paper.kind !== 'receipt') && canAddress(dossier, ctx.actor) === null && (
        <details class="envelopes">
          <summary>In phong bì gửi người nộp</summary>
          <ul>{Object.entries(LETTER_FORMS).map(([form, label]) => <li><a href={dossierHref(dossier, `/envelope.pdf?form=${form}`)} target="_blank" rel="noopener">{label}</a></li>)}</ul>
        </details>
      )}
    </section>
  )
}

function Issued({ ctx, view: { dossier, papers }, paper }: { ctx: Ctx; view: DossierView; paper: IssuedPaper }) {
  const successor = papers.find((one) => one.replaces === paper.id)
  const again = printedAgain(paper)
  return (
    <li>
      <Icon name={paper.cancelledAt ? 'cross' : 'file'} />
      <div>
        <a href={paperHref(dossier, paper, '.pdf')} target="_blank" rel="noopener">{PAPER_LABELS[paper.kind]}</a>
        {paper.cancelledAt && <> <StatusTag tone="bad">Đã hủy</StatusTag></>}
        {paper.fault && <> <StatusTag tone="warn">Mẫu in đang lỗi, chờ sửa</StatusTag></>}
        <div class="about">{[paper.number && `Số ${paper.number}`, formatDateTime(paper.createdAt), paper.issuedBy, paper.replaces && 'thay bản đã hủy'].filter(Boolean).join(' · ')}</div>
        {paper.cancelledAt && <div class="about">Hủy {formatDateTime(paper.cancelledAt)}, {paper.cancelledBy}: {paper.cancelReason}{successor && ' Đã có bản thay thế.'}</div>}
        {again && <div class="about">{again}</div>}
        <div class="paper-acts">
          <ReprintButton href={paperHref(dossier, paper, '/reprints')} />
          {canReplacePaper(dossier, paper, ctx.actor) === null && <a href={paperHref(dossier, paper, '/replacement')}>Thu hồi, cấp bản thay thế</a>}
        </div>
      </div>
    </li>
  )
}

/** Opens the print in a tab of its own; the print says that it is one. */
const ReprintButton = ({ href }: { href: string }) => (
  <Form action={href} label="In lại" class="inline-form"><button class="as-link" formtarget="_blank">In lại</button></Form>
)
