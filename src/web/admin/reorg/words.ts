// How pages of plans say things: a step in a sentence, states with their colour.

import { formatDate } from '#core/text/index.ts'
import { calledName } from '#modules/org/index.ts'
import type { PlanState, Step } from '#modules/reorg/index.ts'
import type { IconName, Tone } from '#ui/index.ts'

export const HOME = '/admin/reorganisations'
export const planHref = (id: string, more = ''): string => `${HOME}/${id}${more}`

export const TONES: Readonly<Record<PlanState, Tone>> = { nhap: 'plain', cho_xac_nhan: 'wait', da_xac_nhan: 'info', dang_chay: 'info', da_thi_hanh: 'good', da_hoan_tac: 'warn', da_huy: 'bad' }
export const STEP_ICONS: Readonly<Record<Step['kind'], IconName>> = { create: 'plus', merge: 'right', split: 'next', rename: 'pen', move: 'up', abolish: 'stop' }

export const count = (n: number): string => n.toLocaleString('vi-VN')

type Named = (id: string) => string

const listed = (ids: readonly string[], named: Named, most = 5): string =>
  ids.length > most ? `${ids.slice(0, most - 1).map(named).join(', ')} và ${count(ids.length - most + 1)} đơn vị khác` : ids.map(named).join(', ')

/** A step as one sentence. `named` gives what people call a unit. */
export function sentenceOf(step: Step, named: Named): string {
  switch (step.kind) {
    case 'create':
      return `Thành lập ${calledName(step.unit)} (mã ${step.unit.code})${step.unit.like ? `, bộ máy như ${named(step.unit.like)}` : ''}`
    case 'merge': {
      const taken = step.from.filter((id) => id !== step.into)
      return step.from.includes(step.into) ? `Nhập ${listed(taken, named)} vào ${named(step.into)}` : `${taken.length > 1 ? 'Hợp nhất' : 'Chuyển'} ${listed(taken, named)} thành ${named(step.into)}`
    }
    case 'split': {
      const rules = step.rules.length > 0 ? `, ${step.rules.length} quy tắc chia hồ sơ` : ''
      return step.keeps ? `Tách một phần ${named(step.unit)} sang ${listed(step.into, named)}${rules}` : `Chia ${named(step.unit)} cho ${listed(step.into, named)}${step.main ? `; việc còn lại về ${named(step.main)}` : ''}${rules}`
    }
    case 'rename':
      return `${named(step.unit)} ${[step.name ? `đổi tên thành ${calledName({ name: step.name })}` : '', step.code ? `mang mã ${step.code}` : ''].filter(Boolean).join(', ') || 'đổi thông tin'}`
    case 'move':
      return `Chuyển ${named(step.unit)} về dưới ${named(step.parent)}`
    case 'abolish':
      return `Giải thể ${named(step.unit)}; ${step.rules.some((rule) => rule.by === 'commune') ? `hồ sơ về xã, phường nơi phát sinh, còn lại về ${named(step.main)}` : `việc về ${named(step.main)}`}`
  }
}

export const decisionText = (plan: { readonly decisionNo: string; readonly decisionOn: string }): string => `${plan.decisionNo} ngày ${formatDate(plan.decisionOn)}`
