// The simulator's own keys, made once per data directory, so that a restart breaks no signature and no cookie.

import { createHmac, generateKeyPairSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Keys {
  readonly jwk: Record<string, unknown>
  readonly cookieKeys: string[]
  readonly clientSecret: string
  readonly stepSecret: string
}

function make(): Keys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const secret = () => randomBytes(32).toString('base64url')
  return {
    jwk: { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') },
    cookieKeys: [secret()],
    clientSecret: secret(),
    stepSecret: secret(),
  }
}

/** Reads the keys of `dataDir`, or makes them. The file is for the owner's eyes only. */
export function loadKeys(dataDir: string): Keys {
  const file = join(dataDir, 'vneid-twin.json')
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    try {
      writeFileSync(file, JSON.stringify(make()), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error // another process was first
    }
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Keys
}

const mac = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest()

/** The six digits that "the phone" shows for this sign-in. */
export const otpOf = (keys: Keys, uid: string, personalId: string): string =>
  String(mac(keys.stepSecret, `otp:${uid}:${personalId}`).readUInt32BE(0) % 1_000_000).padStart(6, '0')

/** Proof, carried in the form, that the steps before were passed at this level. */
export const passOf = (keys: Keys, uid: string, personalId: string, level: number): string =>
  mac(keys.stepSecret, `pass:${uid}:${personalId}:${level}`).toString('base64url')

export function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
