// What the answers of a form may be, for reckoning with fee tables: kinds, options, bounds, and what cannot be because it is not asked.

import type { Domain } from '#core/dmn/index.ts'
import type { Question, Section } from '#core/form/types.ts'
import type { ProcedureRecord } from './record.ts'

const KINDS: Readonly<Partial<Record<Question['type'], Domain['kind']>>> = {
  number: 'number', integer: 'number', money: 'number', year: 'number', date: 'date', checkbox: 'boolean', select: 'string', radio: 'string', catalog: 'string', text: 'string', address: 'string',
}

interface Asked {
  readonly question: Question
  /** When it is asked; null: always. */
  readonly visible: string | null
}

function asked(record: Pick<ProcedureRecord, 'form'>): Asked[] {
  return record.form.sections.flatMap((section: Section) => section.questions.map((question) => {
    const conditions = [section.visibleWhen, question.visibleWhen].filter((one): one is string => one !== undefined)
    return { question, visible: conditions.length === 0 ? null : conditions.map((one) => `(${one})`).join(' and ') }
  }))
}

function domainOf({ question, visible }: Asked): Domain | null {
  const kind = KINDS[question.type]
  if (!kind) return null
  const nullable = !(question.required && visible === null)
  const bound = (value: unknown): number | string | undefined => (typeof value === (kind === 'date' ? 'string' : 'number') && (kind !== 'date' || /^\d{4}-\d\d-\d\d$/.test(value as string)) ? (value as number | string) : undefined)
  if (kind === 'number') return { kind, nullable, integer: question.type !== 'number', min: bound(question.min) ?? 0, max: bound(question.max) }
  if (kind === 'date') return { kind, nullable, min: bound(question.min), max: bound(question.max) }
  return { kind, nullable, ...(question.options ? { values: question.options.map((option) => option.value) } : {}) }
}

export interface FeeWorld {
  readonly domains: ReadonlyMap<string, Domain>
  /** By key of the question: what no filled-in form says of it. */
  readonly impossible: ReadonlyMap<string, readonly string[]>
}

/** Amounts, areas and counts are never below zero, whether or not the form says so. Days before the record is in force do not matter. */
export function feeWorld(record: Pick<ProcedureRecord, 'form' | 'channels'> & { readonly effectiveFrom?: string; readonly effectiveTo?: string | null }): FeeWorld {
  const domains = new Map<string, Domain>([
    ['channel', { kind: 'string', values: record.channels.map((one) => one.channel) }],
    ['receivedOn', { kind: 'date', min: record.effectiveFrom, max: record.effectiveTo ?? undefined }],
  ])
  const impossible = new Map<string, string[]>()
  for (const one of asked(record)) {
    const domain = domainOf(one)
    const { question, visible } = one
    if (!domain) continue
    domains.set(`form.${question.key}`, domain)
    const must = question.required ? 'true' : question.requiredWhen
    const never = [
      ...(visible === null ? [] : [`if ${visible} then false else form.${question.key} != null`]),
      ...(must === undefined || !domain.nullable ? [] : [`if ${[visible, must === 'true' ? null : `(${must})`].filter(Boolean).join(' and ') || 'true'} then form.${question.key} = null else false`]),
    ]
    if (never.length > 0) impossible.set(question.key, never)
  }
  return { domains, impossible }
}
