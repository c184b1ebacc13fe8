// A condition as rows of lists that an official fills in, with what it says as a sentence; FEEL that lists cannot show stays as it is.

import type { ComponentChildren } from 'preact'
import { conditionSentence, type Join, listed, type Offer, offersFor, operandText, type PostedCondition, type Row, spanWords, type Subject } from '#core/form/build/index.ts'
import { Details, Icon } from '#ui/index.ts'

export interface ConditionProps {
  /** Beginning of the input names: `visibleWhen`. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly feel: string | undefined
  /** What has just been posted, rows that are not finished among them. */
  readonly posted?: PostedCondition | null
  readonly subjects: readonly Subject[]
  /** What holds while there is no condition. */
  readonly without: string
  readonly faults?: readonly string[]
}

interface Shown {
  readonly join: Join
  readonly groups: readonly (readonly Row[])[]
}

const EMPTY: Row = { group: 0, subject: '', op: '', value: '' }

function shownOf(feel: string | undefined, posted: PostedCondition | null | undefined, subjects: readonly Subject[]): Shown | null {
  if (posted && posted.mode === 'words') {
    const groups = [...new Set(posted.rows.map(({ group }) => group))].map((no) => posted.rows.filter((row) => row.group === no && row.subject)).filter((group) => group.length > 0)
    return { join: posted.join, groups }
  }
  const condition = listed(feel, subjects)
  return condition && { join: condition.join, groups: condition.groups.map((group, at) => group.map((test) => ({ group: at, subject: test.subject, op: test.op, value: operandText(test.operand) }))) }
}

/** Whether every row that was begun says something whole. */
export const isPending = (posted: PostedCondition | null, subjects: readonly Subject[]): boolean =>
  posted?.mode === 'words' && posted.rows.some((row) => {
    const offer = offerOf(row, subjects)
    return row.subject !== '' && offer !== undefined && offer.operand !== 'none' && row.value === ''
  })

const offerOf = (row: Row, subjects: readonly Subject[]): Offer | undefined => {
  const subject = subjects.find(({ ref }) => ref === row.subject)
  const offers = subject ? offersFor(subject.type) : []
  return offers.find(({ op }) => op === row.op) ?? offers[0]
}

export function ConditionBuilder({ name, label, hint, feel, posted, subjects, without, faults = [] }: ConditionProps) {
  const shown = shownOf(feel, posted, subjects)
  const sentence = feel ? conditionSentence(feel, subjects) : null
  const inner = shown?.join === 'any' ? 'và' : 'hoặc'
  return (
    <fieldset class="cond" id={`at-${name}`} data-cond>
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div data-b-fresh={`said-${name}`}>
      <p class={feel ? 'cond-said' : 'cond-said soft'}>{feel ? (sentence ? <>Khi {sentence}.</> : 'Điều kiện này viết bằng biểu thức, danh sách chọn không diễn hết được; được giữ nguyên.') : without}</p>
      {isPending(posted ?? null, subjects) && <p class="soft"><Icon name="info" /> Dòng nào chưa chọn đủ thì chưa được tính; chọn nốt câu trả lời ở dòng đó.</p>}
      {faults.map((fault) => <p class="error"><Icon name="alert" /> {fault}</p>)}
      </div>
      {shown && (
        <>
          {shown.groups.length > 1
            ? <label class="cond-join"><span class="sr">Nối các dòng</span><select name={`${name}.join`}><option value="all" selected={shown.join === 'all'}>Phải đúng tất cả các dòng</option><option value="any" selected={shown.join === 'any'}>Chỉ cần đúng một dòng</option></select></label>
            : <input type="hidden" name={`${name}.join`} value={shown.join} />}
          <ol class="cond-rows">
            {shown.groups.map((group, at) => (
              <li>
                {group.map((row, no) => <>{no > 0 && <span class="cond-word">{inner}</span>}<ConditionRow at={`${name}.${at}.${no}`} row={row} subjects={subjects} no={at + 1} /></>)}
                <Details summary={`Thêm “${inner}” vào dòng này`}><ConditionRow at={`${name}.${at}.${group.length}`} row={EMPTY} subjects={subjects} no={at + 1} /></Details>
              </li>
            ))}
            <li class="cond-new"><ConditionRow at={`${name}.${shown.groups.length}.0`} row={EMPTY} subjects={subjects} no={shown.groups.length + 1} /></li>
          </ol>
        </>
      )}
      <Details summary="Viết bằng biểu thức FEEL" open={shown === null || posted?.mode === 'feel'}>
        <div class="cond-feel">
          <label class="choice"><input type="radio" name={`${name}.mode`} value="words" checked={shown !== null} /><span>Dùng các dòng chọn ở trên{shown === null && ' (bỏ biểu thức bên dưới)'}</span></label>
          <label class="choice"><input type="radio" name={`${name}.mode`} value="feel" checked={shown === null} /><span>Dùng biểu thức này</span></label>
          <label class="label" for={`${name}-feel`}><span class="sr">{label}: </span>Biểu thức</label>
          <textarea id={`${name}-feel`} name={`${name}.feel`} rows={2} spellcheck={false} class="mono">{posted?.mode === 'feel' ? posted.feel : (feel ?? '')}</textarea>
        </div>
      </Details>
    </fieldset>
  )
}

function ConditionRow({ at, row, subjects, no }: { at: string; row: Row; subjects: readonly Subject[]; no: number }) {
  const subject = subjects.find(({ ref }) => ref === row.subject)
  const offers = subject ? offersFor(subject.type) : []
  const offer = offerOf(row, subjects)
  return (
    <span class="cond-row">
      <select name={`${at}.subject`} aria-label={`Dòng ${no}: câu hỏi`} data-redraw>
        <option value="">{row.subject ? '– Bỏ dòng này –' : '– Thêm điều kiện: chọn câu hỏi –'}</option>
        {subjects.map((one) => <option value={one.ref} selected={one.ref === row.subject}>{one.label}</option>)}
      </select>
      {subject && <select name={`${at}.op`} aria-label={`Dòng ${no}: so sánh`} data-redraw>{offers.map((one) => <option value={one.op} selected={one === offer}>{one.words.replace(' … ', ' ')}</option>)}</select>}
      {subject && offer && offer.operand !== 'none' && <Value at={`${at}.value`} unit={`${at}.unit`} no={no} value={row.value} offer={offer} subject={subject} subjects={subjects} />}
    </span>
  )
}

const UNITS = [['D', 'ngày'], ['M', 'tháng'], ['Y', 'năm']] as const

function Value({ at, unit, no, value, offer, subject, subjects }: { at: string; unit: string; no: number; value: string; offer: Offer; subject: Subject; subjects: readonly Subject[] }): ComponentChildren {
  const label = `Dòng ${no}: giá trị`
  // A day or a figure may be compared with another answer of the same kind.
  const alike = offer.operand === 'day' || offer.operand === 'number' ? subjects.filter((one) => one.ref !== subject.ref && one.type === subject.type) : []
  if (offer.operand === 'span') {
    const [, count = '', of = 'D'] = /^P(\d+)([DMY])$/.exec(value) ?? []
    return <span class="cond-span"><input name={at} value={count} inputMode="numeric" class="w4" aria-label={label} title={value ? spanWords(value) : undefined} /><select name={unit} aria-label={`${label}, đơn vị`}>{UNITS.map(([code, word]) => <option value={code} selected={code === of}>{word}</option>)}</select></span>
  }
  if (offer.operand === 'option' && subject.options.length > 0) {
    const known = value === '' || subject.options.some((one) => one.value === value)
    return <select name={at} aria-label={label}><option value="">– Chọn –</option>{!known && <option value={value} selected>{value} (không còn lựa chọn này)</option>}{subject.options.map((one) => <option value={one.value} selected={one.value === value}>{one.label}</option>)}</select>
  }
  const list = alike.length > 0 ? `${at}-others` : undefined
  return (
    <>
      <input name={at} value={offer.operand === 'day' ? value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1') : value} inputMode={offer.operand === 'number' ? 'decimal' : undefined} class={offer.operand === 'text' || offer.operand === 'option' ? undefined : 'w12'} placeholder={offer.operand === 'day' ? 'ngày/tháng/năm' : undefined} aria-label={label} list={list} autocomplete="off" />
      {list && <datalist id={list}>{alike.map((one) => <option value={`ref:${one.ref}`}>{one.label}</option>)}</datalist>}
    </>
  )
}
