// Random secrets for cookies and bearer tokens, and the digest under which the database knows them.

import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, safe in cookies, headers and addresses. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256 in hex. Enough without salt, since the secret is random and long. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex')

const SECRET = /^[A-Za-z0-9_-]{43}$/

export const looksLikeSecret = (text: string): boolean => SECRET.test(text)

const TOKEN = 'ts_'
export const newToken = (): string => TOKEN + newSecret()
export const looksLikeToken = (text: string): boolean => text.startsWith(TOKEN) && SECRET.test(text.slice(TOKEN.length))

/** How a session or token is named in facts: enough to tell it apart. */
export const shortId = (id: string): string => id.slice(0, 12)
