// Signatures between us and a bank: HMAC-SHA256 over time and body, so that neither can be changed or sent again much later.

import { createHmac, timingSafeEqual } from 'node:crypto'

export const SIGNATURE_HEADER = 'x-signature'
export const TIMESTAMP_HEADER = 'x-timestamp'

/** Seconds by which the two clocks may differ. */
export const TOLERANCE_SECONDS = 300

/** Hexadecimal. `timestamp` in whole seconds since 1970. */
export const signBody = (secret: string, timestamp: number | string, body: string): string => createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')

/** 'good'; 'forged' when the signature is not the secret's; 'stale' when it is, but of another time. */
export function checkSignature(secret: string, given: { timestamp: unknown; signature: unknown; body: string }, now: Date): 'good' | 'forged' | 'stale' {
  const { timestamp, signature, body } = given
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp) || typeof signature !== 'string' || !/^[0-9a-f]{64}$/i.test(signature)) return 'forged'
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), Buffer.from(signBody(secret, timestamp, body), 'hex'))) return 'forged'
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'stale' : 'good'
}
