// Fields of a part's form: their names are places in the record (ui/part-form.ts), their ids the paths by which faults lead to them.

import type { ComponentChildren } from 'preact'
import { formatDate } from '#core/text/index.ts'
import { Button, Form, Icon } from '#ui/index.ts'
import { partHost } from './frame.tsx'
import { draftHref } from './tab-list.ts'
import type { Draft, DraftPart } from '#modules/procedures/index.ts'

/** The form of one part: saved by itself while it is written, and by its button without a script. */
export function PartForm({ draft, part, tab, write, children }: { draft: Draft; part: DraftPart; tab: string; write: boolean; children: ComponentChildren }) {
  return (
    <Form action={draftHref(draft.id, `parts/${part}`)} class="part-form" attributes={{ ...partHost(draft, part, write), 'data-part-draw': draftHref(draft.id, `${tab}/drawing`) }}>
      <input type="hidden" name="_base" value={String(draft.revision)} />
      <fieldset disabled={!write || undefined}>
        {children}
        {write && <div class="actions part-save"><Button look="primary" busyText="Đang lưu…">Lưu</Button><span class="soft">Phần này tự lưu trong lúc viết.</span></div>}
      </fieldset>
    </Form>
  )
}

export function Block({ title, lead, id, children }: { title: string; lead?: string; id: string; children: ComponentChildren }) {
  return (
    <section class="block" aria-labelledby={`at-${id}`}>
      <div class="block-head"><h2 id={`at-${id}`}>{title}</h2>{lead && <p class="soft">{lead}</p>}</div>
      <div class="block-body" id={id}>{children}</div>
    </section>
  )
}

/** A second way to write the same place (its name ends with a colon) has an id of its own. */
const idOf = (name: string): string => (name.endsWith(':') ? `${name.slice(0, -1)}--own` : name.split(':')[0]!)

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: ComponentChildren
  /** What the label says beyond what is seen, for lists of like rows. */
  readonly hidden?: string
}

function Field({ name, label, hint, hidden, children }: FieldProps & { children: ComponentChildren }) {
  const id = idOf(name)
  return (
    <div class="q">
      <label class="label" for={id}>{label}{hidden && <span class="sr">, {hidden}</span>}</label>
      {hint && <p class="hint" id={`${id}--hint`}>{hint}</p>}
      {children}
    </div>
  )
}

export interface TextProps extends FieldProps {
  readonly value: unknown
  /** More than one line: so many at the least. */
  readonly rows?: number
  readonly chars?: 4 | 8 | 12 | 16
  readonly example?: string
  readonly list?: string
  /** What cannot be mended here: codes that others refer to. */
  readonly readOnly?: boolean
}

const shown = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('vi-VN', { useGrouping: false }) : typeof value === 'string' ? value : Array.isArray(value) ? value.join('\n') : '')

export function Text(props: TextProps) {
  const { name, value, rows, chars, example, list, readOnly, hint } = props
  const own = { id: idOf(name), name, 'aria-describedby': hint ? `${idOf(name)}--hint` : undefined, placeholder: example && `Ví dụ: ${example}`, readOnly }
  return (
    <Field {...props}>
      {rows ? <textarea {...own} rows={rows}>{shown(value)}</textarea> : <input {...own} value={shown(value)} class={chars && `w${chars}`} list={list} autocomplete="off" inputMode={name.endsWith(':n') ? 'decimal' : undefined} />}
    </Field>
  )
}

/** A date as people write it, 24/11/2026; what is no date stays as it was written, for the check to say so. */
export function Day({ name, value, label, hint }: FieldProps & { value: unknown }) {
  const iso = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
  return (
    <Field name={name} label={label} hint={hint}>
      <input id={name} name={`${name}:d`} value={iso ? formatDate(value) : shown(value)} class="w12" inputMode="numeric" data-typing="date" placeholder="ngày/tháng/năm" autocomplete="off" maxLength={20} aria-describedby={hint ? `${name}--hint` : undefined} />
    </Field>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

export const choicesOf = (labels: Readonly<Record<string, string>>): Choice[] => Object.entries(labels).map(([value, label]) => ({ value, label }))

/** One of several; a value that is not offered stays to be seen. */
export function Select(props: FieldProps & { value: unknown; choices: readonly Choice[]; none?: string }) {
  const { name, value, choices, none = '– Chọn –', hint } = props
  const now = typeof value === 'boolean' ? String(value) : shown(value)
  const known = now === '' || choices.some((one) => one.value === now)
  return (
    <Field {...props}>
      <select id={idOf(name)} name={name} aria-describedby={hint ? `${idOf(name)}--hint` : undefined}>
        <option value="">{none}</option>
        {!known && <option value={now} selected>{now}</option>}
        {choices.map((one) => <option value={one.value} selected={one.value === now}>{one.label}</option>)}
      </select>
    </Field>
  )
}

/** Several of several. */
export function Checks({ name, label, hint, value, choices }: FieldProps & { value: unknown; choices: readonly Choice[] }) {
  const chosen = Array.isArray(value) ? (value as unknown[]) : []
  // In the order in which the record has them, so that saving does not turn it round.
  const place = (one: Choice) => (chosen.includes(one.value) ? chosen.indexOf(one.value) : chosen.length)
  const ordered = [...choices].sort((a, b) => place(a) - place(b))
  return (
    <fieldset class="q" id={name}>
      <legend class="label">{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <input type="hidden" name={`${name}:a`} value="" />
      <div class="checks">
        {ordered.map((one) => <label class="choice"><input type="checkbox" name={`${name}[]`} value={one.value} checked={chosen.includes(one.value)} /><span>{one.label}</span></label>)}
      </div>
    </fieldset>
  )
}

export interface RowsProps<Row> {
  /** Place of the list in the record. */
  readonly name: string
  readonly rows: readonly Row[]
  /** One row; `at` is its place (`legalBasis[2]`), `row` null for the one that is added, `no` what a reader calls it. */
  readonly each: (at: string, row: Row | null, no: string) => ComponentChildren
  readonly add: string
  readonly empty?: string
  /** Where lists lie in one another, the inner one has a mark of its own for its number. */
  readonly mark?: string
  readonly tight?: boolean
  /** The record leaves the list out when it is empty. */
  readonly optional?: boolean
}

/** Rows that can be added and taken out. Without a script there is always one empty row to fill in. */
export function Rows<Row>({ name, rows, each, add, empty, mark = '__i__', tight, optional }: RowsProps<Row>) {
  const id = `rows-${name}`
  const line = (row: Row | null, i: string) => (
    <div class={tight ? 'part-row tight' : 'part-row'} data-row={i} id={`${name}[${i}]`}>
      <div class="part-row-fields">{each(`${name}[${i}]`, row, row === null ? 'mục mới' : `mục ${Number(i) + 1}`)}</div>
      <button type="button" class="btn quiet part-row-drop" data-row-drop title="Bỏ mục này"><Icon name="trash" /><span class="sr">Bỏ {row === null ? 'mục mới' : `mục ${Number(i) + 1}`}</span></button>
    </div>
  )
  return (
    <div class="part-rows-of">
      <div class="part-rows" id={id} data-row-mark={mark}>
        {!optional && <input type="hidden" name={`${name}:a`} value="" />}
        {rows.map((row, i) => line(row, String(i)))}
        {rows.length === 0 && empty && <p class="soft">{empty}</p>}
        <template>{line(null, mark)}</template>
        {/* A noscript within a noscript would end the outer one. */}
        {mark === '__i__' && <noscript>{line(null, String(rows.length))}</noscript>}
      </div>
      <button type="button" class="btn secondary part-row-add" data-row-add={id}><Icon name="plus" /><span>{add}</span></button>
    </div>
  )
}
