// The whole platform on a fresh database with the demo province, as a user of any kind meets it; no port needed.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#core/clock.ts'
import { type Ctx, type Env, makeCtx, systemCtx } from '#core/ctx.ts'
import { type App, makeApp } from '#main/app.ts'
import { makeEnv } from '#main/env.ts'
import { DEFAULT_PACK, loadPack } from '#main/pack.ts'
import { actorOfToken, issueToken } from '#modules/identity/index.ts'
import { demoBank } from '#twins/bank/index.ts'
import { provinceDatabase, type TestDatabase } from './db.ts'

export interface TestApp extends App {
  readonly env: Env
  readonly database: TestDatabase
  /** A context in which the demo login (officer or congdan…) acts, in all posts held. */
  as(login: string): Promise<Ctx>
  /** A bearer token of the demo login. */
  token(login: string): Promise<string>
  close(): Promise<void>
}

const SECRET = 'test-secret-test-secret-test-secret'

/** `clock` defaults to the machine's. The database is a copy of the seeded province: 166 communes, all officers, the pack's procedures; or of another pack. */
export async function testApp({ clock, publicUrl = 'http://tinhso.test', pack = DEFAULT_PACK }: { clock?: Clock; publicUrl?: string; pack?: string } = {}): Promise<TestApp> {
  const database = await provinceDatabase(pack)
  const dataDir = mkdtempSync(join(tmpdir(), 'tinhso-app-'))
  chmodSync(dataDir, 0o755)
  const env = makeEnv(database.db, { publicUrl, dataDir, secret: SECRET, bank: demoBank(SECRET, publicUrl) }, clock, loadPack(pack))
  const app = await makeApp(env, { logLevel: 'error' })
  const tokens = new Map<string, Promise<string>>()
  const token = (login: string): Promise<string> => {
    const made = tokens.get(login) ?? issueToken(systemCtx(env, 'test'), { login, hours: 24 * 365 }).then((issued) => issued.token)
    tokens.set(login, made)
    return made
  }
  return {
    ...app, env, database, token,
    async as(login) {
      const known = await actorOfToken(env.db, await token(login), env.clock.now())
      if (!known) throw new Error(`Không có ${login}`)
      return makeCtx(env, known.actor)
    },
    async close() {
      await app.server.close()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
