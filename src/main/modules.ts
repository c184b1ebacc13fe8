// The ordered list of modules: the law of calls. A module may call only modules before it.

import type { Reaction } from '#core/events/index.ts'
import type { Job } from '#core/jobs/index.ts'
import { identityHandover, identityJobs } from '#modules/identity/index.ts'
import { type HandoverPart, orgJobs } from '#modules/org/index.ts'
import { viewsHandover } from '#modules/views/index.ts'
import { workJobs, workReactions } from '#modules/work/index.ts'
import { jobs as fileJobs } from '#modules/files/index.ts'
import { jobs as notifyJobs, reactions as notifyReactions } from '#modules/notify/index.ts'
import { paymentsHandover, jobs as paymentJobs } from '#modules/payments/index.ts'
import { demandJob } from '#modules/catalogue/index.ts'
import { jobs as moveJobs } from '#modules/moves/index.ts'
import { jobs as appealJobs } from '#modules/appeals/index.ts'
import { trialJobs } from '#modules/trials/index.ts'
import { ruleJobs } from '#modules/rules/index.ts'
import { dossierHandovers, jobs as dossierJobs, reactions as dossierReactions } from '#modules/dossiers/index.ts'

/** From ground to casework. The architecture test reads this list. */
export const MODULES = ['org', 'calendars', 'identity', 'catalogs', 'files', 'notify', 'views', 'work', 'procedures', 'rules', 'payments', 'dossiers', 'moves', 'trials', 'appeals', 'reorg', 'reconcile', 'catalogue'] as const

export const reactions: readonly Reaction[] = [...notifyReactions, ...workReactions, ...dossierReactions]

export const jobs: readonly Job<never>[] = [...orgJobs, ...workJobs, ...(identityJobs as readonly Job<never>[]), ...(fileJobs as readonly Job<never>[]), ...notifyJobs, ...ruleJobs, ...paymentJobs, ...dossierJobs, ...moveJobs, ...appealJobs, demandJob, ...trialJobs]

/** What may be held with a post, in the order of the minutes. */
export const handovers: readonly HandoverPart[] = [paymentsHandover, ...dossierHandovers, viewsHandover, identityHandover]
