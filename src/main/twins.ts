// The demo's providers: where none is named, messages go to the simulators on this machine.

import type { Clock } from '#core/clock.ts'
import { MAIL_TWIN_FROM, MailTwin } from '#twins/mail/index.tsx'
import { NATIONAL_PREFIX, NATIONAL_TWIN_KEY } from '#twins/national/index.tsx'
import { SMS_PREFIX, SMS_TWIN_KEY } from '#twins/sms/index.tsx'
import type { Config } from './config.ts'

/** The configuration with simulators in the place of providers that are not named, and the mail server that was opened for it. */
export async function withTwins(config: Config, clock: Clock, innerUrl: string): Promise<{ config: Config; mail: MailTwin }> {
  const mail = new MailTwin(clock)
  const smtp = config.mail ? null : await mail.listen()
  return {
    mail,
    config: {
      ...config,
      sms: config.sms ?? { url: `${innerUrl}${SMS_PREFIX}`, key: SMS_TWIN_KEY, from: 'TINH SO' },
      national: config.national ?? { url: `${innerUrl}${NATIONAL_PREFIX}`, key: NATIONAL_TWIN_KEY },
      mail: config.mail ?? { url: smtp!, from: MAIL_TWIN_FROM },
    },
  }
}
