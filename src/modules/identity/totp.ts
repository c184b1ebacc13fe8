// Time-based codes of RFC 6238: six digits, thirty seconds, one step of drift either way, each step used once.

import { Secret, TOTP } from 'otpauth'

const STEP_SECONDS = 30
const DRIFT = 1

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

const generator = (secret: string, label = '') =>
  new TOTP({ issuer: 'Tỉnh Số', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: Secret.fromBase32(secret) })

/** The address that an authenticator app reads from the QR code. */
export const totpUri = (secret: string, label: string): string => generator(secret, label).toString()

/** The step whose code was given, or null. Digits may be spaced. */
export function stepOf(secret: string, typed: string, now: Date): number | null {
  const token = typed.normalize('NFKC').replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = generator(secret).validate({ token, window: DRIFT, timestamp: now.getTime() })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta
}

/** For tests and for nobody else: the code an authenticator app shows. */
export const codeAt = (secret: string, at: Date): string => generator(secret).generate({ timestamp: at.getTime() })
