// A PDF made on the spot, shown in the browser and kept by no cache.

import type { FastifyReply } from 'fastify'
import { disposition } from '../download.ts'

export const sendPdf = (reply: FastifyReply, bytes: Uint8Array, name: string): FastifyReply =>
  reply
    .type('application/pdf')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', disposition('inline', name))
    .send(Buffer.from(bytes))
