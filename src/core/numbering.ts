// Numbers without gaps: taken inside the transaction that uses them, so a rolled back act gives its number back.

import { sql } from 'kysely'
import type { Tx } from './db/index.ts'

/** The next number of a series, from 1. Holds the series until the transaction ends; takers of the same series queue up. */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into core.counter (series, last) values (${series}, 1)
    on conflict (series) do update set last = core.counter.last + 1 returning last`.execute(tx)
  return rows[0]!.last
}

/** Fills a dated template such as `{agency}-{yyMMdd}-{seq:4}`. `on` is a local date 'YYYY-MM-DD'. Throws on an unknown placeholder. */
export function fillNumber(template: string, parts: { agency: string; on: string; seq: number }): string {
  return template.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => {
    if (name === 'agency') return parts.agency
    if (name === 'yyyyMMdd') return parts.on.replaceAll('-', '')
    if (name === 'yyMMdd') return parts.on.replaceAll('-', '').slice(2)
    if (name === 'yyyy') return parts.on.slice(0, 4)
    const width = /^seq(?::(\d+))?$/.exec(name)
    if (width) return String(parts.seq).padStart(Number(width[1] ?? 1), '0')
    throw new Error(`Mẫu số có phần không hiểu được: ${whole}`)
  })
}
