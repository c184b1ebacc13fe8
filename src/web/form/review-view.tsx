// Everything once more before it is sent: answers, papers, costs, the day to expect, and what still keeps it from being sent.

import type { Catalogs } from '#core/form/types.ts'
import { review } from '#core/form/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { Actions, Button, Details, Form, Icon, LinkButton, Notice, StatusTag, SummaryList } from '#ui/index.ts'
import { type FilingFace, filingPaths } from './face.ts'
import { type Filing, REVIEW } from './filing.ts'
import { type FilingPage, questionsOf } from './pages.ts'
import { sourcesOf } from './identity.ts'
import { FilingSteps } from './page-view.tsx'
import { SupplementNotice } from './supplement-notice.tsx'
import { neededPapers } from './papers-view.tsx'

export interface ReviewViewProps {
  readonly face: FilingFace
  readonly filing: Filing
  readonly catalogs: Catalogs
  /** Another place to hand in may be chosen there. */
  readonly changeUnitHref?: string
  /** Faults that only sending can find, e.g. no competent unit. */
  readonly sendFaults?: readonly { readonly key: string; readonly message: string }[]
}

const BACK = '?ve=xem-lai'

export function ReviewView({ face, filing, catalogs, changeUnitHref, sendFaults = [] }: ReviewViewProps) {
  const paths = filingPaths(face, filing.dossier.id)
  const pageOf = (key: string): FilingPage | undefined =>
    filing.pages.find((page) => questionsOf(page).some((question) => question.key === key))
  const mendHref = (key: string): string => {
    if (key.startsWith('parts.')) return `${paths.papers}${BACK}#file.${key.slice(6)}`
    const page = pageOf(key)
    return page ? `${paths.page(page.key)}${BACK}#${key}` : paths.start
  }
  const faults = [...filing.faults, ...sendFaults]
  const refused = filing.mode === 'supplement' ? null : filing.view.acts.submission
  const ready = faults.length === 0 && !refused
  return (
    <>
      <FilingSteps face={face} filing={filing} current={REVIEW} />
      {faults.length > 0 && (
        <div class="notice bad errors" role="alert" tabIndex={-1} data-error-summary>
          <Icon name="alert" />
          <div>
            <h2>Còn {faults.length} chỗ cần hoàn thiện trước khi gửi</h2>
            <ul>
              {faults.map((fault) => (
                <li>
                  <a href={mendHref(fault.key)}>{fault.message}</a>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {filing.mode === 'supplement' && <SupplementNotice filing={filing} />}
      <h2>Xem lại trước khi gửi</h2>
      <p class="measure">Đọc lại một lượt. Dòng nào cần đổi thì bấm “Sửa”, xong sẽ về lại trang này.</p>
      {review(filing.version.record.form, filing.state, catalogs).map(({ section, rows }) => (
        <section>
          <h3>{section.title}</h3>
          <SummaryList
            rows={rows.map((row) => ({
              label: row.label,
              value: filing.files.get(row.text)?.name ?? row.text,
              changeHref: mendHref(row.key),
            }))}
          />
        </section>
      ))}
      <Differences filing={filing} catalogs={catalogs} mendHref={mendHref} />
      <section>
        <h3>Giấy tờ</h3>
        <Papers filing={filing} href={`${paths.papers}${BACK}`} />
      </section>
      <Money filing={filing} />
      <When face={face} filing={filing} changeUnitHref={changeUnitHref} />
      <Conditions filing={filing} />
      {refused && (
        <Notice tone="warn" title="Chưa gửi được">
          {refused.message}
        </Notice>
      )}
      <Form action={paths.submission} sends>
        {!face.counter && (
          <p class="measure">Khi gửi, ông/bà cam đoan những điều khai trên là đúng và chịu trách nhiệm về lời khai của mình.</p>
        )}
        <Actions>
          {ready && (
            <Button look="primary" icon="send" busyText="Đang gửi hồ sơ…">
              {filing.mode === 'supplement' ? 'Gửi bổ sung' : 'Nộp hồ sơ'}
            </Button>
          )}
          {faults.length > 0 && (
            <LinkButton look="primary" href={mendHref(faults[0]!.key)}>
              Sửa chỗ còn thiếu đầu tiên
            </LinkButton>
          )}
          <LinkButton look="quiet" href={face.later(filing.dossier)}>
            Để sau, bản nháp đã được lưu
          </LinkButton>
        </Actions>
      </Form>
    </>
  )
}

/** Answers that are not as VNeID has them: nothing is refused for it, but nobody should be surprised later. */
function Differences({ filing, catalogs, mendHref }: { filing: Filing; catalogs: Catalogs; mendHref: (key: string) => string }) {
  const questions = filing.version.record.form.sections.flatMap((section) => section.questions).filter(({ key }) => filing.state.visible.has(key))
  const sources = sourcesOf(questions, filing.dossier.form, filing.known, catalogs)
  const other = questions.flatMap((question) => {
    const source = sources[question.key]
    return source?.from === 'other' ? [{ question, known: source.known }] : []
  })
  if (other.length === 0) return null
  return (
    <Notice tone="info" title="Có điều khai khác với VNeID">
      <ul>
        {other.map(({ question, known }) => (
          <li>
            <a href={mendHref(question.key)}>{question.label}</a>: VNeID ghi “{known}”.
          </li>
        ))}
      </ul>
      <p>
        Vẫn nộp được. Nếu khai nhầm thì bấm vào để sửa. Nếu VNeID ghi sai: giữ lời khai đúng theo giấy tờ và đề nghị Công an xã, phường điều chỉnh
        thông tin dân cư.
      </p>
    </Notice>
  )
}

function Papers({ filing, href }: { filing: Filing; href: string }) {
  const { give, show } = neededPapers(filing)
  const rows = give.flatMap(({ words, must }) => {
    const sent = filing.view.parts.filter((part) => part.part === words.id)
    if (!must && sent.length === 0) return []
    const value = sent.length > 0 ? sent.map((part) => part.file?.name ?? 'Bản giấy').join('\n') : <StatusTag tone="bad">Chưa có</StatusTag>
    return [{ label: words.name, value, changeHref: href }]
  })
  return (
    <>
      {rows.length > 0 ? (
        <SummaryList rows={rows} />
      ) : (
        <p>
          Không gửi kèm giấy tờ nào. <a href={href}>Thêm giấy tờ</a>
        </p>
      )}
      {show.length > 0 && <p class="soft">Mang theo để xuất trình khi được hỏi: {show.map((part) => part.name).join('; ')}.</p>}
    </>
  )
}

function Money({
  filing: {
    evaluation: { fees, totalFee },
    dossier: { procedureCode: code },
  },
}: {
  filing: Filing
}) {
  return (
    <section>
      <h3>Phí, lệ phí</h3>
      {fees.length === 0 ? (
        <p>Không thu phí, lệ phí.</p>
      ) : (
        <SummaryList
          rows={[
            ...fees.map((fee) => ({ label: fee.name, rule: `thu-tuc/${code}/phi-${encodeURIComponent(fee.code)}`, value: [formatVnd(fee.amount), fee.note].filter(Boolean).join('\n') })),
            ...(fees.length > 1 ? [{ label: 'Tổng cộng', rule: 'muc-phi-le-phi', value: <b>{formatVnd(totalFee)}</b> }] : []),
          ]}
        />
      )}
    </section>
  )
}

function When({ face, filing, changeUnitHref }: { face: FilingFace; filing: Filing; changeUnitHref?: string }) {
  const { evaluation, view, dossier } = filing
  return (
    <section>
      <h3>Nơi nộp và thời hạn</h3>
      <SummaryList
        rows={[
          { label: 'Nơi nhận hồ sơ', value: view.received.name, changeHref: filing.mode === 'draft' ? changeUnitHref : undefined },
          ...(filing.mode === 'draft'
            ? [
                {
                  label: 'Hẹn trả kết quả, nếu được tiếp nhận ngay bây giờ',
                  rule: `thu-tuc/${dossier.procedureCode}/thoi-han`,
                  value: (
                    <>
                      <b>{formatDateTime(evaluation.dueAt)}</b>
                      {'\n'}
                      {evaluation.derivation}
                    </>
                  ),
                },
              ]
            : [
                {
                  label: 'Thời hạn',
                  rule: `thu-tuc/${dossier.procedureCode}/thoi-han`,
                  value: dossier.dueAt
                    ? `Đang tạm dừng từ ${formatDate(dossier.pausedAt ?? dossier.updatedAt)}; tính tiếp ngay khi ông/bà gửi bổ sung.`
                    : 'Bắt đầu tính khi hồ sơ được tiếp nhận.',
                },
              ]),
          ...(face.counter || filing.mode === 'supplement'
            ? []
            : [{ label: 'Trả lời có nhận hay không', rule: 'gio-tra-loi-tiep-nhan', value: `Trong ${filing.receptionHours} giờ làm việc kể từ khi nộp.` }]),
        ]}
      />
    </section>
  )
}

function Conditions({
  filing: {
    faults,
    evaluation: { conditions },
  },
}: {
  filing: Filing
}) {
  const failing = faults.length > 0 ? [] : conditions.filter((condition) => condition.met === false)
  const others = conditions.filter((condition) => !failing.includes(condition))
  return (
    <>
      {failing.length > 0 && (
        <Notice tone="warn" title="Theo điều ông/bà khai, có điều kiện chưa đáp ứng">
          <ul>
            {failing.map((condition) => (
              <li>{condition.text}</li>
            ))}
          </ul>
          <p>Ông/bà vẫn gửi được; cơ quan sẽ xem xét và trả lời có nêu lý do.</p>
        </Notice>
      )}
      {others.length > 0 && (
        <Details summary="Điều kiện để được giải quyết">
          <ul>
            {others.map((condition) => (
              <li>{condition.text}</li>
            ))}
          </ul>
        </Details>
      )}
    </>
  )
}
