// The national list itself, without HTTP: procedures with the change that touched each last, given since a change, page by page, and its ways to fail.

import type { Clock } from '#core/clock.ts'

/** A row as the national portal's lists give it. */
export interface NationalRow {
  readonly code: string
  readonly name: string
  readonly ministry: string
  readonly field: string
  readonly level: string
  readonly decision: string
  readonly type: string
  readonly applicants: string
}

export interface NationalFaults {
  /** Every answer is 500. */
  down: boolean
  /** Pages after the first are 500: the fetch dies midway. */
  diesMidway: boolean
  /** A page of a web server in the place of data. */
  nonsense: boolean
  /** Rows whose level nobody understands. */
  wrongRows: boolean
  /** Says that there is nothing at all. */
  empty: boolean
  slowMs: number
}

export const noNationalFaults = (): NationalFaults => ({ down: false, diesMidway: false, nonsense: false, wrongRows: false, empty: false, slowMs: 0 })

export interface NationalAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

interface Kept {
  row: NationalRow
  ended: boolean
  revision: number
}

const PAGE = 20

export class NationalTwin {
  readonly faults: NationalFaults = noNationalFaults()
  readonly key: string
  private readonly clock: Clock
  private readonly kept = new Map<string, Kept>()
  private revision = 1
  /** Answers given, oldest first: for the page and for tests. */
  readonly asked: string[] = []

  constructor(rows: readonly NationalRow[], key: string, clock: Clock) {
    this.key = key
    this.clock = clock
    for (const row of rows) this.kept.set(row.code, { row, ended: false, revision: 1 })
  }

  living(): NationalRow[] {
    return [...this.kept.values()].filter((one) => !one.ended).map((one) => one.row)
  }

  put(row: NationalRow): void {
    this.kept.set(row.code, { row, ended: false, revision: ++this.revision })
  }

  end(codes: readonly string[]): void {
    this.revision++
    for (const code of codes) {
      const known = this.kept.get(code)
      if (known) Object.assign(known, { ended: true, revision: this.revision })
    }
  }

  /** GET /v1/procedures?since=&page= */
  ask(key: string, since: string, page: number): NationalAnswer {
    const { faults } = this
    this.asked.push(`${this.clock.now().toISOString()} since=${since} page=${page}`)
    if (this.asked.length > 200) this.asked.shift()
    const json = (status: number, body: unknown): NationalAnswer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) })
    if (faults.down || (faults.diesMidway && page > 1)) return json(500, { error: 'internal' })
    if (key !== this.key) return json(401, { error: 'bad_key' })
    if (faults.nonsense) return { status: 200, type: 'text/html; charset=utf-8', body: '<html><body>Hệ thống đang bảo trì</body></html>' }
    const from = /^\d+$/.test(since) ? Number(since) : 0
    const rows = faults.empty ? [] : [...this.kept.values()].filter((one) => one.revision > from && (from > 0 || !one.ended)).sort((a, b) => (a.row.code < b.row.code ? -1 : 1))
    const pages = Math.max(1, Math.ceil(rows.length / PAGE))
    return json(200, {
      revision: String(this.revision), page, pages,
      rows: rows.slice((page - 1) * PAGE, page * PAGE).map(({ row, ended }) => ({ ...row, ...(faults.wrongRows ? { level: 'Cấp trời' } : {}), ...(ended ? { ended: true } : {}) })),
    })
  }
}
