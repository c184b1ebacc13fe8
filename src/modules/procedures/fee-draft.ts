// The fee part of a draft that may be unfinished: read so that words, faults and trials can be had of it, changed a row at a time.

import { readDraftForm } from '#core/form/build/index.ts'
import type { Decisions } from '#core/dmn/index.ts'
import type { DraftRecord } from './draft-parts.ts'
import { type FeeFault, feeFaults } from './fee-faults.ts'
import { published } from './fee-trace.ts'
import { asTable, type FeePart } from './rates-from.ts'
import { CHANNELS, COLLECT_AT, type Exemption, type Fee, type ProcedureRecord, type Rate } from './record.ts'

type Obj = { readonly [key: string]: unknown }
const isObj = (value: unknown): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly Obj[] => (Array.isArray(value) ? value.filter(isObj) : [])
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function readFee(raw: Obj, at: number): Fee {
  const code = textOf(raw.code) ?? `KHOAN_${at + 1}`
  const kind = raw.kind === 'phi' ? 'phi' : 'le_phi'
  const collectAt = COLLECT_AT.find((one) => one === raw.collectAt) ?? 'tiep_nhan'
  const rates = list(raw.rates).map((rate, i) => ({ ...rate, id: textOf(rate.id) ?? `dong_${i + 1}` }) as Rate)
  const { rates: _rates, ...rest } = raw
  return { ...(rest as Omit<Fee, 'rates'>), code, name: textOf(raw.name) ?? code, kind, collectAt, ...(rates.length > 0 ? { rates } : {}) }
}

/** The fees of a draft, each with what it must have to be shown. */
export function feePartOf(record: DraftRecord): FeePart {
  const exemptions = list(record.exemptions).map((raw) => ({ ...raw, text: textOf(raw.text) ?? '', when: textOf(raw.when) ?? 'false' }) as Exemption)
  const feeDmn = textOf(record.feeDmn)
  return { fees: list(record.fees).map(readFee), ...(exemptions.length > 0 ? { exemptions } : {}), ...(feeDmn ? { feeDmn } : {}) }
}

/** The draft as a record for fees only: what other parts have left open is filled with what there is nothing to go wrong with. */
export function feeRecord(record: DraftRecord, part: FeePart = feePartOf(record)): ProcedureRecord {
  const channels = list(record.channels).filter((one) => (CHANNELS as readonly unknown[]).includes(one.channel))
  const base = { code: textOf(record.code) ?? '0.000000', name: textOf(record.name) ?? '', form: readDraftForm(record.form), channels: channels.length > 0 ? channels : CHANNELS.map((channel) => ({ channel })) }
  const { fees: _f, exemptions: _e, feeDmn: _d, ...rest } = record
  return { ...rest, ...base, ...part, fees: [...part.fees] } as unknown as ProcedureRecord
}

export interface FeeView {
  readonly part: FeePart
  readonly record: ProcedureRecord
  /** Null when the tables cannot be run. */
  readonly tables: Decisions | null
  readonly faults: readonly FeeFault[]
  /** Why the tables cannot be run. */
  readonly broken: string | null
}

/** Everything a page about fees shows of a draft. Never throws. */
export async function feeView(record: DraftRecord, part: FeePart = feePartOf(record)): Promise<FeeView> {
  const whole = feeRecord(record, part)
  try {
    const { feeTables } = await published(whole)
    return { part, record: whole, tables: feeTables, faults: feeFaults(whole, feeTables), broken: null }
  } catch (error) {
    return { part, record: whole, tables: null, faults: [], broken: error instanceof Error ? error.message : String(error) }
  }
}

const channelsOf = (record: ProcedureRecord): string[] => record.channels.map((one) => one.channel)

/** The part with one row put in the place of another of its name, or added; the fee becomes a table when it was none. */
export function putRate(record: ProcedureRecord, part: FeePart, code: string, id: string | null, rate: Rate): FeePart {
  const fees = part.fees.map((fee) => {
    if (fee.code !== code) return fee
    const table = asTable(fee, channelsOf(record))
    const rates = table.rates ?? []
    const at = rates.findIndex((one) => one.id === id)
    return { ...table, rates: at < 0 ? [...rates, rate] : rates.with(at, rate) }
  })
  return { ...part, fees }
}

/** The part without one row. The last row of a fee goes too: the fee then has no amount yet, which the check says. */
export function dropRate(record: ProcedureRecord, part: FeePart, code: string, id: string): FeePart {
  const fees = part.fees.map((fee) => {
    if (fee.code !== code) return fee
    const { rates = [], ...rest } = asTable(fee, channelsOf(record))
    const left = rates.filter((one) => one.id !== id)
    return left.length === 0 ? rest : { ...rest, rates: left }
  })
  return { ...part, fees }
}

/** A row up or down by one. */
export function moveRate(record: ProcedureRecord, part: FeePart, code: string, id: string, by: -1 | 1): FeePart {
  const fees = part.fees.map((fee) => {
    if (fee.code !== code) return fee
    const table = asTable(fee, channelsOf(record))
    const rates = [...(table.rates ?? [])]
    const at = rates.findIndex((one) => one.id === id)
    const to = at + by
    if (at < 0 || to < 0 || to >= rates.length) return fee
    ;[rates[at], rates[to]] = [rates[to]!, rates[at]!]
    return { ...table, rates }
  })
  return { ...part, fees }
}

/** The next free name for a row. */
export function freeRateId(rates: readonly Rate[]): string {
  for (let n = rates.length + 1; ; n++) if (!rates.some((one) => one.id === `dong_${n}`)) return `dong_${n}`
}

const clean = (part: FeePart): FeePart => JSON.parse(JSON.stringify(part)) as FeePart
/** As a part is saved. */
export const feeValue = (part: FeePart): Record<string, never> => clean(part) as unknown as Record<string, never>
