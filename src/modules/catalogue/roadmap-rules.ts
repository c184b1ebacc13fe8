// How far a line of a plan has come: pure.

import type { Listed } from '#modules/procedures/index.ts'
import { agencyOf, reaches, type TargetLevel } from './levels.ts'

export interface Target {
  readonly id: string
  /** One procedure … */
  readonly code: string | null
  /** … or so many of an agency; 'tinh_toan' is the whole province. */
  readonly agency: string | null
  readonly wanted: number
  readonly level: TargetLevel
  readonly quarter: 1 | 2 | 3 | 4
}

export const WHOLE_PROVINCE = 'tinh_toan'

export type Progress = 'dat' | 'dang_lam' | 'cham'
export const PROGRESS_LABELS: Readonly<Record<Progress, string>> = { dat: 'Đạt', dang_lam: 'Chưa đến hạn', cham: 'Chậm' }

/** The last day of a quarter. */
export const quarterEnd = (year: number, quarter: number): string => `${year}-${['03-31', '06-30', '09-30', '12-31'][quarter - 1]!}`

/** How many of the published count for a line. */
export const reached = (target: Pick<Target, 'code' | 'agency' | 'level'>, published: readonly Listed[]): Listed[] =>
  published.filter((one) => (target.code !== null ? one.code === target.code : target.agency === WHOLE_PROVINCE || agencyOf(one) === target.agency) && reaches(one, target.level))

/** Done as soon as the number is there; late when the quarter has ended without it. */
export const progressOf = (year: number, target: Target, have: number, today: string): Progress =>
  have >= target.wanted ? 'dat' : quarterEnd(year, target.quarter) < today ? 'cham' : 'dang_lam'
