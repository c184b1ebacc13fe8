// The ordered list of modules: the law of calls. A module may call only modules before it.

import type { Reaction } from '#core/events/index.ts'
import type { Job } from '#core/jobs/index.ts'
import { identityJobs } from '#modules/identity/index.ts'
import { jobs as dossierJobs, reactions as dossierReactions } from '#modules/dossiers/index.ts'

/** From ground to casework. The architecture test reads this list. */
export const MODULES = ['org', 'calendars', 'identity', 'catalogs', 'files', 'notify', 'work', 'procedures', 'dossiers'] as const

export const reactions: readonly Reaction[] = [...dossierReactions]

export const jobs: readonly Job<never>[] = [...(identityJobs as readonly Job<never>[]), ...dossierJobs]
