// A sign-in at the simulator, step by step: who, the code on the phone, what is handed over.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { describe, SCOPES, subjectOf } from './claims.ts'
import { type Keys, otpOf, passOf, same } from './keys.ts'
import { consentPage, errorPage, otpPage, peoplePage } from './pages.tsx'
import { readFields, sendPage } from './plain-http.ts'
import type { Faults, HandOver, VneidCitizen, VneidOptions } from './types.ts'

export interface Desk extends VneidOptions {
  readonly issuer: string
  readonly provider: Provider
  readonly keys: Keys
  readonly faults: Faults
  readonly log: HandOver[]
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

const PATH = /^\/interaction\/([\w-]+)(?:\/(citizen|otp|consent|refusal))?$/

/** Answers the addresses below `/interaction`; says whether this was one. */
export async function interact(desk: Desk, path: string, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const [, uid, step] = PATH.exec(path) ?? []
  if (!uid) return false
  const interaction = await desk.provider.interactionDetails(req, res).catch(() => null)
  if (!interaction || interaction.uid !== uid) {
    sendPage(res, 400, errorPage({ publicUrl: desk.publicUrl, issuer: desk.issuer, lost: true }))
    return true
  }
  if (desk.faults.refuses || step === 'refusal') await refuse(desk, req, res)
  else if (req.method === 'POST') await forward(desk, interaction, step ?? '', req, res)
  else await begin(desk, interaction, res)
  return true
}

const refuse = ({ provider }: Desk, req: IncomingMessage, res: ServerResponse) =>
  provider.interactionFinished(
    req,
    res,
    { error: 'access_denied', error_description: 'Người dùng hoặc VNeID từ chối' },
    { mergeWithLastSubmission: false },
  )

const baseOf = (desk: Desk, { uid }: Interaction): string => `${new URL(desk.issuer).pathname}/interaction/${uid}`

async function clientName({ provider }: Desk, { params }: Interaction): Promise<string> {
  const client = await provider.Client.find(String(params['client_id']))
  return client?.clientName ?? 'Cổng dịch vụ công'
}

async function begin(desk: Desk, interaction: Interaction, res: ServerResponse): Promise<void> {
  const { citizens, faults } = desk
  sendPage(
    res,
    200,
    peoplePage({
      base: baseOf(desk, interaction),
      client: await clientName(desk, interaction),
      citizens,
      levelOneOnly: faults.levelOneOnly,
    }),
  )
}

async function forward(desk: Desk, interaction: Interaction, step: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const fields = await readFields(req)
  const citizen = desk.citizens.find(({ personalId }) => personalId === fields.get('citizen'))
  if (!citizen) return begin(desk, interaction, res)
  const level = desk.faults.levelOneOnly ? 1 : citizen.level
  const base = baseOf(desk, interaction)
  const otp = otpOf(desk.keys, interaction.uid, citizen.personalId)
  if (step === 'citizen')
    return level === 2
      ? sendPage(res, 200, otpPage({ base, citizen, otp, wrong: false }))
      : askConsent(desk, interaction, citizen, level, res)
  if (step === 'otp') {
    const given = (fields.get('otp') ?? '').replace(/\s/g, '')
    return same(given, otp)
      ? askConsent(desk, interaction, citizen, level, res)
      : sendPage(res, 422, otpPage({ base, citizen, otp, wrong: true }))
  }
  if (step === 'consent' && same(fields.get('pass') ?? '', passOf(desk.keys, interaction.uid, citizen.personalId, level))) {
    return finish(desk, interaction, citizen, fields.getAll('scope'), req, res)
  }
  return begin(desk, interaction, res)
}

const asked = ({ params }: Interaction): string[] =>
  String(params['scope'] ?? '')
    .split(' ')
    .filter((scope) => scope in SCOPES)

async function askConsent(desk: Desk, interaction: Interaction, citizen: VneidCitizen, level: 1 | 2, res: ServerResponse): Promise<void> {
  sendPage(
    res,
    200,
    consentPage({
      base: baseOf(desk, interaction),
      client: await clientName(desk, interaction),
      citizen,
      level,
      pass: passOf(desk.keys, interaction.uid, citizen.personalId, level),
      shown: describe(citizen, level, asked(interaction), desk.nameOf),
    }),
  )
}

/** Sign-in and consent in one answer, so that no session of VNeID is needed between them. */
async function finish(
  desk: Desk,
  interaction: Interaction,
  citizen: VneidCitizen,
  ticked: readonly string[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { provider, log, clock } = desk
  const accountId = subjectOf(citizen.personalId)
  const scopes = asked(interaction)
  const given = scopes.filter((scope) => !SCOPES[scope]!.optional || ticked.includes(scope))
  const kept = scopes.filter((scope) => !given.includes(scope))
  const grant = new provider.Grant({ accountId, clientId: String(interaction.params['client_id']) })
  grant.addOIDCScope(given.join(' '))
  if (kept.length > 0) grant.rejectOIDCScope(kept.join(' '))
  const grantId = await grant.save()
  log.unshift({ at: clock.now(), name: citizen.fullName, scopes: given })
  log.length = Math.min(log.length, 50)
  await provider.interactionFinished(
    req,
    res,
    { login: { accountId, remember: false }, consent: { grantId } },
    { mergeWithLastSubmission: false },
  )
}
