// What others ask of procedures: the version in force, a version by id, search.

import type { Reader } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import * as store from './store.ts'

/** The procedure was abolished: says since when, and what is done instead. */
export class Abolished extends NotFound {
  readonly by: store.VersionSummary
  readonly replacement: store.VersionSummary | null
  constructor(by: store.VersionSummary, replacement: store.VersionSummary | null) {
    const instead = replacement ? ` Nay làm thủ tục “${replacement.name}” (${replacement.code}).` : ''
    super('procedures.abolished', `Thủ tục “${by.name}” đã bãi bỏ từ ngày ${formatDate(by.effectiveFrom)}.${instead} Hồ sơ đã nộp trước ngày đó vẫn được giải quyết tới cùng.`)
    this.by = by
    this.replacement = replacement
  }
}

/** The version of a procedure in force on a day. Throws NotFound, as Abolished when that is why. */
export async function getProcedure(reader: Reader, code: string, on: string): Promise<store.Version> {
  const version = await store.findInForce(reader, code, on)
  if (version) return version
  const abolition = await store.findAbolition(reader, code, on)
  if (abolition) throw new Abolished(abolition, abolition.replacedBy ? await store.findInForce(reader, abolition.replacedBy, on) : null)
  throw new NotFound('procedures.none', `Không có thủ tục mã ${code} đang có hiệu lực. Xem lại mã, hoặc tìm theo tên thủ tục.`)
}

/** A version by id, in force or not: a dossier keeps the one it began with. Throws NotFound. */
export async function getVersion(reader: Reader, id: string): Promise<store.Version> {
  const version = await store.findVersion(reader, id)
  if (!version) throw new NotFound('procedures.no_version', 'Không có phiên bản thủ tục này.')
  return version
}

export { coming as listComing, namesBlank, search as searchProcedures, versionsOf as listVersions } from './store.ts'
