// Where oidc-provider keeps sign-ins under way: in memory, one store per simulator; a restart forgets them, as it may.

import type { Adapter, AdapterPayload } from 'oidc-provider'

interface Kept {
  readonly payload: AdapterPayload
  readonly until: number
}

const LIMIT = 20_000

/** A factory of adapters over one store. `now` in milliseconds. */
export function memoryAdapter(now: () => number): (model: string) => Adapter {
  const kept = new Map<string, Kept>()

  const sweep = () => {
    for (const [key, { until }] of kept) if (until <= now()) kept.delete(key)
    for (const key of kept.keys()) {
      if (kept.size < LIMIT) break
      kept.delete(key)
    }
  }
  const get = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key)
    return found && found.until > now() ? found.payload : undefined
  }
  const where = (fits: (payload: AdapterPayload) => boolean, model: string): AdapterPayload | undefined => {
    for (const [key, { payload, until }] of kept) if (key.startsWith(`${model}:`) && until > now() && fits(payload)) return payload
    return undefined
  }

  return (model) => ({
    async upsert(id, payload, expiresIn) {
      if (kept.size >= LIMIT) sweep()
      kept.set(`${model}:${id}`, { payload, until: now() + (expiresIn || 3600) * 1000 })
    },
    find: async (id) => get(`${model}:${id}`),
    findByUid: async (uid) => where((payload) => payload.uid === uid, model),
    findByUserCode: async () => undefined,
    async consume(id) {
      const payload = get(`${model}:${id}`)
      if (payload) payload.consumed = Math.floor(now() / 1000)
    },
    async destroy(id) {
      kept.delete(`${model}:${id}`)
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key)
    },
  })
}
