// One row of a fee's table as a form of plain questions; one khoản; one ground of exemption.

import type { PostedCondition, Subject } from '#core/form/build/index.ts'
import type { FieldError } from '#core/errors.ts'
import { channelLabels, collectAtLabels, type Draft, type Exemption, type Fee, type FeeFault, feeKindLabels, type FeePart, type FeeView, type Rate } from '#modules/procedures/index.ts'
import { Actions, Button, DayInput, Details, Form, LinkButton } from '#ui/index.ts'
import { ConditionBuilder } from '../builder/condition.tsx'
import { Block } from '../fields.tsx'
import { Faults, feesHref, itemHref, rowHref } from './screen.tsx'

/** What a form was opened with, so that somebody else's change in between is seen. */
function Seen({ draft, part }: { draft: Draft; part: FeePart }) {
  return <><input type="hidden" name="_base" value={String(draft.revision)} /><input type="hidden" name="_seen" value={Buffer.from(JSON.stringify(part)).toString('base64url')} /></>
}

const faultOf = (faults: readonly FieldError[], key: string) => faults.find((one) => one.key === key)?.message

function Field({ id, label, hint, fault, value, ...more }: { id: string; label: string; hint?: string; fault?: string; value: string; class?: string; rows?: number; type?: 'date'; inputMode?: 'numeric'; placeholder?: string; suffix?: string }) {
  const { rows, suffix, type, ...input } = more
  const described = [hint && `${id}--hint`, fault && `${id}--error`].filter(Boolean).join(' ') || undefined
  const own = { id, name: id, value, class: input.class, autocomplete: 'off', 'aria-describedby': described, 'aria-invalid': fault ? true : undefined } as const
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}--hint`}>{hint}</p>}
      {fault && <p class="error" id={`${id}--error`}>{fault}</p>}
      {rows ? <textarea id={id} name={id} rows={rows} aria-describedby={described}>{value}</textarea>
        : <span class="fee-with">{type === 'date' ? <DayInput id={id} name={id} value={value} aria-describedby={described} aria-invalid={fault ? true : undefined} /> : <input {...own} {...input} />}{suffix && <span>{suffix}</span>}</span>}
    </div>
  )
}

export interface RateTyped {
  readonly amount: string
  readonly formula: string
  readonly count: string
  readonly word: string
  readonly beyond: string
  readonly most: string
  readonly channels: readonly string[]
  readonly from: string
  readonly until: string
  readonly whenText: string
  readonly legal: string
}

export interface RateForm {
  readonly draft: Draft
  readonly view: FeeView
  readonly fee: Fee
  /** null for a new row */
  readonly id: string | null
  /** its place as the table shows it */
  readonly no: number
  readonly seen: FeePart
  readonly typed: RateTyped
  readonly feel: string | undefined
  readonly posted: PostedCondition | null
  readonly subjects: readonly Subject[]
  readonly faults: readonly FieldError[]
  /** Of the table as it would be with this row. */
  readonly whole: readonly FeeFault[]
}

const grouped = (vnd: number | undefined): string => (vnd === undefined ? '' : String(vnd).replace(/\B(?=(\d{3})+$)/g, '.'))

export const typedOf = (rate: Partial<Rate>): RateTyped => ({
  amount: grouped(rate.amount), formula: rate.formula ?? '', count: rate.per?.count ?? '', word: rate.per?.word ?? '', beyond: rate.per?.beyond ? String(rate.per.beyond) : '', most: grouped(rate.per?.most),
  channels: rate.channels ?? [], from: rate.from ?? '', until: rate.until ?? '', whenText: rate.whenText ?? '', legal: rate.legal ?? '',
})

/** Questions that count something: numbers and tables. */
export const countable = ({ record }: FeeView) => record.form.sections.flatMap((section) => section.questions).filter((question) => ['number', 'integer', 'table'].includes(question.type))

export function RateScreen(form: RateForm) {
  const { draft, view, fee, id, no, typed, faults, whole } = form
  const at = rowHref(draft, fee.code, id ?? 'moi')
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/builder.css" />
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={feesHref(draft)}>Bảng phí</a> › {fee.name}</p>
      <h2 class="fee-title">{id ? `Dòng ${no} của “${fee.name}”` : `Dòng mới của “${fee.name}”`}</h2>
      <Form action={at} class="part-form" attributes={{ 'data-fee-form': `${at}/drawing` }}>
        <Seen draft={draft} part={form.seen} />
        <Block id="who" title="Ai, khi nào" lead="Dòng này áp dụng cho những hồ sơ nào. Mỗi hồ sơ phải khớp đúng một dòng của khoản thu.">
          <div id="fee-cond" data-drawn><ConditionBuilder name="when" label="Điều kiện" feel={form.feel} posted={form.posted} subjects={form.subjects} without="Mọi trường hợp." faults={faults.filter((one) => one.key === 'when').map((one) => one.message)} />
            <noscript><Button name="_redraw" value="1">Cập nhật các ô điều kiện</Button></noscript></div>
          <fieldset class="q"><legend class="label">Kênh nộp</legend><p class="hint">Không đánh dấu kênh nào là áp dụng cho mọi kênh.</p>
            <div class="checks">{view.record.channels.map(({ channel }) => <label class="choice"><input type="checkbox" name="channels" value={channel} checked={typed.channels.includes(channel)} /><span>{channelLabels[channel]}</span></label>)}</div>
            {faultOf(faults, 'channels') && <p class="error">{faultOf(faults, 'channels')}</p>}
          </fieldset>
          <div class="pair">
            <Field id="from" label="Từ ngày" type="date" class="w12" value={typed.from} fault={faultOf(faults, 'from')} hint="Để trống: từ trước đến nay." />
            <Field id="until" label="Đến hết ngày" type="date" class="w12" value={typed.until} fault={faultOf(faults, 'until')} hint="Để trống: không hạn cuối." />
          </div>
        </Block>
        <Block id="much" title="Thu bao nhiêu">
          <Field id="amount" label="Số tiền" suffix="đồng" class="w12" inputMode="numeric" value={typed.amount} fault={faultOf(faults, 'amount')} hint="Số đồng nguyên; không thu thì ghi 0." />
          <fieldset class="q"><legend class="label">Tính theo số lượng</legend><p class="hint">Để trống nếu thu một lần cho cả hồ sơ.</p>
            <div class="pair">
              <div class={faultOf(faults, 'count') ? 'q wrong' : 'q'}><label class="label" for="count">Mỗi</label>{faultOf(faults, 'count') && <p class="error">{faultOf(faults, 'count')}</p>}
                <select id="count" name="count"><option value="">– Thu một lần –</option>{countable(view).map((question) => <option value={question.key} selected={question.key === typed.count}>{question.type === 'table' ? `dòng của bảng “${question.label}”` : `đơn vị của câu “${question.label}”`}</option>)}</select></div>
              <Field id="word" label="Gọi là" value={typed.word} placeholder="bản, người, m²" class="w12" />
              <Field id="beyond" label="Không thu số đầu tiên" value={typed.beyond} inputMode="numeric" class="w4" fault={faultOf(faults, 'beyond')} hint="Ví dụ 2: thu từ bản thứ 3." />
              <Field id="most" label="Nhiều nhất" suffix="đồng" value={typed.most} inputMode="numeric" class="w12" fault={faultOf(faults, 'most')} />
            </div>
          </fieldset>
          <Details summary="Tính bằng công thức (FEEL)" open={typed.formula !== '' || faults.some((one) => one.key === 'formula')}>
            <Field id="formula" label="Công thức" rows={2} value={typed.formula} fault={faultOf(faults, 'formula')} hint="Chỉ khi số tiền và số lượng ở trên không nói được. Ghi công thức thì để trống số tiền." />
          </Details>
        </Block>
        <Block id="law" title="Căn cứ">
          <Field id="legal" label="Văn bản, điều khoản" rows={2} value={typed.legal} placeholder="Điều 4 Thông tư 226/2016/TT-BTC" hint="Người dân và cán bộ thấy ngay dưới số tiền." />
          <Field id="whenText" label="Diễn giải cho người dân" rows={2} value={typed.whenText} hint="Một câu thường, nếu cần." />
        </Block>
        <div class="fee-after"><h3>Cả bảng, nếu lưu dòng này</h3><Faults faults={whole} id="row-faults" /></div>
        <Actions sticky>
          <Button look="primary" busyText="Đang lưu…">Lưu dòng</Button>
          <LinkButton look="quiet" href={feesHref(draft)}>Quay lại, không lưu</LinkButton>
        </Actions>
        {id && <div class="fee-more"><Button icon="up" name="_act" value="up">Lên một dòng</Button><Button icon="down" name="_act" value="down">Xuống một dòng</Button><Button look="danger" icon="trash" name="_act" value="drop">Bỏ dòng này</Button></div>}
      </Form>
      <script type="module" src="/assets/heavy/feetable.js" />
    </div>
  )
}

export interface ItemTyped {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly collectAt: string
  readonly legal: string
  readonly whenText: string
}

export function ItemScreen({ draft, seen, isNew, typed, feel, posted, subjects, faults }: {
  draft: Draft; seen: FeePart; isNew: boolean; typed: ItemTyped; feel: string | undefined; posted: PostedCondition | null; subjects: readonly Subject[]; faults: readonly FieldError[]
}) {
  const at = itemHref(draft, isNew ? 'moi' : typed.code)
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/builder.css" />
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={feesHref(draft)}>Bảng phí</a> › {isNew ? 'Khoản mới' : typed.name}</p>
      <h2 class="fee-title">{isNew ? 'Khoản thu mới' : 'Sửa khoản thu'}</h2>
      <Form action={at} class="part-form" attributes={{ 'data-fee-form': `${at}/drawing` }}>
        <Seen draft={draft} part={seen} />
        <Block id="what" title="Khoản thu" lead="Phí bù chi phí dịch vụ, lệ phí ấn định khi làm việc quản lý nhà nước (Luật Phí và lệ phí 97/2015/QH13, Điều 3).">
          <Field id="name" label="Tên khoản thu" value={typed.name} fault={faultOf(faults, 'name')} rows={1} />
          <div class="pair">
            <div class="q"><label class="label" for="kind">Loại</label><select id="kind" name="kind">{Object.entries(feeKindLabels).map(([value, label]) => <option value={value} selected={value === typed.kind}>{label}</option>)}</select></div>
            <div class="q"><label class="label" for="collectAt">Thu lúc nào</label><select id="collectAt" name="collectAt">{Object.entries(collectAtLabels).map(([value, label]) => <option value={value} selected={value === typed.collectAt}>{label}</option>)}</select></div>
          </div>
          <Field id="code" label="Mã khoản thu" value={typed.code} fault={faultOf(faults, 'code')} class="w16" hint={isNew ? 'Chữ hoa không dấu, số, gạch nối; dùng để đối soát và không đổi về sau. Để trống thì máy đặt.' : 'Mã không đổi được: biên lai và đối soát đã dùng.'} />
        </Block>
        <Block id="gate" title="Chỉ thu khi" lead="Điều kiện cho cả khoản. Không đúng thì không thu khoản này.">
          <div id="fee-cond" data-drawn><ConditionBuilder name="when" label="Điều kiện" feel={feel} posted={posted} subjects={subjects} without="Mọi hồ sơ." />
            <noscript><Button name="_redraw" value="1">Cập nhật các ô điều kiện</Button></noscript></div>
          <Field id="whenText" label="Diễn giải cho người dân" rows={2} value={typed.whenText} />
        </Block>
        <Block id="law" title="Căn cứ"><Field id="legal" label="Văn bản, điều khoản" rows={2} value={typed.legal} hint="Dùng cho những dòng không ghi căn cứ riêng." /></Block>
        <Actions sticky>
          <Button look="primary" busyText="Đang lưu…">{isNew ? 'Lưu, rồi thêm mức thu' : 'Lưu khoản'}</Button>
          <LinkButton look="quiet" href={feesHref(draft)}>Quay lại, không lưu</LinkButton>
        </Actions>
        {!isNew && <div class="fee-more"><Button look="danger" icon="trash" name="_act" value="drop">Bỏ khoản này</Button></div>}
      </Form>
      <script type="module" src="/assets/heavy/feetable.js" />
    </div>
  )
}

export function ExemptionScreen({ draft, seen, at, typed, feel, posted, subjects, faults }: {
  draft: Draft; seen: FeePart; at: number | 'moi'; typed: { text: string; percent: string; fees: readonly string[] }; feel: string | undefined; posted: PostedCondition | null; subjects: readonly Subject[]; faults: readonly FieldError[]
}) {
  const action = feesHref(draft, `/exemptions/${at}`)
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/builder.css" />
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <p><a href={feesHref(draft)}>Bảng phí</a> › Miễn, giảm</p>
      <h2 class="fee-title">{at === 'moi' ? 'Diện miễn, giảm mới' : 'Sửa diện miễn, giảm'}</h2>
      <Form action={action} class="part-form" attributes={{ 'data-fee-form': `${action}/drawing` }}>
        <Seen draft={draft} part={seen} />
        <Block id="whom" title="Diện nào">
          <Field id="text" label="Nói cho người dân" rows={2} value={typed.text} fault={faultOf(faults, 'text')} placeholder="Người thuộc hộ nghèo được miễn lệ phí." />
          <div id="fee-cond" data-drawn><ConditionBuilder name="when" label="Khi" feel={feel} posted={posted} subjects={subjects} without="Chưa có điều kiện." faults={faults.filter((one) => one.key === 'when').map((one) => one.message)} />
            <noscript><Button name="_redraw" value="1">Cập nhật các ô điều kiện</Button></noscript></div>
        </Block>
        <Block id="how" title="Giảm bao nhiêu">
          <Field id="percent" label="Giảm" suffix="%" class="w4" inputMode="numeric" value={typed.percent} fault={faultOf(faults, 'percent')} hint="100 là miễn." />
          <fieldset class="q"><legend class="label">Cho khoản nào</legend><p class="hint">Không đánh dấu khoản nào là cho mọi khoản.</p>
            <div class="checks">{seen.fees.map((fee) => <label class="choice"><input type="checkbox" name="fees" value={fee.code} checked={typed.fees.includes(fee.code)} /><span>{fee.name}</span></label>)}</div></fieldset>
        </Block>
        <Actions sticky>
          <Button look="primary" busyText="Đang lưu…">Lưu</Button>
          <LinkButton look="quiet" href={feesHref(draft)}>Quay lại, không lưu</LinkButton>
        </Actions>
        {at !== 'moi' && <div class="fee-more"><Button look="danger" icon="trash" name="_act" value="drop">Bỏ diện này</Button></div>}
      </Form>
      <script type="module" src="/assets/heavy/feetable.js" />
    </div>
  )
}

export const exemptionTyped = (one: Partial<Exemption>) => ({ text: one.text ?? '', percent: String(one.percent ?? 100), fees: one.fees ?? [] })
