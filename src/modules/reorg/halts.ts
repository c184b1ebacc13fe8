// Why a run stopped, in words that stand with the plan: faults found, somebody in the way, the database gone, or an error of our own.

import { isLostConnection } from '#core/db/index.ts'
import { AppError, Conflict, Unavailable } from '#core/errors.ts'
import { Unsound } from './execute.ts'
import type { ReorgFault } from './schema.ts'

/** Raised after the transaction: the plan cannot be carried out as it stands. */
export class Halted extends Error {
  readonly faults: readonly ReorgFault[]
  constructor(faults: readonly ReorgFault[]) {
    super(faults[0]?.message)
    this.faults = faults
  }
}

const stop = (code: string, message: string): ReorgFault => ({ code, severity: 'stops', message })

/** Refusals found while the house was shut: whoever pressed may not wait for the answer. */
const KEPT: readonly string[] = ['reorg.changed_since', 'reorg.keeper_gone', 'reorg.later_plan']

/** What is kept with the plan; null when the run never began (not allowed, not now, somebody else is at it). */
export function stopsOf(thrown: unknown): readonly ReorgFault[] | null {
  if (thrown instanceof Halted) return thrown.faults
  if (thrown instanceof Unsound) return thrown.sentences.map((message) => stop('reorg.unsound', message))
  if (thrown instanceof Unavailable) return [stop(thrown.system === 'reorg' ? 'reorg.busy' : 'reorg.lost', thrown.message)]
  if (thrown instanceof Conflict && KEPT.includes(thrown.code)) return [stop(thrown.code, thrown.message)]
  if (thrown instanceof AppError) return null
  if (isLostConnection(thrown)) return [stop('reorg.lost', 'Mất kết nối với cơ sở dữ liệu giữa chừng; không có gì thay đổi.')]
  const said = thrown instanceof Error ? thrown.message : String(thrown)
  return [stop('reorg.failed', `Hệ thống gặp lỗi ngoài dự kiến nên đã dừng; không có gì thay đổi. Gửi bộ phận kỹ thuật câu này rồi thử lại khi đã sửa: “${said.split('\n')[0]!.slice(0, 400)}”.`)]
}

/** The same as an error for whoever pressed the button; an error of our own stays what it is and is logged. */
export function shownAs(thrown: unknown, faults: readonly ReorgFault[] | null, what: string): unknown {
  if (!(thrown instanceof Halted || thrown instanceof Unsound) || !faults) return thrown
  const more = faults.length > 1 ? ` (và ${faults.length - 1} điều khác)` : ''
  return new Conflict(thrown instanceof Halted ? 'reorg.halted' : 'reorg.unsound', `Chưa ${what}, không có gì thay đổi: ${faults[0]!.message}${more}`)
}
