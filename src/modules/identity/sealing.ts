// Secrets that must be read again are sealed with a key that is not in the database; those that need only be recognised are kept as a keyed digest.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto'

const keyFor = (secret: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'tinhso.identity', use, 32))

/** AES-256-GCM; `owner` is bound in, so that a sealed secret moved to another row opens nothing. */
export function seal(secret: string, text: string, owner: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, 'totp'), iv).setAAD(Buffer.from(owner))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** Throws when it was altered, moved or sealed with another key. */
export function unseal(secret: string, sealed: string, owner: string): string {
  const [version, text = ''] = sealed.split('.')
  if (version !== 'v1') throw new Error('Bí mật được niêm phong theo cách không biết')
  const all = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, 'totp'), all.subarray(0, 12)).setAAD(Buffer.from(owner)).setAuthTag(all.subarray(12, 28))
  return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString('utf8')
}

/** Without what is mistaken for something else on paper: no 0, 1, i, l, o, u. */
const SIGNS = '23456789abcdefghjkmnpqrstvwxyz'

/** A recovery code of two groups of five: some 49 bits. */
export const newRecoveryCode = (): string =>
  Array.from({ length: 2 }, () => Array.from({ length: 5 }, () => SIGNS[randomInt(SIGNS.length)]).join('')).join('-')

/** As typed by a person: capitals, spaces and a forgotten hyphen do not matter. Null when it can be none. */
export function cleanRecoveryCode(typed: string): string | null {
  const signs = typed.normalize('NFKC').toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return signs.length === 10 && [...signs].every((sign) => SIGNS.includes(sign)) ? `${signs.slice(0, 5)}-${signs.slice(5)}` : null
}

/** Keyed, so that a copy of the database alone does not let codes be guessed. */
export const recoveryHash = (secret: string, officerId: string, code: string): string =>
  createHmac('sha256', keyFor(secret, 'recovery')).update(`${officerId}:${code}`).digest('base64url')
