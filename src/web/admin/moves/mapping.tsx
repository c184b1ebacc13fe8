// What an official chooses for all dossiers of a plan: the two processes as two lists with a line between, answers that do not fit, transitional clauses.

import type { Question } from '#core/form/types.ts'
import { FALLS_AWAY, freshSteps, type Pair, type PlanView, STAYS, type StepCard } from '#modules/moves/index.ts'
import { roleLabels } from '#modules/procedures/index.ts'
import { Actions, Button, Details, ErrorSummary, Form, Icon, type ShownError, StatusTag } from '#ui/index.ts'
import { movesHref } from './words.tsx'

export interface MappingView extends PlanView {
  readonly write: boolean
  /** How many dossiers stand at a step of the old version. */
  readonly standing: ReadonlyMap<string, number>
  readonly errors: readonly ShownError[]
}

/** What is wrong with one choice, beside it. */
function Fault({ errors, of }: { errors: readonly ShownError[]; of: string }) {
  const found = errors.find(({ key }) => key === of)
  return found ? <p class="fault" id={`${of}--error`}>{found.message}</p> : null
}
const invalid = (errors: readonly ShownError[], of: string) => (errors.some(({ key }) => key === of) ? { 'aria-invalid': true as const, 'aria-describedby': `${of}--error` } : {})

const who = (step: StepCard): string => roleLabels[step.role as keyof typeof roleLabels] ?? step.role
const hours = (step: StepCard): string => (step.clock === 'stops' ? 'không tính giờ' : `${step.hours.toLocaleString('vi-VN')} giờ`)

const Card = ({ step, count }: { step: StepCard; count?: number }) => (
  <div class="step-card">
    <p><b>{step.name}</b>{count ? <span class="here">{count} hồ sơ</span> : null}</p>
    <p class="soft">{who(step)} · {hours(step)}</p>
  </div>
)

/** What the new version changes of a step that goes on. */
function changesOf(from: StepCard, to: StepCard): string[] {
  return [
    from.name === to.name ? null : `tên cũ “${from.name}”`, from.role === to.role ? null : `trước do ${who(from).toLocaleLowerCase('vi')} làm`,
    from.hours === to.hours && from.clock === to.clock ? null : `trước là ${hours(from)}`,
  ].filter((one) => one !== null)
}

export function Mapping(view: MappingView) {
  const { plan, sides, write } = view
  const faults = view.errors.filter(({ key }) => /^(answer|clause)\./.test(key)).map((fault) => ({ ...fault, path: fault.key.replace('.', '-') }))
  const open = sides.steps.filter((pair) => !pair.to && !plan.steps[pair.from.key] && view.standing.get(pair.from.key))
  const plain = sides.steps.filter((pair) => pair.to && changesOf(pair.from, pair.to).length === 0 && !plan.steps[pair.from.key])
  const told = sides.steps.filter((pair) => !plain.includes(pair))
  const fresh = freshSteps(sides.drawnTo, sides.steps).filter((step) => !Object.values(plan.steps).includes(step.key))
  return (
    <Form action={`${movesHref(plan.code, plan.id)}/choices`} class="mapping" label="Bước và câu hỏi tương ứng" guard>
      <input type="hidden" name="revision" value={plan.revision} />
      <ErrorSummary errors={faults} />
      <section aria-labelledby="at-steps">
        <h2 id="at-steps">Bước tương ứng {open.length > 0 && <StatusTag tone="warn">{`${open.length} bước cần chọn`}</StatusTag>}</h2>
        <div class="two-lists">
          <p class="head" aria-hidden="true"><b>Phiên bản {sides.from.number}</b></p><span aria-hidden="true" /><p class="head" aria-hidden="true"><b>Phiên bản {sides.to.number}</b></p>
          {told.map((pair) => <PairRow view={view} pair={pair} write={write} />)}
          {fresh.map((step) => <><div class="step-card none"><p class="soft">Phiên bản cũ không có</p></div><span class="link new" aria-hidden="true"><Icon name="plus" /></span><Card step={step} /></>)}
        </div>
        {plain.length > 0 && (
          <Details summary={`${plain.length} bước không đổi`}>
            <div class="two-lists">{plain.map((pair) => <PairRow view={view} pair={pair} write={write} />)}</div>
          </Details>
        )}
      </section>
      <Answers view={view} />
      <Clauses view={view} />
      {write && <Actions><Button look="secondary" icon="search" busyText="Đang chạy thử…">Lưu lựa chọn và chạy thử lại</Button></Actions>}
    </Form>
  )
}

function PairRow({ view: { plan, sides, standing }, pair, write }: { view: MappingView; pair: Pair; write: boolean }) {
  const { from } = pair
  const choice = plan.steps[from.key] ?? ''
  const to = choice ? (sides.there.find((step) => step.key === choice) ?? null) : pair.to
  const missing = !to && choice !== FALLS_AWAY && choice !== STAYS
  const id = `step-${from.key}`
  return (
    <>
      <Card step={from} count={standing.get(from.key)} />
      <span class={`link ${missing ? 'open' : choice ? 'chosen' : pair.how}`} aria-hidden="true"><Icon name={missing ? 'alert' : 'right'} /></span>
      <div class={missing && standing.get(from.key) ? 'step-card open' : 'step-card'}>
        {write ? (
          <>
            <label class="sr" for={id}>Bước ở phiên bản {sides.to.number} làm tiếp “{from.name}”</label>
            <select id={id} name={`step.${from.key}`}>
              <option value="" selected={choice === ''}>{pair.to ? `${pair.to.name}${pair.how === 'alike' ? ' (gợi ý)' : ''}` : 'Chọn bước làm tiếp…'}</option>
              {sides.there.filter((step) => step.key !== pair.to?.key && step.kind === from.kind).map((step) => <option value={step.key} selected={choice === step.key}>{step.name}</option>)}
              <option value={FALLS_AWAY} selected={choice === FALLS_AWAY}>Không còn phải làm việc này</option>
              <option value={STAYS} selected={choice === STAYS}>Không chuyển hồ sơ đang ở bước này</option>
            </select>
          </>
        ) : <p><b>{to?.name ?? (choice === FALLS_AWAY ? 'Không còn phải làm' : choice === STAYS ? 'Không chuyển hồ sơ ở bước này' : 'Không có')}</b></p>}
        <p class="soft">{to ? [`${who(to)} · ${hours(to)}`, ...changesOf(from, to).filter((one) => !one.startsWith('tên cũ'))].join(' · ') : missing ? 'Không có bước cùng mã hay cùng tên, cùng vai trò' : 'Theo lựa chọn của người lập đợt'}</p>
      </div>
    </>
  )
}

const SHOWN_ONLY: readonly string[] = ['computed', 'statement']
const TYPE_WORDS: Partial<Record<Question['type'], string>> = { text: 'chữ', longtext: 'đoạn chữ', number: 'số', integer: 'số nguyên', money: 'số tiền', date: 'ngày', select: 'chọn một', radio: 'chọn một', multiselect: 'chọn nhiều', checkbox: 'đánh dấu', catalog: 'danh mục', table: 'bảng', address: 'địa chỉ' }
const typeOf = (question: Question): string => TYPE_WORDS[question.type] ?? question.type

/** Questions whose answers may not fit, each with what shall become of them. */
function Answers({ view: { plan, sides, write, errors } }: { view: MappingView }) {
  const faulty = (key: string) => errors.some((fault) => fault.key === `answer.${key}`)
  const shown = sides.questions.filter((pair) => (pair.how !== 'same' || faulty(pair.from.key)) && !SHOWN_ONLY.includes(pair.from.type))
  const targets = (sides.to.record.form.sections.flatMap((section) => section.questions) as Question[]).filter((one) => !SHOWN_ONLY.includes(one.type) && !sides.questions.some((pair) => pair.how !== 'renamed' && pair.to?.key === one.key))
  // a question takes one answer: who has it already is said beside it
  const taker = (target: string, but: string) => sides.questions.find(({ from, to }) => from.key !== but && (plan.answers[from.key] ? plan.answers[from.key]!.to : to?.key) === target)?.from.label
  const renamed = shown.filter((pair) => pair.how === 'renamed')
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="at-answers">
      <h2 id="at-answers">Câu trả lời đã có</h2>
      <p class="soft">Câu phiên bản mới không hỏi nữa vẫn lưu cùng hồ sơ. Câu để lại mà phiên bản mới vẫn hỏi thì trống đi; câu trả lời cũ chỉ lấy lại được khi hoàn lại đợt này. Câu cùng nhãn, cùng kiểu được tự đưa sang{renamed.length > 0 ? ` (${renamed.length} câu)` : ''}.</p>
      <ul class="answer-map">
        {shown.map(({ from, to, how }) => {
          const choice = plan.answers[from.key]
          const value = choice ? (choice.keep ? '=' : choice.to === null ? '-' : choice.to) : ''
          const lost = how === 'changed' && to ? (from.options ?? []).filter((option) => !(to.options ?? []).some((known) => known.value === option.value)) : []
          const id = `answer-${from.key}`
          return (
            <li>
              <p><b>{from.label}</b> <span class="soft">{how === 'gone' ? 'phiên bản mới không hỏi' : how === 'renamed' ? `nay là “${to!.label}”` : how === 'same' ? 'không đổi' : `${typeOf(from)} → ${typeOf(to!)}${lost.length > 0 ? `, bỏ ${lost.length} lựa chọn` : ''}`}</span></p>
              {write ? (
                <>
                  <label class="sr" for={id}>Cách xử lý câu “{from.label}”</label>
                  <select id={id} name={`answer.${from.key}`} {...invalid(errors, `answer.${from.key}`)}>
                    <option value="" selected={value === ''}>{how === 'gone' ? 'Để lại, không dùng nữa' : how === 'renamed' ? 'Tự đưa sang' : how === 'same' ? 'Giữ nguyên' : 'Câu nào hợp thì tự giữ, không hợp thì hỏi lại tôi'}</option>
                    {how === 'changed' && <option value="=" selected={value === '='}>Giữ nguyên câu trả lời đã khai</option>}
                    {how !== 'gone' && <option value="-" selected={value === '-'}>Để lại, không dùng nữa</option>}
                    {lost.length > 0 && <option value={from.key} selected={value === from.key}>Đổi lựa chọn như dưới đây</option>}
                    {targets.filter((target) => how !== 'renamed' || target.key !== to!.key).map((target) => {
                      const by = taker(target.key, from.key)
                      return <option value={target.key} selected={value === target.key}>Đưa sang câu “{target.label}”{by && ` (câu “${by}” đã đưa sang)`}</option>
                    })}
                  </select>
                  <Fault errors={errors} of={`answer.${from.key}`} />
                  {lost.length > 0 && (
                    <div class="exchange">
                      {lost.map((option) => (
                        <label><span>“{option.label}” nay là</span>
                          <select name={`value.${from.key}.${option.value}`}>
                            <option value="">Chọn…</option>
                            {(to?.options ?? []).map((known) => <option value={known.value} selected={choice?.values?.[option.value] === known.value}>{known.label}</option>)}
                          </select>
                        </label>
                      ))}
                    </div>
                  )}
                </>
              ) : <p class="soft">{value === '=' ? 'Giữ nguyên câu trả lời đã khai' : value === '-' ? 'Để lại, không dùng nữa' : value ? 'Theo lựa chọn của người lập đợt' : 'Tự xử lý'}</p>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const CLAUSES = [
  { key: 'longerTerm', label: 'Thời hạn dài hơn áp dụng cho cả hồ sơ đã nộp', without: 'Không có điều khoản: giữ ngày đã hẹn với người nộp.' },
  { key: 'higherFee', label: 'Phí, lệ phí cao hơn áp dụng cho cả hồ sơ đã nộp', without: 'Không có điều khoản: không thu thêm đồng nào.' },
  { key: 'newDemands', label: 'Câu hỏi, giấy tờ mới đòi cả hồ sơ đã nộp', without: 'Không có điều khoản: không đòi thêm khi người nộp bổ sung.' },
] as const

/** By default nothing worse reaches who handed in before. */
function Clauses({ view: { plan, write, errors } }: { view: MappingView }) {
  return (
    <section aria-labelledby="at-clauses">
      <h2 id="at-clauses">Điều khoản chuyển tiếp</h2>
      <p class="soft">Người đã nộp được hưởng mức có lợi hơn giữa hai phiên bản. Chỉ khi văn bản nói khác mới ghi điều khoản, kèm số và ký hiệu văn bản; người nộp được báo điều khoản đó, và dù chỉ một hồ sơ cũng phải có người thứ hai xác nhận.</p>
      <div class="clauses">
        {CLAUSES.map(({ key, label, without }) => (
          <div>
            <label for={`clause-${key}`}>{label}</label>
            {write ? <input id={`clause-${key}`} name={`clause.${key}`} value={plan.clauses[key] ?? ''} placeholder="Điều 5 khoản 2 Nghị định 118/2025/NĐ-CP" maxLength={300} {...invalid(errors, `clause.${key}`)} /> : <p><b>{plan.clauses[key] ?? 'Không áp dụng'}</b></p>}
            <Fault errors={errors} of={`clause.${key}`} />
            {!plan.clauses[key] && <p class="soft">{without}</p>}
          </div>
        ))}
      </div>
    </section>
  )
}
