// Bringing a plan back, looked at first: what returns, what cannot, and for each unit with something new one question: who keeps it.

import { lastingWords } from '#core/db/gate.ts'
import { formatDate } from '#core/text/index.ts'
import { expectedMs, type Plan, type RollBackAsk, type RollBackPreview } from '#modules/reorg/index.ts'
import { Confirm, ErrorSummary, KeyFigures, PageHeading, type ShownError } from '#ui/index.ts'
import { chosenName, type Keeper, otherName } from './keepers.ts'
import { Faults } from './report.tsx'
import { planHref } from './words.ts'

export interface RollBackView {
  readonly plan: Plan
  readonly preview: RollBackPreview
  /** Units that may keep what is new: living ones first, all of them. */
  readonly keepers: readonly Keeper[]
  /** Other units as they were typed, by unit of the plan. */
  readonly typed: Readonly<Record<string, string>>
  readonly reason: string
  readonly errors: readonly ShownError[]
}

const LIST = 'keepers'

export function RollBackScreen({ plan, preview, keepers, typed, reason, errors }: RollBackView) {
  const stops = preview.faults.filter(({ severity }) => severity === 'stops')
  const sum = (lines: readonly { readonly count: number }[]) => lines.reduce((total, line) => total + line.count, 0)
  const fault = errors.find(({ key }) => key === 'reason')
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title="Hoàn tác kế hoạch" lead={`${plan.title}. Đơn vị, mã, chức danh, hồ sơ trở về như trước ngày thi hành; điều gì đã làm từ đó vẫn còn.`} />
      <KeyFigures
        items={[
          { label: 'Trở về đúng như cũ', value: sum(preview.returns) }, { label: 'Trở về cùng việc đã làm thêm', value: sum(preview.worked) }, { label: 'Mới phát sinh, cần nơi giữ', value: sum(preview.fresh), hot: sum(preview.fresh) > 0 },
          { label: 'Hạn hoàn tác', value: preview.until ? formatDate(preview.until) : '—' },
        ]}
      />
      {preview.faults.length > 0 && <Faults faults={preview.faults} plan={plan} />}
      <section class="two">
        <div><h2>Trở về</h2><ul>{preview.returns.map((line) => <li>{line.text}</li>)}</ul></div>
        <div>
          <h2>Không trở về được</h2>
          {preview.worked.length + preview.fresh.length + preview.remain.length === 0 ? <p class="soft">Mọi thứ đều trở về được.</p> : (
            <ul>
              {preview.worked.map((line) => <li>{line.text}{line.went && `: ${line.went}`}</li>)}
              {preview.remain.map((one) => <li>{one.name} ở lại như một đơn vị đã kết thúc: {one.because}</li>)}
            </ul>
          )}
          <p class="soft">Tin đã gửi cho người dân không lấy lại được; họ được báo thêm một tin. Số đã cấp trong thời gian ấy vẫn là số đã cấp.</p>
        </div>
      </section>
      <Confirm
        title="Đồng ý hoàn tác" action={planHref(plan.id, '/rollback')} confirmLabel="Hoàn tác" cancelHref={planHref(plan.id, '/run')} danger={stops.length === 0} hidden={{ digest: preview.digest }}
        fields={
          <div class="stack">
            {preview.asks.length > 0 && (
              <section aria-labelledby="keeps" class="stack">
                <h3 id="keeps">Ai giữ những gì mới phát sinh</h3>
                <p class="hint measure">Đơn vị của kế hoạch không còn nhận việc sau khi hoàn tác. Mỗi đơn vị dưới đây có việc mới hoặc phải ở lại: chọn một đơn vị giữ.</p>
                <datalist id={LIST}>{keepers.map(({ label }) => <option value={label} />)}</datalist>
                {preview.asks.map((ask) => <Ask ask={ask} typed={typed[ask.unitId] ?? ''} fault={errors.find(({ key }) => key === otherName(ask.unitId))} />)}
              </section>
            )}
            <div class={fault ? 'q wrong' : 'q'}>
              <label class="label" for="reason">Căn cứ và lý do hoàn tác</label>
              {fault && <p class="fault" id="reason--error"><span class="sr">Lỗi: </span>{fault.message}</p>}
              <textarea id="reason" name="reason" rows={3} aria-describedby={fault ? 'reason--error' : undefined} aria-invalid={fault ? true : undefined}>{reason}</textarea>
            </div>
          </div>
        }
      >
        <p>Hoàn tác chạy trong một giao dịch, như khi thi hành: hoặc trọn vẹn, hoặc không có gì thay đổi.{plan.report && ` Dự kiến nhiều nhất khoảng ${lastingWords(expectedMs(plan.report.totals))}; việc người khác gửi lên trong lúc ấy được báo chờ, không mất gì đã gửi.`}</p>
      </Confirm>
    </>
  )
}

/** One unit: what is new there, the likely keepers to pick from, any other by name or code. */
function Ask({ ask, typed, fault }: { ask: RollBackAsk; typed: string; fault: ShownError | undefined }) {
  const [chosen, other] = [chosenName(ask.unitId), otherName(ask.unitId)]
  const offered = [...new Map([{ id: ask.keeper, name: ask.keeperName }, ...ask.formers].map((unit) => [unit.id, unit])).values()]
  return (
    <fieldset class="card keep">
      <legend class="label">{ask.name}</legend>
      <ul>{ask.lines.map((line) => <li>{line}</li>)}{ask.because && <li>Ở lại như một đơn vị đã kết thúc: {ask.because}</li>}</ul>
      <div class="q">
        <label class="label" for={chosen}>Đơn vị giữ</label>
        <select id={chosen} name={chosen}>{offered.map(({ id, name }) => <option value={id} selected={id === ask.keeper}>{name}</option>)}</select>
      </div>
      <div class={fault ? 'q wrong' : 'q'}>
        <label class="label" for={other}>Hoặc đơn vị khác</label>
        <p class="hint" id={`${other}--hint`}>Gõ tên hoặc mã; để trống thì dùng đơn vị chọn ở trên.</p>
        {fault && <p class="fault" id={`${other}--error`}><span class="sr">Lỗi: </span>{fault.message}</p>}
        <input id={other} name={other} value={typed} list={LIST} autocomplete="off" aria-describedby={fault ? `${other}--hint ${other}--error` : `${other}--hint`} aria-invalid={fault ? true : undefined} />
      </div>
    </fieldset>
  )
}
