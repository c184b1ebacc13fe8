// Two people's changes to one record brought together: what only one has changed stands, what both have changed otherwise is named.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Obj = { readonly [key: string]: Json }

/** One place where both have changed the same thing. `undefined` is: not there. `path` has names of keys, and of things by their own key. */
export interface MergeConflict {
  readonly path: readonly string[]
  /** `value`: two values; `order`: both have put the same things into different orders. */
  readonly kind: 'value' | 'order'
  readonly before: Json | undefined
  readonly mine: Json | undefined
  readonly theirs: Json | undefined
}

export type Pick = 'mine' | 'theirs' | 'before'

export interface Merged {
  /** With theirs where there is a conflict that nobody has decided. */
  readonly value: Json | undefined
  readonly conflicts: readonly MergeConflict[]
}

/** What names a thing in a list, tried in this order. */
const NAMES = ['key', 'id', 'code', 'channel', 'value', 'no', 'title', 'name', 'text', 'label'] as const

export const isObject = (value: Json | undefined): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value)
const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** The same content, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (isArray(a) && isArray(b)) return a.length === b.length && a.every((one, i) => sameJson(one, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const [mine, theirs] = [present(a), present(b)]
  return mine.length === theirs.length && mine.every((key) => sameJson(a[key], b[key]))
}

const present = (value: Obj): string[] => Object.keys(value).filter((key) => value[key] !== undefined)

/** Key of a conflict, for choosing. */
export const conflictKey = (path: readonly string[]): string => path.join('/')

/** Merges `mine` and `theirs`, both made from `before`. Symmetric but for conflicts: whoever saves first, the same comes out. */
export function merge3(
  before: Json | undefined, mine: Json | undefined, theirs: Json | undefined, picks: ReadonlyMap<string, Pick> = new Map(), path: readonly string[] = [],
): Merged {
  if (sameJson(mine, theirs)) return { value: mine, conflicts: [] }
  if (sameJson(mine, before)) return { value: theirs, conflicts: [] }
  if (sameJson(theirs, before)) return { value: mine, conflicts: [] }
  if (isObject(mine) && isObject(theirs) && (before === undefined || isObject(before))) return mergeObjects(before, mine, theirs, picks, path)
  if (isArray(mine) && isArray(theirs) && (before === undefined || isArray(before))) {
    const lists = [before ?? [], mine, theirs] as const
    const name = nameOf(lists)
    if (name) return mergeLists(lists, (item) => keyed(item, name), picks, path)
  }
  return decided({ path, kind: 'value', before, mine, theirs }, picks)
}

function decided(conflict: MergeConflict, picks: ReadonlyMap<string, Pick>): Merged {
  const pick = picks.get(conflictKey(conflict.path))
  return pick ? { value: conflict[pick], conflicts: [] } : { value: conflict.theirs, conflicts: [conflict] }
}

function mergeObjects(before: Obj | undefined, mine: Obj, theirs: Obj, picks: ReadonlyMap<string, Pick>, path: readonly string[]): Merged {
  const value: Record<string, Json> = {}
  const conflicts: MergeConflict[] = []
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(mine), ...Object.keys(theirs)])].sort()
  for (const key of keys) {
    const merged = merge3(before?.[key], mine[key], theirs[key], picks, [...path, key])
    if (merged.value !== undefined) value[key] = merged.value
    conflicts.push(...merged.conflicts)
  }
  return { value, conflicts }
}

type NameOf = 'itself' | (typeof NAMES)[number]

const keyed = (item: Json, name: NameOf): string => (name === 'itself' ? String(item) : String((item as Obj)[name]))

/** By what the things of a list are told apart in all its texts; null when they cannot be. */
function nameOf(lists: readonly (readonly Json[])[]): NameOf | null {
  const all = lists.flat()
  const unique = (name: NameOf) => lists.every((list) => new Set(list.map((item) => keyed(item, name))).size === list.length)
  if (all.every((item) => typeof item === 'string')) return unique('itself') ? 'itself' : null
  if (!all.every(isObject)) return null
  return NAMES.find((name) => all.every((item) => typeof item[name] === 'string' && item[name] !== '') && unique(name)) ?? null
}

/** The name under which a thing of this list is spoken of, when there is one; for the words of a diff. */
export function thingKey(list: readonly Json[], other: readonly Json[] = []): ((item: Json) => string) | null {
  const name = nameOf([list, other])
  return name ? (item) => keyed(item, name) : null
}

function mergeLists(
  [before, mine, theirs]: readonly [readonly Json[], readonly Json[], readonly Json[]], keyOf: (item: Json) => string, picks: ReadonlyMap<string, Pick>, path: readonly string[],
): Merged {
  const [b, m, t] = [before, mine, theirs].map((list) => new Map(list.map((item) => [keyOf(item), item]))) as [Map<string, Json>, Map<string, Json>, Map<string, Json>]
  const conflicts: MergeConflict[] = []
  const kept = new Map<string, Json>()
  for (const key of new Set([...b.keys(), ...m.keys(), ...t.keys()])) {
    const merged = merge3(b.get(key), m.get(key), t.get(key), picks, [...path, key])
    if (merged.value !== undefined) kept.set(key, merged.value)
    conflicts.push(...merged.conflicts)
  }
  const order = mergeOrder([...b.keys()], [...m.keys()], [...t.keys()], kept, picks, path)
  conflicts.push(...order.conflicts)
  return { value: order.keys.map((key) => kept.get(key)!), conflicts }
}

/** The order of what is kept: that of whoever has moved things; new things stand behind what they were written behind. */
function mergeOrder(b: readonly string[], m: readonly string[], t: readonly string[], kept: ReadonlyMap<string, Json>, picks: ReadonlyMap<string, Pick>, path: readonly string[]) {
  const conflicts: MergeConflict[] = []
  const old = new Set(b)
  /** What all three have, and is kept, in the order of one. */
  const common = (list: readonly string[]) => list.filter((key) => old.has(key) && kept.has(key) && m.includes(key) && t.includes(key))
  const [ob, om, ot] = [common(b), common(m), common(t)]
  let base: readonly string[] = sameJson(om, ob) ? ot : om
  if (!sameJson(om, ob) && !sameJson(ot, ob) && !sameJson(om, ot)) {
    const at = [...path, '#order']
    const choice = decided({ path: at, kind: 'order', before: ob, mine: om, theirs: ot }, picks)
    conflicts.push(...choice.conflicts)
    base = choice.value as readonly string[]
  }
  const anchored = new Set(base)
  /** What is not in the common order, behind the nearest thing before it that is. */
  const behind = (list: readonly string[]) => {
    const groups = new Map<string, string[]>()
    let anchor = ''
    for (const key of list) {
      if (anchored.has(key)) anchor = key
      else if (kept.has(key)) groups.set(anchor, [...(groups.get(anchor) ?? []), key])
    }
    return groups
  }
  const [gm, gt] = [behind(m), behind(t)]
  const keys: string[] = []
  const placed = new Set<string>()
  const place = (key: string) => {
    if (placed.has(key)) return
    placed.add(key)
    keys.push(key)
  }
  for (const anchor of ['', ...base]) {
    if (anchor) place(anchor)
    const groups = [gm.get(anchor) ?? [], gt.get(anchor) ?? []].filter((group) => group.length > 0).sort((x, y) => (x.join('\0') < y.join('\0') ? -1 : 1))
    groups.flat().forEach(place)
  }
  return { keys, conflicts }
}
