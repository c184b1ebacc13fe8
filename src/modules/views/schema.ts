// The shape of a saved view, and which filters a list's address may carry.

export const LISTS = {
  worklist: { path: '/desk', filters: ['hand', 'due', 'procedure', 'step', 'officer'] },
  dossiers: { path: '/desk/dossiers', filters: ['state', 'open', 'late', 'unit'] },
} as const

export type ListName = keyof typeof LISTS

export interface View {
  readonly id: string
  readonly list: ListName
  readonly name: string
  /** Query of the list's address, without '?' */
  readonly query: string
}

export const MOST_VIEWS = 20

/** The part of a query that a list knows, in a fixed order: the same filters are the same view. */
export function queryOfList(list: ListName, query: string): string {
  const given = new URLSearchParams(query)
  return new URLSearchParams(LISTS[list].filters.flatMap((name) => {
    const value = given.get(name)?.slice(0, 200)
    return value ? [[name, value]] : []
  })).toString()
}

/** Where a view leads. */
export const hrefOf = ({ list, query }: Pick<View, 'list' | 'query'>): string => (query ? `${LISTS[list].path}?${query}` : LISTS[list].path)
