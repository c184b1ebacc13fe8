// For tests only: an authenticator in software, so that passkeys can be tried without a browser, and lied to.

import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const b64 = (data: Uint8Array): string => Buffer.from(data).toString('base64url')

const UP = 0x01
const UV = 0x04
const AT = 0x40

export interface Lies {
  readonly origin?: string
  readonly rpId?: string
  /** Nobody checked finger, face or PIN. */
  readonly unverified?: boolean
  readonly counter?: number
}

export class Authenticator {
  readonly id = randomBytes(16)
  counter = 0
  readonly origin: string
  readonly rpId: string
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  constructor(publicUrl: string) {
    this.origin = new URL(publicUrl).origin
    this.rpId = new URL(publicUrl).hostname
  }

  private clientData(type: string, challenge: string, origin = this.origin): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  private head(flags: number, { rpId = this.rpId, unverified, counter = this.counter }: Lies): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags | UP | (unverified ? 0 : UV)]), count])
  }

  create({ challenge }: { challenge: string }, lies: Lies = {}): RegistrationResponseJSON {
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' })
    const cose = new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, new Uint8Array(Buffer.from(x!, 'base64url'))], [-3, new Uint8Array(Buffer.from(y!, 'base64url'))]])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const authData = Buffer.concat([this.head(AT, lies), Buffer.alloc(16), length, this.id, Buffer.from(isoCBOR.encode(cose as never))])
    const attestation = isoCBOR.encode(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', new Uint8Array(authData)]]) as never)
    return {
      id: b64(this.id), rawId: b64(this.id), type: 'public-key', clientExtensionResults: {},
      response: { clientDataJSON: b64(this.clientData('webauthn.create', challenge, lies.origin)), attestationObject: b64(attestation), transports: ['internal'] },
    }
  }

  get({ challenge }: { challenge: string }, lies: Lies = {}): AuthenticationResponseJSON {
    this.counter++
    const data = this.head(0, lies)
    const client = this.clientData('webauthn.get', challenge, lies.origin)
    const signature = createSign('sha256').update(Buffer.concat([data, sha256(client)])).sign(this.keys.privateKey)
    return {
      id: b64(this.id), rawId: b64(this.id), type: 'public-key', clientExtensionResults: {},
      response: { authenticatorData: b64(data), clientDataJSON: b64(client), signature: b64(signature) },
    }
  }
}
