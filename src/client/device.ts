// Answers kept on this device until the server has them: sealed with the draft's own key, which only its owner's pages carry.

const KEPT = 'draft:'
const FORGET = 3 * 86_400_000

// Where the browser forbids storage, everything else goes on.
function stored<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(localStorage)
  } catch {
    return null
  }
}

const bytesOf = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
const textOf = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

const keys = new Map<string, Promise<CryptoKey>>()
function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret) ?? crypto.subtle.importKey('raw', bytesOf(secret), 'AES-GCM', false, ['encrypt', 'decrypt'])
  keys.set(secret, known)
  return known
}

/** A page served without TLS has no way to seal: nothing is kept then, and the page says so. */
export const canKeep = (secret: string | undefined): secret is string => Boolean(secret && globalThis.crypto?.subtle)

/** False when the device would not keep it. */
export async function keep(url: string, body: URLSearchParams, secret: string): Promise<boolean> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(secret), new TextEncoder().encode(String(body)))
  const value = JSON.stringify([Date.now(), textOf(iv), textOf(new Uint8Array(sealed))])
  return stored((storage) => (storage.setItem(KEPT + url, value), true)) ?? false
}

export const forget = (url: string) => stored((storage) => storage.removeItem(KEPT + url))

/** Null when there is nothing, it is too old, or it is not of this draft's owner. */
export async function kept(url: string, secret: string): Promise<URLSearchParams | null> {
  try {
    const [at, iv, sealed] = stored((storage) => JSON.parse(storage.getItem(KEPT + url) ?? '[]') as [number, string, string]) ?? []
    if (!at || !iv || !sealed) return null
    if (Date.now() - at > FORGET) return forget(url) ?? null
    const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(iv) }, await keyOf(secret), bytesOf(sealed))
    return new URLSearchParams(new TextDecoder().decode(open))
  } catch {
    return null
  }
}

/** Addresses of a draft's pages for which something is kept. */
export const listKept = (prefix: string): string[] =>
  (stored((storage) => Object.keys(storage).filter((key) => key.startsWith(KEPT + prefix))) ?? []).map((key) => key.slice(KEPT.length))
