// The face of views: an officer's own ways of looking at lists.

export { dropView, KeepInput, keepView, listViews } from './actions.ts'
export { hrefOf as viewHref, type ListName, LISTS, queryOfList, type View } from './schema.ts'
export { viewsHandover } from './handover.ts'
export { viewsReorg } from './reorg-part.ts'
