// What others ask of procedures: the version in force, a version by id, search.

import type { Reader } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import * as store from './store.ts'

/** The version of a procedure in force on a day. Throws NotFound. */
export async function getProcedure(reader: Reader, code: string, on: string): Promise<store.Version> {
  const version = await store.findInForce(reader, code, on)
  if (!version) throw new NotFound('procedures.none', `Không có thủ tục mã ${code} đang có hiệu lực. Xem lại mã, hoặc tìm theo tên thủ tục.`)
  return version
}

/** A version by id, in force or not: a dossier keeps the one it began with. Throws NotFound. */
export async function getVersion(reader: Reader, id: string): Promise<store.Version> {
  const version = await store.findVersion(reader, id)
  if (!version) throw new NotFound('procedures.no_version', 'Không có phiên bản thủ tục này.')
  return version
}

export { namesBlank, search as searchProcedures, versionsOf as listVersions } from './store.ts'
