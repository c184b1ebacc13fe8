// HTTP of the tracking book: a page with its filters in the address, and the same filter as a PDF.

import type { FastifyInstance } from 'fastify'
import { readBody } from '#core/form/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type BookDate, type BookInput, bookPage, bookPdf } from '#modules/dossiers/index.ts'
import { type Body, one, queryOf } from './answers.tsx'
import { BookScreen } from './book.tsx'
import { sendDesk } from './frame.tsx'
import { sendPdf } from './papers-send.ts'

/** A day as people write it, or as it stands in an address. */
function dayIn(query: Body, name: string): string | undefined {
  const text = one(query, name)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const read = text === '' ? undefined : readBody([{ key: 'on', label: '', type: 'date' }], { on: text })['on']
  return typeof read === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(read) ? read : undefined
}

function inputOf(query: Body): BookInput {
  const unit = one(query, 'unit')
  return {
    unit: unit === 'all' ? '' : unit || undefined, from: dayIn(query, 'from'), to: dayIn(query, 'to'), by: (one(query, 'by') || 'received') as BookDate,
    q: one(query, 'q').normalize('NFC').slice(0, 200), open: one(query, 'open') === '1', page: Number(one(query, 'page')) || 1,
  }
}

export async function bookRoutes(app: FastifyInstance): Promise<void> {
  app.get('/book', async (request, reply) => {
    const input = inputOf(queryOf(request))
    const book = await bookPage(request.ctx, input)
    return sendDesk(request, reply, { title: 'Sổ theo dõi hồ sơ', here: 'book' },
      <BookScreen book={book} today={localDate(request.ctx.now)} q={input.q ?? ''} open={input.open ?? false} unit={book.unit?.id ?? 'all'} />)
  })

  app.get('/book.pdf', async (request, reply) => {
    const { pdf, name } = await bookPdf(request.ctx, inputOf(queryOf(request)))
    return sendPdf(reply, pdf, name)
  })
}
