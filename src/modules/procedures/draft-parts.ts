// The parts into which a draft is cut: which keys of the record each editor of the workshop owns, and how a part is taken out and put back.

import type { Json } from './merge.ts'

export const DRAFT_PARTS = ['basics', 'process', 'form', 'parts', 'fees', 'texts', 'reasons', 'cases', 'decision'] as const
export type DraftPart = (typeof DRAFT_PARTS)[number]

/** Keys of the record by part. Each key is in one part; `format` and `code` are in none: they never change. */
export const PART_KEYS: Readonly<Record<DraftPart, readonly string[]>> = {
  basics: ['name', 'summary', 'keywords', 'field', 'ministry', 'levels', 'targets', 'online', 'term', 'channels', 'competence', 'conditions', 'extension', 'results', 'legalBasis', 'notes', 'sources'],
  process: ['steps', 'bpmn'],
  form: ['form'],
  parts: ['parts', 'partCases'],
  fees: ['fees', 'exemptions', 'feeDmn'],
  texts: ['texts'],
  reasons: ['reasons'],
  cases: ['cases'],
  decision: ['decision', 'effectiveFrom', 'effectiveTo'],
}

export const isDraftPart = (name: string): name is DraftPart => (DRAFT_PARTS as readonly string[]).includes(name)

/** The value of a part: an object of its keys, those that are there. */
export type PartValue = { readonly [key: string]: Json }

/** A record that may be unfinished. */
export type DraftRecord = { readonly [key: string]: Json }

export const partOf = (record: DraftRecord, part: DraftPart): PartValue =>
  Object.fromEntries(PART_KEYS[part].flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])))

/** The record with this part in place of its own. */
export function withPart(record: DraftRecord, part: DraftPart, value: PartValue): DraftRecord {
  const rest = Object.fromEntries(Object.entries(record).filter(([key]) => !PART_KEYS[part].includes(key)))
  return { ...rest, ...value }
}

/** The part in which a path of the record is mended (`steps[3].role` → process); basics for what belongs to none. */
export function partAt(path: string): DraftPart {
  const head = /^[A-Za-z]+/.exec(path)?.[0] ?? ''
  return DRAFT_PARTS.find((part) => PART_KEYS[part].includes(head)) ?? 'basics'
}
