// What the environment may set, read once at the start; everything else is data in the database.

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MailServer, SmsGateway } from '#modules/notify/index.ts'
import type { NationalCatalogue } from '#core/national/types.ts'
import type { BankProvider } from '#core/payments/types.ts'

export interface Config {
  readonly host: string
  readonly port: number
  /** The address that citizens type, without a trailing slash; links, QR codes and the identity provider use it. */
  readonly publicUrl: string
  /** Absolute path; holds the embedded database, uploaded files and the instance's secret. */
  readonly dataDir: string
  /** Empty when the embedded PostgreSQL is to be used. */
  readonly databaseUrl: string
  /** Signs cookies and tokens' check sums; 32 bytes, kept in DATA_DIR. */
  readonly secret: string
  readonly logLevel: string
  /** The pack asked for by TINHSO_PACK or --pack; null is the one of the data, or the default for new data. */
  readonly pack: string | null
  /** Absolute path of the province's own print templates, laid over the pack's; may be missing. DATA_DIR/templates unless told. */
  readonly templatesDir?: string
  /** The true identity provider, when the province has one; else the simulator, in the demo only. */
  /** The gateway of short messages and the mail server; without them messages of that channel wait (in the demo: the simulators). */
  readonly sms?: SmsGateway | null
  readonly mail?: MailServer | null
  /** The bank or payment platform that tells of transfers; in the demo the simulator. */
  readonly bank?: BankProvider | null
  /** The national database of procedures; in the demo the simulator. */
  readonly national?: NationalCatalogue | null
  readonly vneid: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null
}

const bad = (name: string, value: string, wanted: string): Error =>
  new Error(`${name}=${JSON.stringify(value)} không dùng được: cần ${wanted}.`)

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 8080
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw bad('PORT', text, 'một số từ 1 đến 65535')
  return port
}

function readPublicUrl(text: string | undefined, host: string, port: number): string {
  const fallback = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
  if (!text) return fallback
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw bad('PUBLIC_URL', text, 'một địa chỉ http:// hoặc https://')
  return text.replace(/\/+$/, '')
}

function readDatabaseUrl(text: string | undefined): string {
  if (!text) return ''
  if (!/^postgres(ql)?:\/\//.test(text)) throw bad('DATABASE_URL', text, 'một địa chỉ postgresql://')
  return text
}

function readVneid(env: NodeJS.ProcessEnv): Config['vneid'] {
  const { VNEID_ISSUER: issuer, VNEID_CLIENT_ID: clientId, VNEID_CLIENT_SECRET: clientSecret } = env
  if (!issuer) return null
  if (!URL.canParse(issuer) || new URL(issuer).protocol !== 'https:') throw bad('VNEID_ISSUER', issuer, 'một địa chỉ https://')
  if (!clientId || !clientSecret) throw new Error('Có VNEID_ISSUER thì cần cả VNEID_CLIENT_ID và VNEID_CLIENT_SECRET.')
  return { issuer: issuer.replace(/\/+$/, ''), clientId, clientSecret }
}

function readSms(env: NodeJS.ProcessEnv): SmsGateway | null {
  const { SMS_URL: url, SMS_KEY: key, SMS_FROM: from = 'TINH SO', SMS_PER_SECOND: pace } = env
  if (!url) return null
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw bad('SMS_URL', url, 'một địa chỉ https://')
  if (!key) throw new Error('Có SMS_URL thì cần cả SMS_KEY.')
  if (pace && !(Number(pace) > 0 && Number(pace) <= 1000)) throw bad('SMS_PER_SECOND', pace, 'số tin một giây, từ 0,1 đến 1000')
  return { url: url.replace(/\/+$/, ''), key, from, ...(pace ? { perSecond: Number(pace) } : {}) }
}

function readNational(env: NodeJS.ProcessEnv): NationalCatalogue | null {
  const { NATIONAL_URL: url, NATIONAL_KEY: key } = env
  if (!url) return null
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw bad('NATIONAL_URL', url, 'một địa chỉ https://')
  if (!key) throw new Error('Có NATIONAL_URL thì cần cả NATIONAL_KEY.')
  return { url: url.replace(/\/+$/, ''), key }
}

function readMail(env: NodeJS.ProcessEnv): MailServer | null {
  const { SMTP_URL: url, MAIL_FROM: from } = env
  if (!url) return null
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) throw bad('SMTP_URL', '…', 'một địa chỉ smtp:// hoặc smtps://') // may hold a password
  if (!from || !/@/.test(from)) throw new Error('Có SMTP_URL thì cần cả MAIL_FROM, ví dụ "Tỉnh Thanh Hóa <khongtraloi@example.vn>".')
  return { url, from }
}

function readBank(env: NodeJS.ProcessEnv): BankProvider | null {
  const { BANK_ID: id, BANK_NAME: name, BANK_SECRET: secret, BANK_STATEMENT_URL: statementUrl } = env
  if (!id && !secret && !statementUrl) return null
  if (!id || !/^[a-z0-9-]{2,40}$/.test(id)) throw bad('BANK_ID', id ?? '', 'chữ thường, số và dấu gạch ngang, ví dụ napas')
  if (!secret || secret.length < 32) throw new Error('BANK_SECRET phải có ít nhất 32 ký tự.')
  if (!statementUrl || !URL.canParse(statementUrl) || new URL(statementUrl).protocol !== 'https:') throw bad('BANK_STATEMENT_URL', statementUrl ?? '', 'một địa chỉ https://')
  return { id, name: name || id, secret, statementUrl }
}

function readSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Reads PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_URL, LOG_LEVEL, TEMPLATES_DIR, VNEID_ISSUER and its client. Throws with a Vietnamese sentence naming the variable at fault. */
export function loadConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const host = env['HOST'] || '127.0.0.1'
  const port = readPort(env['PORT'])
  const dataDir = resolve(root, env['DATA_DIR'] || 'data')
  mkdirSync(dataDir, { recursive: true })
  return {
    host,
    port,
    publicUrl: readPublicUrl(env['PUBLIC_URL'], host, port),
    dataDir,
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    secret: env['SECRET'] || readSecret(dataDir),
    logLevel: env['LOG_LEVEL'] || 'warn',
    pack: env['TINHSO_PACK'] || null,
    templatesDir: env['TEMPLATES_DIR'] ? resolve(root, env['TEMPLATES_DIR']) : join(dataDir, 'templates'),
    vneid: readVneid(env),
    sms: readSms(env),
    mail: readMail(env),
    bank: readBank(env),
    national: readNational(env),
  }
}

/** A short stable name for a data directory, for socket and lock paths. */
export const dataDirKey = (dataDir: string): string => createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)
