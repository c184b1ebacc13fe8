// How an applicant wants the result: what the answers of the form say, under whatever words the procedure's record gives the choices.

import type { Values } from '#core/form/types.ts'

export type DeliveryWay = 'post' | 'online' | 'counter'

/** Also in SQL: `POSTED` on `form ->> 'result_delivery'`. */
export const POSTED = '(post|buu)'

export function deliveryWay(form: Values): DeliveryWay {
  const chosen = String(form['result_delivery'] ?? '')
  if (new RegExp(POSTED).test(chosen)) return 'post'
  return /electronic|dien_tu|truc_tuyen/.test(chosen) ? 'online' : 'counter'
}

export const DELIVERY_LABELS: Readonly<Record<DeliveryWay, string>> = { post: 'Bưu chính', online: 'Trực tuyến', counter: 'Tại quầy' }
