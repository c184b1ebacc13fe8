// Puts together what every request is given.

import { join } from 'node:path'
import { systemClock, type Clock } from '#core/clock.ts'
import type { Env } from '#core/ctx.ts'
import type { Db } from '#core/db/index.ts'
import { openLaw } from '#core/law/index.ts'
import { registerReactions } from '#core/events/index.ts'
import { openPrinter, PACK_TEMPLATES } from '#core/print/index.ts'
import { registerHandovers, registerReorgParts } from '#modules/org/index.ts'
import { mailSender, smsSender } from '#modules/notify/index.ts'
import type { Config } from './config.ts'
import { handovers, reactions, reorgs } from './modules.ts'
import { DEFAULT_PACK, loadAccess, loadCalendar, loadCatalogs, loadDossierNumbers, loadForms, loadLaw, loadMessages, loadPack, loadPayments, loadSignIn, type Pack } from './pack.ts'

export function makeEnv(db: Db, config: Pick<Config, 'publicUrl' | 'dataDir' | 'secret' | 'templatesDir' | 'sms' | 'mail' | 'bank' | 'national'>, clock: Clock = systemClock, pack: Pack = loadPack(DEFAULT_PACK)): Env {
  registerReactions(reactions)
  registerHandovers(handovers)
  registerReorgParts(reorgs)
  return {
    db, clock, publicUrl: config.publicUrl, dataDir: config.dataDir, secret: config.secret, law: openLaw(loadLaw(pack)), calendar: loadCalendar(pack), catalogs: loadCatalogs(pack),
    pack: { id: pack.id, title: pack.title, from: pack.from, to: pack.to }, dossierNumbers: loadDossierNumbers(pack), forms: loadForms(pack),
    printer: openPrinter(PACK_TEMPLATES, config.templatesDir ?? join(config.dataDir, 'templates')), signIn: loadSignIn(pack), access: loadAccess(pack),
    payments: { ...loadPayments(pack), providers: config.bank ? [config.bank] : [] },
    national: config.national ?? null,
    notices: { book: loadMessages(pack), senders: { sms: config.sms ? smsSender(config.sms) : null, email: config.mail ? mailSender(config.mail) : null } },
  }
}
