// The shapes of a reconciliation: the same thing counted along different ways, which must come to the same.

/** What is counted. */
export type Measure = 'ho_so' | 'su_kien' | 'giay' | 'dong' | 'so' | 'tin' | 'viec'

export const MEASURES: Readonly<Record<Measure, string>> = { ho_so: 'hồ sơ', su_kien: 'sự kiện', giay: 'bản giấy', dong: 'đồng', so: 'số', tin: 'tin', viec: 'việc nền' }

/** One way of counting: what was counted, in what, and how much it came to. */
export interface Count {
  readonly label: string
  readonly measure: Measure
  readonly value: number
}

export interface Check {
  readonly key: string
  readonly group: 'ho_so' | 'tien' | 'so' | 'tin'
  readonly title: string
  /** Ways of counting; all must come to the same value. */
  readonly counts: readonly Count[]
  readonly ok: boolean
  /** Codes of the cases in which the ways differ, at most `MOST_SHOWN`. */
  readonly differing: readonly string[]
  /** What it means when they differ, and what to do. */
  readonly advice: string
}

export const MOST_SHOWN = 50

export const GROUPS: Readonly<Record<Check['group'], string>> = {
  ho_so: 'Hồ sơ, sự kiện và giấy tờ', tien: 'Tiền', so: 'Số cấp liên tục', tin: 'Tin báo và việc nền',
}

export interface Reconciliation {
  /** 'YYYY-MM-DD', both days included */
  readonly from: string
  readonly to: string
  readonly unitName: string
  readonly checks: readonly Check[]
  readonly ok: boolean
}
