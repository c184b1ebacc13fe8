// The ordered list of modules: the law of calls. A module may call only modules before it.

import type { Reaction } from '#core/events/index.ts'
import type { Job } from '#core/jobs/index.ts'
import { identityHandover, identityJobs, identityReorg } from '#modules/identity/index.ts'
import { type HandoverPart, orgJobs, orgReorg, type ReorgPart } from '#modules/org/index.ts'
import { viewsHandover, viewsReorg } from '#modules/views/index.ts'
import { workJobs, workReactions, workReorg } from '#modules/work/index.ts'
import { jobs as fileJobs } from '#modules/files/index.ts'
import { jobs as notifyJobs, notifyReorg, reactions as notifyReactions } from '#modules/notify/index.ts'
import { paymentsHandover, paymentsReorg, jobs as paymentJobs } from '#modules/payments/index.ts'
import { demandJob, syncJob } from '#modules/catalogue/index.ts'
import { jobs as moveJobs, reactions as moveReactions } from '#modules/moves/index.ts'
import { appealReactions, appealsReorg, jobs as appealJobs } from '#modules/appeals/index.ts'
import { trialJobs } from '#modules/trials/index.ts'
import { ruleJobs, ruleReactions } from '#modules/rules/index.ts'
import { dossierHandovers, dossiersReorg, jobs as dossierJobs, reactions as dossierReactions } from '#modules/dossiers/index.ts'
import { reorgJobs } from '#modules/reorg/index.ts'
import { calendarsReorg } from '#modules/calendars/index.ts'

/** From ground to casework. The architecture test reads this list. */
export const MODULES = ['org', 'calendars', 'identity', 'catalogs', 'files', 'notify', 'views', 'work', 'procedures', 'rules', 'payments', 'dossiers', 'moves', 'trials', 'appeals', 'reorg', 'reconcile', 'catalogue'] as const

export const reactions: readonly Reaction[] = [...notifyReactions, ...workReactions, ...dossierReactions, ...moveReactions, ...ruleReactions, ...appealReactions]

export const jobs: readonly Job<never>[] = [...orgJobs, ...workJobs, ...(identityJobs as readonly Job<never>[]), ...(fileJobs as readonly Job<never>[]), ...notifyJobs, ...ruleJobs, ...paymentJobs, ...dossierJobs, ...moveJobs, ...appealJobs, ...reorgJobs, demandJob, syncJob, ...trialJobs]

/** What may be held with a post, in the order of the minutes. */
export const handovers: readonly HandoverPart[] = [paymentsHandover, ...dossierHandovers, viewsHandover, identityHandover]

/** What lies at units, in the order in which a reorganisation moves it. */
export const reorgs: readonly ReorgPart[] = [dossiersReorg, workReorg, appealsReorg, paymentsReorg, calendarsReorg, identityReorg, viewsReorg, notifyReorg, orgReorg]
